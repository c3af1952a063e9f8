package io.jfalco.field;

import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the catalogue.
 *
 * @param name name, without argument
 * @param type Falco's type of the value
 * @param format how numbers print
 * @param flags properties
 * @param family group that {@code --list} shows it in
 * @param description what the field is, for {@code --list} and the reference page
 * @param binder makes the extractor for an argument
 */
public record Field(
    String name,
    ParamType type,
    PrintFormat format,
    Set<FieldFlag> flags,
    FieldFamily family,
    String description,
    Binder binder) {

  /** Makes extractors. */
  @FunctionalInterface
  public interface Binder {
    /**
     * The extractor for this argument. Every call gives an extractor with its own scratch space.
     *
     * @param argument what is in the brackets; for fields with {@link FieldFlag#ARG_DOTTED}
     *     everything that follows the name
     * @throws FieldException when the argument does not fit
     */
    Extractor bind(Optional<String> argument) throws FieldException;
  }

  /** Copies the flags. */
  public Field {
    flags = Set.copyOf(flags);
  }

  /** True when the field has the property. */
  public boolean is(FieldFlag flag) {
    return flags.contains(flag);
  }
}
