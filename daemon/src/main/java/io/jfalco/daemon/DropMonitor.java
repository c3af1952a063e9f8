package io.jfalco.daemon;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.config.Config.DropAction;
import io.jfalco.driver.DropReason;
import io.jfalco.driver.SourceStats;
import io.jfalco.output.AlertFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks once for each second of event time whether events were lost, and does what the
 * configuration says. Owned by the event-loop thread.
 */
final class DropMonitor {
  private static final String RULE = "Falco internal: syscall event drop";
  private static final long SECOND = 1_000_000_000L;

  /** The counters that Falco's alert has; the total of all drops has the others too. */
  private static final Set<DropReason> REPORTED =
      EnumSet.complementOf(
          EnumSet.of(
              DropReason.BUFFER_CONNECT_ENTER,
              DropReason.BUFFER_OPEN_ENTER,
              DropReason.MAX_EVENT_SIZE,
              DropReason.PREEMPTIONS));

  private Config.Drops config;
  private DropRisk risk;
  private final Supplier<SourceStats> statistics;
  private Consumer<Alert> alerts;
  private final boolean ebpf;
  private TokenBucket bucket;
  private SourceStats last;
  private long nextCheck;
  private long occurrences;
  private long actionsTaken;

  DropMonitor(
      Config.Drops config,
      DropRisk risk,
      Supplier<SourceStats> statistics,
      Consumer<Alert> alerts,
      boolean ebpf) {
    this.risk = risk;
    this.config = config;
    this.statistics = statistics;
    this.alerts = alerts;
    this.ebpf = ebpf;
    this.bucket = new TokenBucket(config.rate(), config.maxBurst());
    this.last = statistics.get();
  }

  /** Goes on with the same counts and another configuration. */
  void use(Work next) {
    if (!next.drops().equals(config)) {
      config = next.drops();
      bucket = new TokenBucket(config.rate(), config.maxBurst());
    }
    risk = next.risk();
    alerts = next.outputs()::send;
  }

  /** Time of the next look; compared with each event's time. */
  boolean isDue(long timestamp) {
    return timestamp > nextCheck;
  }

  /** Looks. Returns false when the daemon shall end. */
  boolean check(long timestamp) {
    boolean first = nextCheck == 0;
    nextCheck = timestamp + SECOND;
    if (first) {
      return true;
    }
    SourceStats now = statistics.get();
    SourceStats before = last;
    last = now;
    long drops = now.dropsTotal() - before.dropsTotal();
    if (config.simulate()) {
      Log.info("Simulating syscall event drop");
      drops++;
    }
    double ratio = (double) drops / (now.seen() - before.seen());
    if (drops <= 0 || !(ratio > (config.simulate() ? 0 : config.threshold()))) {
      return true;
    }
    occurrences++;
    if (!bucket.claim(timestamp)) {
      Log.debug(() -> "Syscall event drop but token bucket depleted, skipping actions");
      return true;
    }
    actionsTaken++;
    return act(timestamp, drops, before, now);
  }

  private boolean act(long timestamp, long drops, SourceStats before, SourceStats now) {
    String message = RULE + ". " + drops + " system calls dropped in last second.";
    String rules = String.join(", ", risk.names(before, now));
    if (config.actions().contains(DropAction.LOG)) {
      Log.debug(() -> message);
      if (!rules.isEmpty()) {
        Log.warning("Events were lost. Rules that may have missed some: " + rules);
      }
    }
    if (config.actions().contains(DropAction.ALERT)) {
      alerts.accept(alert(timestamp, message, drops, rules, before, now));
    }
    if (config.actions().contains(DropAction.EXIT)) {
      Log.critical(message);
      Log.critical("Exiting.");
      return false;
    }
    return true;
  }

  private Alert alert(
      long timestamp,
      String message,
      long drops,
      String rules,
      SourceStats before,
      SourceStats now) {
    TreeMap<String, Object> fields = new TreeMap<>();
    fields.put("ebpf_enabled", ebpf ? "1" : "0");
    fields.put("n_evts", Long.toString(now.seen() - before.seen()));
    fields.put("n_drops", Long.toString(drops));
    fields.put("n_drops_buffer_total", Long.toString(now.dropsBuffer() - before.dropsBuffer()));
    for (DropReason reason : REPORTED) {
      fields.put(reason.metric(), Long.toString(now.drops(reason) - before.drops(reason)));
    }
    if (!rules.isEmpty()) {
      fields.put("rules_at_risk", rules);
    }
    return new Alert(
        timestamp,
        Priority.DEBUG,
        RULE,
        AlertFormatter.INTERNAL_SOURCE,
        message,
        fields,
        List.of());
  }

  /** What is printed at the end. */
  String summary() {
    return "Syscall event drop monitoring:\n"
        + "   - event drop detected: "
        + occurrences
        + " occurrences\n"
        + "   - num times actions taken: "
        + actionsTaken
        + "\n";
  }
}
