package io.jfalco.field;

import io.jfalco.event.ParamType;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the catalogue.
 *
 * @param name name, without argument
 * @param type Falco's type of the value
 * @param flags properties
 * @param family class that {@code --list} groups it under: evt, process, user, group, fd, fs.path,
 *     container ...
 * @param display short title
 * @param description what the field is, for {@code --list} and the reference page
 * @param binder makes the extractor for an argument; throws {@link IllegalArgumentException} with a
 *     message for the user when the argument does not fit
 */
public record Field(
    String name,
    ParamType type,
    Set<FieldFlag> flags,
    String family,
    String display,
    String description,
    Binder binder) {

  /** Makes extractors. */
  @FunctionalInterface
  public interface Binder {
    /** The extractor for this argument; also tells the type where it depends on the argument. */
    Extractor bind(Optional<String> argument);
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
