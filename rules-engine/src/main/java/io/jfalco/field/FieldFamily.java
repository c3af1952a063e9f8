package io.jfalco.field;

import java.util.List;

/**
 * A group of fields in {@code --list}.
 *
 * @param name name, such as {@code process}; two families may share one
 * @param title what tells families of the same name apart; may be empty
 * @param description what the fields have in common
 * @param sources event sources that have these fields
 * @param hidden true when the family is not listed
 */
public record FieldFamily(
    String name, String title, String description, List<String> sources, boolean hidden) {
  /** Name of the family of fields that Falco's container plugin has, as Falco shows it. */
  public static final String CONTAINER = "container (plugin)";

  /** Copies the sources. */
  public FieldFamily {
    sources = List.copyOf(sources);
  }

  static FieldFamily syscall(String name, String title, String description) {
    return new FieldFamily(name, title, description, List.of("syscall"), false);
  }
}
