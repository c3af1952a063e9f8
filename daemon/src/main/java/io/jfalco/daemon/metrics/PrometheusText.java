package io.jfalco.daemon.metrics;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The exposition format of Prometheus, version 0.0.4. The samples of a name stand together behind
 * one header, whatever the order in which they are added.
 */
final class PrometheusText {
  static final String TYPE = "text/plain; version=0.0.4";

  private static final String HELP = " https://falco.org/docs/metrics/";
  private static final Pattern UNIT =
      Pattern.compile("_(kb|bytes|mb|percentage|perc|ratio|ns|ts|sec|total)");
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-zA-Z0-9_:]");
  private static final Pattern NOT_IN_LABELS = Pattern.compile("[^a-zA-Z0-9_]");
  private static final Pattern UNDERSCORES = Pattern.compile("_+");

  private final Map<String, StringBuilder> byName = new LinkedHashMap<>();

  /** A sample whose value is in its labels. */
  void info(String subsystem, String name, Map<String, String> labels) {
    sample(
        "falcosecurity_" + subsystem + "_" + name + "_info",
        "gauge",
        HELP,
        "1",
        new TreeMap<>(labels));
  }

  /** A number of Falco's. */
  void add(String subsystem, Metric metric) {
    String base = "falcosecurity_" + subsystem + "_" + metric.name() + "_";
    String name = UNIT.matcher(base).replaceAll("") + metric.unit().ending();
    sample(
        cleaned(name, NOT_IN_NAMES),
        metric.counter() ? "counter" : "gauge",
        HELP,
        value(metric),
        metric.labels());
  }

  /**
   * A number of our own.
   *
   * @param name complete
   * @param help what it is, in a sentence
   */
  void own(String name, boolean counter, String help, Number value, Map<String, String> labels) {
    sample(
        name, counter ? "counter" : "gauge", " " + help, value.toString(), new TreeMap<>(labels));
  }

  private static String value(Metric metric) {
    if (metric.isMemory()) {
      return decimal(metric.bytes());
    }
    if (metric.unit() == Metric.Unit.PERCENT) {
      return decimal(metric.value().doubleValue() / 100);
    }
    return metric.value() instanceof Double number ? decimal(number) : metric.value().toString();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private void sample(
      String name, String type, String help, String value, SortedMap<String, String> labels) {
    StringBuilder out =
        byName.computeIfAbsent(
            name,
            key ->
                new StringBuilder(160)
                    .append("# HELP ")
                    .append(name)
                    .append(help)
                    .append("\n# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(type)
                    .append('\n'));
    out.append(name);
    String separator = "{";
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.append(separator).append(cleaned(label.getKey(), NOT_IN_LABELS)).append("=\"");
      escape(label.getValue(), out);
      out.append('"');
      separator = ",";
    }
    out.append(labels.isEmpty() ? " " : "} ").append(value).append('\n');
  }

  private static String cleaned(String name, Pattern invalid) {
    String clean = UNDERSCORES.matcher(invalid.matcher(name).replaceAll("_")).replaceAll("_");
    boolean begins = !clean.isEmpty() && !Character.isDigit(clean.charAt(0));
    return begins ? clean : "_" + clean;
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return String.join("", byName.values());
  }
}
