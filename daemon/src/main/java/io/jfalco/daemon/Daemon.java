package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.daemon.service.ServiceManager;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.SourceStats;
import io.jfalco.driver.capture.CaptureFileSource;
import io.jfalco.driver.capture.MachineInfo;
import io.jfalco.output.Outputs;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadPurge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * From loaded rules to the end: opens everything in order, runs the event loop, closes everything
 * in reverse.
 */
public final class Daemon {
  private static final String SYSCALL = "syscall";

  private final Config config;
  private final Options options;
  private final Signals signals = new Signals();
  private final ServiceManager service = ServiceManager.of(System::getenv);
  private final Health health = new Health();
  private Optional<Telemetry> telemetry = Optional.empty();
  private boolean showing;

  /**
   * What the command line says besides the configuration.
   *
   * @param home where JFalco's native parts are
   * @param seconds ends after so many seconds; 0: never
   * @param pidFile where the process id goes; empty: nowhere
   * @param verbose prints rates at the end
   * @param dryRun checks everything and takes no events
   * @param write where all events are written to
   * @param stateFile where the state is written to at the end and on SIGURG
   */
  public record Options(
      Path home,
      int seconds,
      String pidFile,
      boolean verbose,
      boolean dryRun,
      Optional<CaptureTarget> write,
      Optional<Path> stateFile) {}

  /**
   * A daemon.
   *
   * @param config the configuration it starts with
   */
  public Daemon(Config config, Options options) {
    this.config = config;
    this.options = options;
  }

  /**
   * Alerts on events, to the end.
   *
   * @param setup what to begin with
   * @param loader reads it anew for a reload
   * @throws FatalException when it cannot start or go on; everything is closed then
   */
  public void run(Setup setup, Setup.Loader loader) throws FatalException {
    OutputList.check(config.outputs());
    Telemetry.check(config);
    String hostname = hostname();
    if (options.dryRun()) {
      Log.debug(() -> "Skipping outputs initialization in dry-run");
      ActiveRules.of(setup.rules(), config);
      Log.debug(() -> "Skipping event processing in dry-run");
      return;
    }
    ActiveRules active = ActiveRules.of(setup.rules(), config);
    active.log();
    Generation first = Generation.first(setup, active, hostname);
    telemetry = Optional.of(new Telemetry(health, first, hostname));
    RuleJob job =
        new RuleJob(first, loader, hostname, telemetry.get()::use, signals::isTerminating);
    try {
      Log.detach();
      signals.install();
      telemetry.get().open();
      writePidFile();
      announceCaptures();
      watch(active, job);
    } finally {
      service.stopping();
      telemetry.get().close();
      job.end();
      service.close();
    }
  }

  /**
   * Shows events instead of testing rules, to the end.
   *
   * @param syscalls codes of the system calls that are wanted
   * @throws FatalException when it cannot start or go on; everything is closed then
   */
  public void show(BitSet syscalls, EventShow show) throws FatalException {
    showing = true;
    Outputs none = OutputList.start(config, "").outputs();
    try (none) {
      signals.install();
      watch(ActiveRules.ofEvents(syscalls, config), new ShowJob(show, none));
    }
  }

  private void announceCaptures() {
    if (config.capture().enabled()) {
      Log.info(
          "Capture is enabled in mode '"
              + (config.capture().allRules() ? "all_rules" : "rules")
              + "'. Capturing events to "
              + config.capture().pathPrefix());
    }
  }

  private static String hostname() {
    String chosen = System.getenv("FALCO_HOSTNAME");
    if (chosen != null) {
      Log.info("Hostname value has been overridden via environment variable to: " + chosen);
      return chosen;
    }
    return Host.name();
  }

  private void writePidFile() throws FatalException {
    if (options.pidFile().isEmpty()) {
      return;
    }
    try {
      PidFile.write(Path.of(options.pidFile()));
    } catch (IOException e) {
      throw new PidFileException(
          "Could not write pid to pidfile " + options.pidFile() + ". Exiting.", e);
    }
  }

