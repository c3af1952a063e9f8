package io.jfalco.daemon;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.event.EventView;
import io.jfalco.output.AlertFormatter;
import io.jfalco.state.EventContext;
import io.jfalco.state.StateUpdater;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that events pass: source, state, rules. What happens for each event allocates
 * nothing, takes no lock and calls no native code.
 */
final class EventLoop implements EventHandler {
  private static final int BATCH = 4096;
  private static final long IDLE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After a signal, events that were gathered before are still taken, for so long. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Falco's sources report a timeout about so often while there is no event. */
  private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private static final String TIMEOUT_RULE = "Falco internal: timeouts notification";

  private final EventSource source;
  private final StateUpdater state;
  private final EventContext context;
  private final DropMonitor drops;
  private final StateWatch watch;
  private final Signals signals;
  private final Work.Supply supply;
  private final Settings settings;
  private Work work;
  private EventStage stage;
  private long events;
  private long firstTimestamp;
  private long failures;
  private boolean finished;
  private String fatal = "";

  /**
   * Limits.
   *
   * @param durationNanos the loop ends so long after the first event; 0: never
   * @param reportTimeouts false where a lack of events says nothing
   */
  record Settings(long durationNanos, boolean reportTimeouts) {}

  EventLoop(
      EventSource source,
      StateUpdater state,
      EventContext context,
      DropMonitor drops,
      StateWatch watch,
      Signals signals,
      Settings settings,
      Work work,
      Work.Supply supply) {
    this.source = source;
    this.state = state;
    this.context = context;
    this.drops = drops;
    this.watch = watch;
    this.signals = signals;
    this.settings = settings;
    this.work = work;
    this.stage = work.stage();
    this.supply = supply;
  }

  /** Events taken. */
  long events() {
    return events;
  }

  /** Events given up because of a defect. */
  long failures() {
    return failures;
  }

  /**
   * Runs until the source ends, the time is over, or a signal comes.
   *
   * @throws FatalException when the daemon cannot go on
   */
  void run() throws FatalException {
    final long started = System.nanoTime();
    long idleSince = started;
    long lastCheck = started;
    long drainUntil = 0;
    try {
      while (!finished) {
        int count = source.poll(this, BATCH);
        if (count == EventSource.END) {
          break;
        }
        long now = System.nanoTime();
        if (now - lastCheck > IDLE_CHECK_NANOS) {
          lastCheck = now;
          work.outputs().checkBlocked();
          watch.check();
          stage.tick();
        }
        if (signals.isTerminating()) {
          drainUntil = drainUntil == 0 ? now + DRAIN_NANOS : drainUntil;
          finished |= now - drainUntil > 0;
        }
        obeySignals();
        replaceWork();
        if (count > 0) {
          idleSince = now;
        } else {
          idleSince = idle(now, idleSince, now - started);
        }
      }
    } catch (DriverException e) {
      throw new FatalException(e.getMessage(), e);
    }
    if (!fatal.isEmpty()) {
      throw new FatalException(fatal);
    }
  }

  @Override
  public void onEvent(EventView event) {
    if (finished) {
      return;
    }
    long timestamp = event.timestamp();
    if (firstTimestamp == 0) {
      firstTimestamp = timestamp;
      stage.first(event);
    } else if (settings.durationNanos() > 0
        && timestamp - firstTimestamp >= settings.durationNanos()) {
      finished = true;
      return;
    }
    events++;
    if (drops.isDue(timestamp) && !drops.check(timestamp)) {
      finished = true;
      fatal = "Drop manager internal error";
      return;
    }
    try {
      state.apply(event, context);
      finished |= !stage.onEvent(context);
      state.finish(context);
    } catch (RuntimeException e) {
      failed(event, e);
    }
  }

  /** A defect of ours must not make the host blind: the event is given up, the next one is not. */
  private void failed(EventView event, RuntimeException e) {
    failures++;
    if (Long.bitCount(failures) == 1) {
      StackTraceElement[] trace = e.getStackTrace();
      Log.error(
          "Event "
              + event.number()
              + " ("
              + event.type()
              + ") could not be evaluated: "
              + e
              + (trace.length > 0 ? " at " + trace[0] : "")
              + " ("
              + failures
              + " such events so far)");
    }
  }

  private void obeySignals() {
    if (signals.takeReopen()) {
      Log.info("SIGUSR1 received, reopening outputs...");
      work.outputs().reopen();
    }
  }

  private void replaceWork() {
    Optional<Work> next = supply.next();
    if (next.isPresent()) {
      work = next.get();
      stage = work.stage();
      drops.use(work);
    }
  }

  /** Nothing came. Returns since when that is so, for the count of timeouts. */
  private long idle(long now, long since, long running) {
    if (settings.durationNanos() > 0 && running >= settings.durationNanos()) {
      finished = true;
    }
    long timeouts = (now - since) / TIMEOUT_NANOS;
    if (!settings.reportTimeouts() || timeouts <= work.maxTimeouts()) {
      return since;
    }
    work.outputs().send(timeoutAlert());
    return now;
  }

  private Alert timeoutAlert() {
    TreeMap<String, Object> fields = new TreeMap<>();
    fields.put(
        "last_event_time", firstTimestamp == 0 ? "none" : AlertFormatter.timeOfDay(firstTimestamp));
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return new Alert(
        now,
        Priority.DEBUG,
        TIMEOUT_RULE,
        AlertFormatter.INTERNAL_SOURCE,
        TIMEOUT_RULE + ". " + work.maxTimeouts() + " consecutive timeouts without event.",
        fields,
        List.of());
  }
}
