package io.jfalco.issue;

import java.util.Optional;

/** Fields that still work but will go away: their values came with the enter events. */
public enum DeprecatedField {
  EVT_DIR(
      "evt.dir",
      "there are no enter events any more: 'evt.dir = <' is always true and 'evt.dir = >' always"
          + " false, so leave the check out"),
  EVT_LATENCY("evt.latency", DeprecatedField.NO_VALUE),
  EVT_LATENCY_S("evt.latency.s", DeprecatedField.NO_VALUE),
  EVT_LATENCY_NS("evt.latency.ns", DeprecatedField.NO_VALUE),
  EVT_LATENCY_HUMAN("evt.latency.human", DeprecatedField.NO_VALUE),
  EVT_WAIT_LATENCY("evt.wait_latency", DeprecatedField.NO_VALUE);

  private static final String NO_VALUE =
      "there are no enter events any more, so the field has no value";

  private final String field;
  private final String description;

  DeprecatedField(String field, String description) {
    this.field = field;
    this.description = description;
  }

  /** Its name. */
  public String field() {
    return field;
  }

  /** Why it will go away. */
  public String description() {
    return description;
  }

  /** The deprecated field of this name. */
  public static Optional<DeprecatedField> find(String name) {
    for (DeprecatedField deprecated : values()) {
      if (deprecated.field.equals(name)) {
        return Optional.of(deprecated);
      }
    }
    return Optional.empty();
  }
}
