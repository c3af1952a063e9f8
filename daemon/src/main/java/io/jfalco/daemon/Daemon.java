package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.DynamicSnaplen;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.KmodOptions;
import io.jfalco.driver.KmodSource;
import io.jfalco.driver.LiveSource;
import io.jfalco.driver.ModernBpfOptions;
import io.jfalco.driver.ModernBpfSource;
import io.jfalco.driver.NativeFiles;
import io.jfalco.driver.RefusedProgram;
import io.jfalco.driver.RingSize;
import io.jfalco.driver.SourceStats;
import io.jfalco.driver.capture.CaptureFileSource;
import io.jfalco.driver.capture.MachineInfo;
import io.jfalco.driver.proc.ProcScanner;
import io.jfalco.field.KernelFields;
import io.jfalco.output.Outputs;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleSet;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadPurge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What Falco prints, outside the log, when rules need what is not captured. */
  private static final String UNHEARD =
      """
      Loaded rules match syscalls that are not activated (e.g. were removed via config settings such \
      as no -A flag or negative base_syscalls elements) or unsupported with current configuration: \
      warning (unsupported-evttype): %s
      If syscalls in rules include high volume syscalls (-> activate via `-A` flag), else syscalls \
      may have been removed via base_syscalls option or might be associated with syscalls undefined \
      on your architecture (https://marcin.juszkiewicz.com.pl/download/tables/syscalls.html)
      """;

  /** System property: path of an eBPF object to use in the place of the built or installed one. */
  private static final String OBJECT_PROPERTY = "jfalco.bpf.object";

  private final Config config;
  private final RuleSet rules;
  private final Options options;
  private final Signals signals = new Signals();
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
   */
  public record Options(
      Path home,
      int seconds,
      String pidFile,
      boolean verbose,
      boolean dryRun,
      Optional<CaptureTarget> write) {}

  /** A daemon over these rules. */
  public Daemon(Config config, RuleSet rules, Options options) {
    this.config = config;
    this.rules = rules;
    this.options = options;
  }

  /**
   * Runs to the end.
   *
   * @throws FatalException when it cannot start or go on; everything is closed then
   */
  public void run() throws FatalException {
    List<Rule> all = rules.rules(SYSCALL);
    BitSet enabled =
        RuleSelection.enabled(all, config.rules().minimum(), config.rules().selection());
    List<Rule> active = all.stream().filter(rule -> enabled.get(rule.index())).toList();
    OutputList.check(config.outputs());
    String hostname = hostname();
    if (options.dryRun()) {
      Log.debug(() -> "Skipping outputs initialization in dry-run");
      chooseInterest(active, syscalls(active));
      Log.debug(() -> "Skipping event processing in dry-run");
      return;
    }
    Statistics statistics =
        new Statistics(rules.rules().stream().map(Rule::name).toArray(String[]::new));
    Outputs outputs = OutputList.start(config, hostname);
    try {
      signals.install();
      writePidFile();
      announceCaptures();
      watch(
          active,
          syscalls(active),
          outputs,
          watched ->
              Stages.ofRules(config, rules, active, options.write(), watched, outputs, statistics));
    } finally {
      outputs.close();
      Console.out(statistics.summary());
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
    Outputs none = OutputList.start(config, "");
    try (none) {
      signals.install();
      watch(List.of(), syscalls, none, watched -> Stages.ofShow(show, options.write(), watched));
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

  /** Makes what events come to, once the source is open and the state is filled. */
  @FunctionalInterface
  private interface StageMaker {
    EventStage make(Stages.Watched watched) throws FatalException;
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
      Files.writeString(Path.of(options.pidFile()), Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw new PidFileException(
          "Could not write pid to pidfile " + options.pidFile() + ". Exiting.", e);
    }
  }

  private static BitSet syscalls(List<Rule> rules) {
    BitSet codes = new BitSet();
    rules.forEach(rule -> codes.or(rule.syscalls()));
    return codes;
  }

  private void watch(List<Rule> active, BitSet wanted, Outputs outputs, StageMaker stages)
      throws FatalException {
    InterestSet interest = chooseInterest(active, wanted);
    logEnabled(active);
    boolean live = config.engine().kind().isLive();
    HostState state = live ? new HostState(config.threads().limit()) : new HostState();
    EventSource source = source(state);
    try (source) {
      ThreadLookup lookup = open(source, state, interest, active);
      DropMonitor drops = new DropMonitor(config.drops(), source::stats, outputs::send, live);
      try (EventStage stage =
          stages.make(new Stages.Watched(state, machine(source, state), live))) {
        EventLoop loop =
            new EventLoop(
                source,
                new StateUpdater(state, lookup, live ? purge() : ThreadPurge.RARE),
                new EventContext(state),
                stage,
                drops,
                outputs,
                signals,
                settings());
        signals.onTerminate(source::stop);
        run(loop, source, drops);
      }
    } catch (DriverException e) {
      throw new FatalException(explain(e), e);
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

  private EventLoop.Settings settings() {
    return new EventLoop.Settings(
        TimeUnit.SECONDS.toNanos(options.seconds()),
        config.syscalls().maxTimeouts(),
        config.engine().kind().isLive());
  }

  private void run(EventLoop loop, EventSource source, DropMonitor drops) throws FatalException {
    long start = System.nanoTime();
    try {
      loop.run();
      if (signals.isTerminating()) {
        Log.info("SIGINT received, exiting...");
      }
    } finally {
      if (options.verbose()) {
        Console.err(rates(loop.events(), System.nanoTime() - start, source.stats()));
      }
      if (!showing) {
        Console.err(drops.summary());
      } else if (source.stats().dropsTotal() > 0) {
        Log.warning(source.stats().dropsTotal() + " events were dropped");
      }
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

  private static void logEnabled(List<Rule> active) {
    Log.debug(() -> "Enabled rules:");
    active.forEach(rule -> Log.debug(() -> "   " + rule.name()));
    Log.debug(() -> "(" + active.size() + ") enabled rules in total");
  }

  private EventSource source(HostState state) {
    Config.Engine engine = config.engine();
    return switch (engine.kind()) {
      case MODERN_EBPF ->
          new ModernBpfSource(
              ModernBpfOptions.defaults(options.home())
                  .withFiles(nativeFiles())
                  .withBufSizePreset(engine.bufSizePreset())
                  .withCpusForEachBuffer(cpusForEachBuffer(engine))
                  .withDropFailedExit(engine.dropFailedExit())
                  .withSnaplen(config.syscalls().snaplen())
                  .withDynamicSnaplen(dynamicSnaplen()));
      case KMOD ->
          new KmodSource(
              new KmodOptions(
                  Host.root(),
                  engine.bufSizePreset(),
                  engine.dropFailedExit(),
                  config.syscalls().snaplen(),
                  dynamicSnaplen()));
      case REPLAY -> new CaptureFileSource(Path.of(engine.captureFile()), state);
      case NODRIVER -> new IdleSource();
    };
  }

  private Optional<DynamicSnaplen> dynamicSnaplen() {
    Config.DynamicSnaplen own = config.syscalls().dynamicSnaplen();
    return own.enabled()
        ? Optional.of(new DynamicSnaplen(own.firstPort(), own.lastPort(), own.statsdPort()))
        : Optional.empty();
  }

  private NativeFiles nativeFiles() {
    NativeFiles files = NativeFiles.of(options.home());
    String other = System.getProperty(OBJECT_PROPERTY, "");
    if (other.isEmpty()) {
      return files;
    }
    Log.warning("Using the eBPF object " + other + ", as " + OBJECT_PROPERTY + " says");
    return new NativeFiles(files.library(), Path.of(other).toAbsolutePath());
  }

  private static int cpusForEachBuffer(Config.Engine engine) {
    int cpus = Runtime.getRuntime().availableProcessors();
    if (engine.cpusForEachBuffer() <= cpus) {
      return engine.cpusForEachBuffer();
    }
    Log.warning(
        "you required a buffer every '"
            + engine.cpusForEachBuffer()
            + "' CPUs but there are only '"
            + cpus
            + "' online CPUs. Falling back to one ring buffer for all CPUs");
    return cpus;
  }

  private ThreadLookup open(
      EventSource source, HostState state, InterestSet interest, List<Rule> active)
      throws DriverException, FatalException {
    if (source instanceof LiveSource live) {
      return openLive(live, state, interest, active);
    }
    if (config.engine().kind() == EngineKind.REPLAY) {
      source.open();
      Log.info("Replaying events from the capture file: " + source.name());
    } else {
      announceSources();
      Log.warning(
          "Enabled event source '"
              + SYSCALL
              + "' will be opened with no driver, no event will be produced");
      Log.info("Opening '" + SYSCALL + "' source with no driver");
      source.open();
    }
    source.start();
    return ThreadLookup.NONE;
  }

  private static void announceSources() {
    Log.info("Loaded event sources: " + SYSCALL);
    Log.info("Enabled event sources: " + SYSCALL);
  }

  private ThreadLookup openLive(
      LiveSource source, HostState state, InterestSet interest, List<Rule> active)
      throws DriverException {
    long bytes = RingSize.bytes(config.engine().bufSizePreset());
    Log.info(
        "The chosen syscall buffer dimension is: " + bytes + " bytes (" + (bytes >> 20) + " MBs)");
    announceSources();
    if (config.engine().kind() == EngineKind.KMOD) {
      Log.info("Opening '" + SYSCALL + "' source with Kernel module");
      KernelModule.open(source);
    } else {
      Log.info("Opening '" + SYSCALL + "' source with modern BPF probe.");
      Log.info("One ring buffer every '" + config.engine().cpusForEachBuffer() + "' CPUs.");
      source.open();
    }
    source.interest(interest.selected());
    if (source instanceof ModernBpfSource bpf
        && active.stream().anyMatch(rule -> KernelFields.anyOf(rules.fields(rule)))) {
      bpf.tellWhatKernelUsed();
    }
    source.start();
    BitSet unsupported = InterestSet.minus(interest.rules(), source.supported());
    for (RefusedProgram program : source.refused()) {
      warnOfRefused(program, active);
      unsupported.andNot(program.syscalls());
    }
    warnOfUnheard(active, unsupported);
    ProcScanner scanner = new ProcScanner(Host.root());
    scanner.scan(state);
    return scanner;
  }

  private static void warnOfRefused(RefusedProgram program, List<Rule> active) {
    StringBuilder text = new StringBuilder(256);
    text.append("eBPF program '").append(program.name()).append("' was refused by this kernel (");
    text.append(program.reason()).append("), the others go on.");
    program.log().ifPresent(log -> text.append(" Details: ").append(log).append('.'));
    String names = names(active, program.syscalls());
    if (!names.isEmpty()) {
      text.append(" Rules that do not see all of their events: ").append(names);
    }
    Log.warning(text.toString());
  }

  private InterestSet chooseInterest(List<Rule> active, BitSet wanted) {
    InterestSet interest = InterestSet.choose(wanted, config.syscalls());
    BitSet missing = InterestSet.minus(interest.rules(), interest.selected());
    if (missing.isEmpty() || showing && InterestSet.isAll(wanted)) {
      return interest;
    }
    if (showing) {
      Log.warning("Not captured (see base_syscalls): " + SyscallNames.text(missing));
    } else {
      Console.err(UNHEARD.formatted(SyscallNames.text(missing)));
      Log.warning("Rules that do not see all of their events: " + names(active, missing));
    }
    return interest;
  }

  /** This kernel does not deliver what rules need. */
  private void warnOfUnheard(List<Rule> active, BitSet codes) {
    if (showing) {
      return;
    }
    if (!codes.isEmpty()) {
      Log.warning(
          "Loaded rules match syscalls that this system has not: "
              + SyscallNames.text(codes)
              + ". Rules that do not see all of their events: "
              + names(active, codes));
    }
  }

  private static String names(List<Rule> rules, BitSet codes) {
    List<String> names = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.syscalls().intersects(codes)) {
        names.add(rule.name());
      }
    }
    return String.join(", ", names);
  }

  private String explain(DriverException e) {
    if (config.engine().kind() == EngineKind.REPLAY) {
      return "Could not open trace filename "
          + config.engine().captureFile()
          + " for reading: "
          + e.getMessage();
    }
    return e.getMessage()
        + "\nWithout it, a recorded capture can be replayed: 'make demo' in the source tree, or"
        + " -o engine.kind=replay -o engine.replay.capture_file=FILE";
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
