package io.jfalco.daemon.metrics;

import io.jfalco.config.Config.MetricFamily;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A number, under the name that Falco's libraries give it.
 *
 * @param family with which it is switched on
 * @param name without a prefix, with its unit at the end where Falco has it
 * @param unit of the value
 * @param counter true for what only grows
 * @param value a {@link Long} or {@link Double}
 * @param labels for Prometheus only
 */
public record Metric(
    MetricFamily family,
    String name,
    Unit unit,
    boolean counter,
    Number value,
    SortedMap<String, String> labels) {

  /** Units, with what Prometheus' names end in. */
  public enum Unit {
    /** Things. */
    COUNT("total"),
    /** Hundredths; for Prometheus a part of 1. */
    PERCENT("ratio"),
    /** Bytes. */
    BYTES("bytes"),
    /** 1024 bytes; for Prometheus bytes. */
    KIBIBYTES("bytes"),
    /** Nanoseconds on average. */
    NANOS("nanoseconds"),
    /** Nanoseconds in all. */
    NANOS_IN_ALL("nanoseconds_total"),
    /** Seconds in all. */
    SECONDS_IN_ALL("seconds_total"),
    /** Nanoseconds since the epoch. */
    TIMESTAMP("timestamp_nanoseconds");

    private final String ending;

    Unit(String ending) {
      this.ending = ending;
    }

    String ending() {
      return ending;
    }
  }

  /** Copies the labels. */
  public Metric {
    labels = new TreeMap<>(labels);
  }

  /** A number of things. */
  public static Metric count(MetricFamily family, String name, long value) {
    return new Metric(family, name, Unit.COUNT, true, value, new TreeMap<>());
  }

  /** A value that goes up and down. */
  public static Metric gauge(MetricFamily family, String name, Unit unit, Number value) {
    return new Metric(family, name, unit, false, value, new TreeMap<>());
  }

  /** Of another unit. */
  Metric in(Unit other) {
    return new Metric(family, name, other, counter, value, labels);
  }

  /** Under another name and with labels. */
  Metric as(String other, Map<String, String> with) {
    return new Metric(family, other, unit, counter, value, new TreeMap<>(with));
  }

  boolean isMemory() {
    return unit == Unit.BYTES || unit == Unit.KIBIBYTES;
  }

  double bytes() {
    return value.doubleValue() * (unit == Unit.KIBIBYTES ? 1024 : 1);
  }
}
