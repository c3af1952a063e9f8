package io.jfalco.daemon.metrics;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.issue.Json;
import io.jfalco.output.AlertFormatter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits all numbers at once, then again after each interval, as an internal alert, to a file, or
 * both. Has a thread of its own. The file is opened for each sample, so that it can be moved away.
 */
public final class SnapshotWriter implements AutoCloseable {
  private static final String RULE = "Falco internal: metrics snapshot";
  private static final String MESSAGE = "Falco metrics snapshot";
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

  private final Config.Metrics config;
  private final Supplier<Reading> readings;
  private final Consumer<Alert> alerts;
  private final SnapshotFields fields;
  private final Thread thread = new Thread(this::run, "metrics");
  private long samples;
  private String lastFailure = "";

  /**
   * A writer that does not run yet.
   *
   * @param readings the numbers of the moment
   * @param alerts where the internal alert goes
   */
  public SnapshotWriter(
      Config.Metrics config,
      HostIdentity host,
      Supplier<Reading> readings,
      Consumer<Alert> alerts) {
    this.config = config;
    this.readings = readings;
    this.alerts = alerts;
    this.fields = new SnapshotFields(host);
    thread.setDaemon(true);
  }

  /**
   * Makes sure that the file can be written to.
   *
   * @throws IOException when it cannot
   */
  public static void check(Config.Metrics config) throws IOException {
    if (!config.file().isEmpty()) {
      open(Path.of(config.file())).close();
    }
  }

  /** Lets it run. */
  public void start() {
    thread.start();
  }

  private void run() {
    Duration interval =
        Interval.parse(config.interval())
            .orElseThrow(() -> new IllegalStateException("checked before: " + config.interval()));
    long next = System.nanoTime();
    try {
      while (true) {
        emitOrTell();
        next += interval.toNanos();
        long now = System.nanoTime();
        // What was missed is not made up for.
        next = next - now < 0 ? now : next;
        TimeUnit.NANOSECONDS.sleep(next - now);
      }
    } catch (InterruptedException e) {
      // The end.
    }
  }

  /** A defect must not end the thread. */
  private void emitOrTell() {
    try {
      emit();
    } catch (RuntimeException e) {
      tell("no metrics snapshot: " + e);
    }
  }

  /** The same again and again is logged once. */
  private void tell(String failure) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      LOG.error("{}", failure);
    }
  }

  private void emit() {
    long now = WallClock.nanos();
    SortedMap<String, Object> values = fields.next(readings.get(), config, now);
    if (config.rule()) {
      alerts.accept(
          new Alert(
              now,
              Priority.INFORMATIONAL,
              RULE,
              AlertFormatter.INTERNAL_SOURCE,
              MESSAGE,
              values,
              List.of()));
    }
    if (!config.file().isEmpty()) {
      write(values);
    }
    samples++;
  }

  private void write(SortedMap<String, Object> values) {
    TreeMap<String, Object> line = new TreeMap<>();
    line.put("output_fields", values);
    line.put("sample", samples);
    try (OutputStream out = open(Path.of(config.file()))) {
      out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
      lastFailure = "";
    } catch (IOException e) {
      tell("metrics.output_file: " + e);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return Channels.newOutputStream(
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /** Ends it. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
