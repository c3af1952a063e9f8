package io.jfalco.daemon;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.driver.capture.CaptureWriter;
import io.jfalco.output.AlertFormatter;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleMatchHandler;
import io.jfalco.rule.RuleSet;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The captures that matches start: one at a time, from the event that matched to the deadline,
 * which every later match puts off, or to the greatest size.
 */
final class RuleCaptures implements EventStage, RuleMatchHandler {
  static final String SIZE_LIMIT_RULE = "Falco internal: capture size limit reached";

  private static final long MEBIBYTE = 1 << 20;

  /** Captures that may be on their way to a slow disk, besides the one that is running. */
  private static final int MOST_ENDING = 2;

  private final Config.Capture config;
  private final Stages.Watched watched;
  private final Consumer<Alert> alerts;
  private final RuleMatchHandler next;
  private final EndingCaptures ending = new EndingCaptures();
  private final boolean[] starts;
  private final long[] durations;
  private long deadline;
  private boolean start;
  private long refused;
  private Path file;
  private CaptureWriter writer;

  /**
   * Captures for a set of rules.
   *
   * @param alerts told when a capture has reached its greatest size
   * @param next handles matches first
   */
  RuleCaptures(
      Config.Capture config,
      RuleSet rules,
      Stages.Watched watched,
      Consumer<Alert> alerts,
      RuleMatchHandler next) {
    this.config = config;
    this.watched = watched;
    this.alerts = alerts;
    this.next = next;
    int count = rules.rules().stream().mapToInt(Rule::index).max().orElse(-1) + 1;
    starts = new boolean[count];
    durations = new long[count];
    for (Rule rule : rules.rules()) {
      long own = rules.details(rule).captureDuration();
      starts[rule.index()] = config.allRules() || rules.details(rule).capture();
      durations[rule.index()] =
          own > 0 ? TimeUnit.MILLISECONDS.toNanos(own) : config.defaultDuration().toNanos();
    }
  }

  @Override
  public void onMatch(Rule rule, EventContext context) {
    next.onMatch(rule, context);
    deadline = Math.max(deadline, context.event().timestamp() + durations[rule.index()]);
    start |= starts[rule.index()];
  }

  @Override
  public boolean onEvent(EventContext context) {
    if (start) {
      start = false;
      if (writer == null) {
        open(context);
      }
    }
    if (writer != null) {
      write(context);
    }
    return true;
  }

  private void open(EventContext context) {
    long timestamp = context.event().timestamp();
    file =
        Path.of(
            String.format(
                Locale.ROOT,
                "%s_%020d_%020d.scap",
                config.pathPrefix(),
                timestamp,
                context.event().number()));
    ending.check();
    if (ending.count() >= MOST_ENDING) {
      refuse("the disk is too slow: " + ending.count() + " captures are not yet written");
      return;
    }
    try {
      writer = CaptureWriter.create(file, watched.overflow());
      writer.state(watched.state(), watched.machine(), timestamp);
    } catch (IOException e) {
      refuse(CaptureRecorder.reason(e));
    }
  }

  /** That there is no capture is no reason to give up alerts. */
  private void refuse(String reason) {
    refused++;
    if (Long.bitCount(refused) == 1) {
      Log.error(
          "Capture " + file + " could not be started: " + reason + " (" + refused + " so far)");
    }
  }

  private void write(EventContext context) {
    writer.event(context.event());
    long written = writer.writtenBytes();
    boolean late = context.event().timestamp() >= deadline;
    boolean full = config.maxFileSizeMb() > 0 && written >= config.maxFileSizeMb() * MEBIBYTE;
    if (late || full) {
      end();
      if (!late) {
        alerts.accept(sizeLimitAlert(written));
      }
    }
  }

  private void end() {
    ending.end(file, writer);
    writer = null;
    deadline = 0;
  }

  private Alert sizeLimitAlert(long written) {
    TreeMap<String, Object> fields = new TreeMap<>();
    fields.put("max_file_size_mb", config.maxFileSizeMb());
    fields.put("written_bytes", written);
    return new Alert(
        TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
        Priority.INFORMATIONAL,
        SIZE_LIMIT_RULE,
        AlertFormatter.INTERNAL_SOURCE,
        SIZE_LIMIT_RULE + ". Configured limit: " + config.maxFileSizeMb() + " MB.",
        fields,
        List.of());
  }

  @Override
  public void tick() {
    if (writer != null) {
      writer.flush();
    }
    ending.check();
  }

  @Override
  public void close() {
    if (writer != null) {
      end();
    }
    ending.close();
  }
}
