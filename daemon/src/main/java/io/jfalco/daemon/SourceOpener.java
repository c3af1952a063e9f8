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
import io.jfalco.driver.capture.CaptureFileSource;
import io.jfalco.driver.proc.AccountFinder;
import io.jfalco.driver.proc.ProcScanner;
import io.jfalco.state.HostState;
import io.jfalco.state.ThreadLookup;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/** Makes and opens the source of events that the configuration asks for. */
final class SourceOpener {
  private static final String SYSCALL = "syscall";

  /** System property: path of an eBPF object to use in the place of the built or installed one. */
  private static final String OBJECT_PROPERTY = "jfalco.bpf.object";

  private final Config config;
  private final Path home;

  /** An opener; the native parts are below {@code home}. */
  SourceOpener(Config config, Path home) {
    this.config = config;
    this.home = home;
  }

  /** The source, not yet open. */
  EventSource make(HostState state) {
    Config.Engine engine = config.engine();
    return switch (engine.kind()) {
      case MODERN_EBPF ->
          new ModernBpfSource(
              ModernBpfOptions.defaults(home)
                  .withFiles(nativeFiles())
                  .withBufSizePreset(engine.bufSizePreset())
                  .withCpusForEachBuffer(cpusForEachBuffer(engine))
                  .withDropFailedExit(engine.dropFailedExit())
                  .withIterators(engine.iterators())
                  .withSnaplen(config.syscalls().snaplen())
                  .withArgsSize(config.syscalls().argsSize())
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
    NativeFiles files = NativeFiles.of(home);
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

  /**
   * Opens it, starts it, and fills the state.
   *
   * @param active warned of where they will not see all of their events
   * @return finds threads that events tell of and the state does not know
   */
  ThreadLookup open(EventSource source, HostState state, ActiveRules active)
      throws DriverException, FatalException {
    if (source instanceof LiveSource live) {
      return openLive(live, state, active);
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

  private ThreadLookup openLive(LiveSource source, HostState state, ActiveRules active)
      throws DriverException {
    Optional<ModernBpfSource> telling =
        !active.kernelNames().isEmpty() && source instanceof ModernBpfSource bpf
            ? Optional.of(bpf)
            : Optional.empty();
    telling.ifPresent(ModernBpfSource::tellWhatKernelUsed);
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
    source.interest(active.interest().selected());
    source.start();
    telling.ifPresent(bpf -> Log.info(bpf.kernelUseWay()));
    BitSet unsupported = InterestSet.minus(active.interest().rules(), source.supported());
    for (RefusedProgram program : source.refused()) {
      warnOfRefused(program, active);
      unsupported.andNot(program.syscalls());
    }
    warnOfUnheard(active, unsupported);
    ProcScanner scanner = new ProcScanner(Host.root());
    scanner.scan(state, source.snapshot());
    source.snapshotProblem().ifPresent(Log::info);
    AccountFinder accounts = new AccountFinder(Host.root());
    accounts.start(state);
    state.users().lookup(accounts);
    return scanner;
  }

  private static void warnOfRefused(RefusedProgram program, ActiveRules active) {
    StringBuilder text = new StringBuilder(256);
    text.append("eBPF program '").append(program.name()).append("' was refused by this kernel (");
    text.append(program.reason()).append("), the others go on.");
    program.log().ifPresent(log -> text.append(" Details: ").append(log).append('.'));
    String names = active.names(program.syscalls());
    if (!names.isEmpty()) {
      text.append(" Rules that do not see all of their events: ").append(names);
    }
    Log.warning(text.toString());
  }

  /** This kernel does not deliver what rules need. */
  private static void warnOfUnheard(ActiveRules active, BitSet codes) {
    if (!codes.isEmpty() && !active.rules().isEmpty()) {
      Log.warning(
          "Loaded rules match syscalls that this system has not: "
              + SyscallNames.text(codes)
              + ". Rules that do not see all of their events: "
              + active.names(codes));
    }
  }

  /** What a failure means for the user. */
  String explain(DriverException e) {
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
}
