package io.jfalco.daemon.metrics;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * All numbers of one moment. Immutable.
 *
 * @param about what does not change between two reloads
 * @param engine where events come from, as Falco's libraries call it
 * @param events events taken
 * @param rules the rules, in the order of their loading
 * @param metrics of the families that are switched on, in Falco's order
 * @param outputDrops messages dropped because queues were full
 * @param own numbers that Falco does not have
 */
public record Reading(
    About about,
    String engine,
    long events,
    List<RuleCount> rules,
    List<Metric> metrics,
    long outputDrops,
    List<Own> own) {

  /**
   * What was read, when, and by whom.
   *
   * @param version of the daemon
   * @param hostname as in alerts
   * @param started nanoseconds since the epoch
   * @param loaded the last reload, or the start
   * @param rules sums (SHA-256) of the rules files, by their names without directories
   * @param configs the same of the configuration
   */
  public record About(
      String version,
      String hostname,
      long started,
      long loaded,
      SortedMap<String, String> rules,
      SortedMap<String, String> configs) {}

  /**
   * How often a rule matched.
   *
   * @param name of the rule
   * @param priority its number, 0 the most severe
   * @param source of its events
   * @param tags of the rule
   * @param count matches since the last reload
   */
  public record RuleCount(
      String name, int priority, String source, List<String> tags, long count) {}

  /**
   * A number for Prometheus alone.
   *
   * @param name complete
   * @param counter true for what only grows
   * @param help what it is
   * @param value its value
   * @param labels of the sample
   */
  public record Own(
      String name, boolean counter, String help, Number value, Map<String, String> labels) {}
}