  private void watch(ActiveRules active, Job job) throws FatalException {
    boolean live = config.engine().kind().isLive();
    HostState state = live ? new HostState(config.threads().limit()) : new HostState();
    SourceOpener opener = new SourceOpener(config, options.home());
    EventSource source = opener.make(state);
    try (source) {
      ThreadLookup lookup = opener.open(source, state, active);
      Stages.Watched watched = new Stages.Watched(state, machine(source, state), live);
      try (job) {
        Work work =
            job.start(
                new Job.Place(
                    source, watched, options.write(), options.stateFile(), signals, service));
        DropMonitor drops =
            new DropMonitor(work.drops(), work.risk(), source::stats, work.outputs()::send, live);
        StateWatch watch = new StateWatch(state);
        EventLoop loop =
            new EventLoop(
                source,
                new StateUpdater(state, lookup, live ? purge() : ThreadPurge.RARE),
                new EventContext(state),
                drops,
                watch,
                signals,
                new EventLoop.Settings(TimeUnit.SECONDS.toNanos(options.seconds()), live),
                work,
                telemetry.isPresent() ? telemetry.get().between(job) : job);
        telemetry.ifPresent(
            figures ->
                figures.begin(
                    source,
                    () ->
                        new LoopFigures(
                            loop.events(),
                            loop.failures(),
                            LoopFigures.State.of(state),
                            job.counts())));
        signals.onTerminate(source::stop);
        // A capture waits for its outputs as long as they take; nobody tells health what is shown.
        boolean told = config.engine().kind() != EngineKind.REPLAY && telemetry.isPresent();
        service.watch(told ? health::problems : List::of);
        service.ready(active.status());
        run(loop, source, drops, watch);
      }
    } catch (DriverException e) {
      throw new FatalException(opener.explain(e), e);
    }
    waitAfterReplay();
  }

  /** The machine that the events are from. */
  private static MachineInfo machine(EventSource source, HostState state) {
    Optional<MachineInfo> recorded =
        source instanceof CaptureFileSource capture ? capture.machineInfo() : Optional.empty();
    return recorded.orElseGet(() -> MachineInfo.ofHost(Host.name(), state.bootTime()));
  }

  private ThreadPurge purge() {
    Config.Threads threads = config.threads();
    return ThreadPurge.ofSeconds(threads.purgeSeconds(), threads.idleSeconds());
  }

  private void run(EventLoop loop, EventSource source, DropMonitor drops, StateWatch watch)
      throws FatalException {
    long start = System.nanoTime();
    try {
      loop.run();
      if (signals.isTerminating()) {
        Log.info("SIGINT received, exiting...");
      }
    } finally {
      service.stopping();
      Log.settle();
      if (options.verbose()) {
        tell(rates(loop.events(), System.nanoTime() - start, source.stats()));
        tell(watch.summary());
      }
      if (!showing) {
        tell(drops.summary());
      } else if (source.stats().dropsTotal() > 0) {
        Log.warning(source.stats().dropsTotal() + " events were dropped");
      }
    }
  }

  /** Whoever has asked for the end does not wait for a reader that hangs. */
  private void tell(String text) {
    if (signals.isTerminating()) {
      Console.errBriefly(text);
    } else {
      Console.err(text);
    }
  }

  private String rates(long events, long nanos, SourceStats stats) {
    boolean live = config.engine().kind() != EngineKind.REPLAY;
    double seconds = nanos / 1e9;
    String driver =
        "Driver Events:%d%nDriver Drops:%d%n".formatted(stats.seen(), stats.dropsTotal());
    return (live ? driver : "")
        + String.format(
            Locale.ROOT,
            "%sElapsed time: %.3f, Captured Events: %d, %.2f eps%n",
            live ? "(" + SYSCALL + ") " : "",
            seconds,
            events,
            events / seconds);
  }

  /** Falco keeps running for the time of -M behind the end of a capture. */
  private void waitAfterReplay() {
    if (config.engine().kind() != EngineKind.REPLAY || options.seconds() == 0) {
      return;
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
    while (System.nanoTime() < end && !signals.isTerminating()) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
