package io.jfalco.alert;

import java.util.Locale;
import java.util.Optional;

/** Priority of a rule, most severe first; the ordinal is syslog's severity (0..7). */
public enum Priority {
  EMERGENCY("Emergency"),
  ALERT("Alert"),
  CRITICAL("Critical"),
  ERROR("Error"),
  WARNING("Warning"),
  NOTICE("Notice"),
  INFORMATIONAL("Informational"),
  DEBUG("Debug");

  private final String label;

  Priority(String label) {
    this.label = label;
  }

  /** The word that alerts show. */
  public String label() {
    return label;
  }

  /** The priority of this name in any case; {@code info} is short for informational. */
  public static Optional<Priority> parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.equals("INFO")) {
      return Optional.of(INFORMATIONAL);
    }
    for (Priority priority : values()) {
      if (priority.name().equals(upper)) {
        return Optional.of(priority);
      }
    }
    return Optional.empty();
  }
}
