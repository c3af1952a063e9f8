package io.jfalco.rule;

import io.jfalco.field.FieldCatalog;
import java.util.Objects;

/** Parses outputs of rules. */
public final class OutputTemplates {
  private final FieldCatalog catalog;

  /** Templates over these fields. */
  public OutputTemplates(FieldCatalog catalog) {
    this.catalog = Objects.requireNonNull(catalog);
  }

  /**
   * Parses an output: text with {@code %field}, {@code %field[argument]}, {@code
   * %transformer(field)} and {@code %NNfield} in it.
   *
   * @throws OutputException when the output names a field that does not exist or ends in a percent
   *     sign
   */
  public AlertTemplate parse(String output) throws OutputException {
    throw new OutputException("not parsed yet over " + catalog + ": " + output);
  }
}
