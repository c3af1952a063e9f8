package io.jfalco.daemon;

import io.jfalco.alert.Priority;

/** How often rules fired. Owned by the event-loop thread. */
final class Statistics {
  private final String[] names;
  private final long[] byRule;
  private final long[] byPriority = new long[Priority.values().length];
  private long total;

  /** Counters for rules, by their names in load order. */
  Statistics(String[] names) {
    this.names = names.clone();
    this.byRule = new long[names.length];
  }

  /** Counts one alert. */
  void count(int ruleIndex, Priority priority) {
    total++;
    byRule[ruleIndex]++;
    byPriority[priority.ordinal()]++;
  }

  /** How often a rule fired. */
  long count(int ruleIndex) {
    return byRule[ruleIndex];
  }

  /** What is printed at the end. */
  String summary() {
    StringBuilder out = new StringBuilder(256);
    out.append("Events detected: ").append(total).append('\n');
    out.append("Rule counts by severity:\n");
    for (Priority priority : Priority.values()) {
      line(out, shortName(priority), byPriority[priority.ordinal()]);
    }
    out.append("Triggered rules by rule name:\n");
    for (int i = 0; i < names.length; i++) {
      line(out, names[i], byRule[i]);
    }
    return out.toString();
  }

  private static String shortName(Priority priority) {
    return priority == Priority.INFORMATIONAL ? "INFO" : priority.name();
  }

  private static void line(StringBuilder out, String name, long count) {
    if (count > 0) {
      out.append("   ").append(name).append(": ").append(count).append('\n');
    }
  }
}
