package io.jfalco.field;

import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;

/**
 * A field with its argument, ready to be read.
 *
 * @param field the row
 * @param label name with argument, as written
 * @param extractor reads the value
 */
public record BoundField(Field field, String label, Extractor extractor) {
  /** The type of the value. */
  public ParamType type() {
    return extractor.type().orElse(field.type());
  }

  /** How numbers print. */
  public PrintFormat format() {
    return extractor.format().orElse(field.format());
  }
}
