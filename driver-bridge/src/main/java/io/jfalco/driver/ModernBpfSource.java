package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;
import io.jfalco.driver.proc.Snapshot;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This host's system calls, through eBPF programs and BPF ring buffers ({@code engine.kind:
 * modern_ebpf}). All programs are loaded at {@link #open}; which system calls they send is said by
 * {@link #interest}, at any time. A program that the kernel refuses disables only itself and is
 * listed by {@link #refused}.
 *
 * <p>Threads: as {@link EventSource} says; {@link #interest} may be called by any thread. An
 * interrupt of the polling thread is the same as {@link #stop}.
 */
public final class ModernBpfSource implements LiveSource {
  /** Value of {@code engine.kind}. */
  public static final String KIND = "modern_ebpf";

  /**
   * Records younger than this stay in the rings until the next poll: longer than a program takes
   * from its time stamp to its record, so that rings can be merged in order.
   */
  private static final long SETTLING_NANOS = 100_000;

  private static final String PROCESS_EXIT = "procexit";
  private static final String PROCESS_EXIT_CALL = "sched_process_exit";

  private final ModernBpfOptions options;
  private final Iterators iterators;
  private final Object lock = new Object();
  private final BitSet wanted = new BitSet();
  private volatile boolean stopRequested;
  private volatile List<RefusedProgram> refused = List.of();
  private List<String> attachable = List.of();
  private Keepers keepers = new Keepers(List.of(), Map.of());
  private boolean tellsWhatKernelUsed;
  private TailTable tails;
  private NativeBpf bpf;
  private Tracepoints tracepoints;
  private KernelMaps maps;
  private KernelWatch watch;
  private RingBufferReader reader;
  private IdleWait idle;
  private SourceStats lastStats = SourceStats.ofFile(0, 0, Map.of());
  private long bootEpoch;
  private boolean started;
  private boolean detached;
  private volatile boolean ended;

  /** A source that holds nothing yet. */
  public ModernBpfSource(ModernBpfOptions options) {
    this.options = options;
    this.iterators = Iterators.choose(options.iterators(), HostFacts.read());
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public void open() throws DriverException {
    if (bpf != null || ended) {
      throw new IllegalStateException("opened before");
    }
    options.files().check();
    Diagnosis diagnosis = new Diagnosis(HostFacts.read());
    diagnosis.precheck();
    ProgramLoader.Loaded loaded =
        new ProgramLoader(functions(), options.files().object(), diagnosis, this::isWanted).load();
    boolean done = false;
    try {
      prepare(loaded);
      done = true;
    } catch (BpfError error) {
      throw diagnosis.explain(Code.MAP_FAILED, error);
    } finally {
      if (!done) {
        loaded.bpf().close();
      }
    }
  }

  private boolean isWanted(String program) {
    return !iterators.leftOut().contains(program)
        && (tellsWhatKernelUsed || !Keepers.isKeeper(program));
  }

  private NativeBpf.Functions functions() throws DriverException {
    try {
      return NativeBpf.load(options.files().library());
    } catch (UnsatisfiedLinkError error) {
      throw new DriverException(
          Code.MISSING_FILE,
          "load " + options.files().library(),
          0,
          String.valueOf(error.getMessage()),
          "install libbpf 1.x (package libbpf1)",
          error);
    }
  }

  private void prepare(ProgramLoader.Loaded loaded) throws BpfError {
    NativeBpf opened = loaded.bpf();
    int cpus = opened.possibleCpus();
    watch = new KernelWatch(opened);
    RingBufferReader rings = openRings(opened, cpus);
    KernelMaps shared =
        new KernelMaps(
            opened.map(opened.mapFd("config"), 0, KernelMaps.CONFIG_SIZE, true),
            opened.map(
                opened.mapFd("interest"),
                0,
                KernelMaps.SYSCALLS * KernelMaps.INTEREST_STRIDE,
                true),
            opened.map(opened.mapFd("stats"), 0, cpus * KernelMaps.STATS_STRIDE, false),
            cpus);
    List<String> all = new ArrayList<>(loaded.programs());
    all.addAll(loaded.refused().keySet());
    tails = new TailTable(all, CollectTable.events());
    fillTails(opened, loaded);
    List<RefusedProgram> missing = new ArrayList<>();
    loaded
        .refused()
        .forEach(
            (name, refusal) -> {
              if (!iterators.refused(name, refusal) && !Keepers.mayBeRefused(name)) {
                missing.add(refusedProgram(name, refusal));
              }
            });
    refused = List.copyOf(missing);
    // System calls last: who tells of a new process must be preceded by who tells of its end.
    attachable =
        loaded.programs().stream()
            .filter(name -> !TailTable.isTail(name) && !Tracepoints.isOnRequest(name))
            .filter(name -> !Iterators.NAMES.contains(name))
            .filter(name -> !Keepers.isKeeper(name))
            .sorted(Comparator.comparing(ProgramLoader.DISPATCHER::equals))
            .toList();
    keepers = new Keepers(loaded.programs(), loaded.refused());
    bootEpoch = opened.bootEpoch();
    shared.configure(options, bootEpoch);
    synchronized (lock) {
      shared.interest(wanted);
      maps = shared;
      tracepoints = new Tracepoints(opened, loaded.programs());
    }
    reader = rings;
    idle = new IdleWait(options.ringBytes());
    bpf = opened;
  }

  private RingBufferReader openRings(NativeBpf opened, int cpus) throws BpfError {
    CpuRings layout = CpuRings.group(cpus, CpuRings.online(cpus), options.cpusForEachBuffer());
    int page = opened.pageSize();
    int size = options.ringBytes();
    Ring[] rings = new Ring[layout.rings()];
    BpfRing[] same = new BpfRing[layout.rings()];
    int[] descriptors = new int[rings.length];
    for (int i = 0; i < rings.length; i++) {
      int fd = opened.ring(size);
      descriptors[i] = fd;
      ByteBuffer consumer = opened.map(fd, 0, page, true);
      ByteBuffer producer = opened.map(fd, page, page, false);
      ByteBuffer data = opened.map(fd, 2L * page, 2 * size, false);
      rings[i] = new BpfRing(consumer, producer, data, size);
      same[i] = new BpfRing(consumer, producer, data, size);
    }
    iterators.open(opened, new RingPeek(same));
    int outer = opened.mapFd("rings");
    for (int cpu = 0; cpu < cpus; cpu++) {
      int ring = descriptors[layout.ringOf(cpu)];
      opened.update(outer, cpu, ring);
      watch.map("rings", outer, cpu, ring, "CPU " + cpu);
    }
    return new RingBufferReader(rings);
  }

  private void fillTails(NativeBpf opened, ProgramLoader.Loaded loaded) throws BpfError {
    int slots = opened.mapFd("tails");
    for (Syscall syscall : EventTable.syscalls()) {
      Optional<String> program = tails.program(syscall).filter(loaded.programs()::contains);
      if (program.isPresent()) {
        int fd = opened.programFd(program.get());
        opened.update(slots, syscall.x8664(), fd);
        watch.program("tails", slots, syscall.x8664(), fd, syscall.name());
      }
    }
    if (loaded.programs().contains(TailTable.IA32)) {
      int fd = opened.programFd(TailTable.IA32);
      opened.update(slots, TailTable.IA32_SLOT, fd);
      watch.program("tails", slots, TailTable.IA32_SLOT, fd, "32-bit calls");
    }
  }

  private RefusedProgram refusedProgram(String name, ProgramLoader.Refusal refusal) {
    BitSet served = tails.servedBy(name);
    served.or(Tracepoints.code(name));
    return new RefusedProgram(
        name, served, name.equals(PROCESS_EXIT), refusal.error().getMessage(), refusal.log());
  }

  @Override
  public void start() throws DriverException {
    requireOpen();
    List<RefusedProgram> missing = new ArrayList<>(refused);
    keepers
        .attach(bpf)
        .forEach((name, error) -> missing.add(refusedProgram(name, withoutLog(error))));
    for (String program : attachable) {
      try {
        bpf.attach(program);
      } catch (BpfError error) {
        if (program.equals(ProgramLoader.DISPATCHER)) {
          throw new Diagnosis(HostFacts.read()).explain(Code.ATTACH_FAILED, error);
        }
        missing.add(refusedProgram(program, withoutLog(error)));
      }
    }
    refused = List.copyOf(missing);
    maps.kept(keepers.kept());
    synchronized (lock) {
      started = true;
      switchTracepoints();
    }
  }

  private static ProgramLoader.Refusal withoutLog(BpfError error) {
    return new ProgramLoader.Refusal(error, Optional.empty());
  }

  /** Attaches the tracepoints that are wanted now, and only these. */
  private void switchTracepoints() {
    if (!started || detached || tracepoints == null) {
      return;
    }
    List<RefusedProgram> missing = new ArrayList<>(refused);
    tracepoints
        .apply(wanted)
        .forEach(
            (name, error) -> {
              missing.removeIf(program -> program.name().equals(name));
              missing.add(refusedProgram(name, withoutLog(error)));
            });
    refused = List.copyOf(missing);
  }

  /**
   * Asks for the parameters {@code kpath}, {@code kaddr}, {@code toctou} and the like, which else
   * are missing. They make calls that take a path slower by half a microsecond or more. Before
   * {@link #open}.
   */
  public void tellWhatKernelUsed() {
    tellsWhatKernelUsed = true;
  }

  /** After {@link #start}: how the kernel lets us know what it used, in a sentence. */
  public String kernelUseWay() {
    return keepers.way();
  }

  @Override
  public List<RefusedProgram> refused() {
    return refused;
  }

  @Override
  public BitSet supported() {
    requireOpen();
    BitSet codes = tracepoints.supported();
    EventTable.syscall(PROCESS_EXIT_CALL).ifPresent(call -> codes.set(call.code()));
    for (Syscall syscall : EventTable.syscalls()) {
      if (tails.program(syscall).isPresent()) {
        codes.set(syscall.code());
      }
    }
    for (RefusedProgram program : refused) {
      codes.andNot(program.syscalls());
      if (program.processExit()) {
        EventTable.syscall(PROCESS_EXIT_CALL).ifPresent(call -> codes.clear(call.code()));
      }
    }
    return codes;
  }

  @Override
  public List<String> problems() {
    synchronized (lock) {
      if (maps == null || !started || detached) {
        return ended ? List.of("the event source has ended") : List.of();
      }
      return watch.problems(maps);
    }
  }

  @Override
  public Map<EventType, Long> iterated() {
    return iterators.counts();
  }

  @Override
  public List<ProgramRuns> programRuns() {
    synchronized (lock) {
      if (tracepoints == null || !HostFacts.countsProgramRuns()) {
        return List.of();
      }
      List<ProgramRuns> runs = new ArrayList<>();
      for (String program : attachable) {
        addRuns(program, runs);
      }
      tracepoints.attached().forEach(program -> addRuns(program, runs));
      return runs;
    }
  }

  private void addRuns(String program, List<ProgramRuns> runs) {
    try {
      long[] info = bpf.programInfo(bpf.programFd(program));
      runs.add(new ProgramRuns(program, info[1], info[2]));
    } catch (BpfError untold) {
      // One that could not be attached.
    }
  }

  /** Names of the programs that are attached because their events are wanted. */
  List<String> attachedTracepoints() {
    synchronized (lock) {
      return tracepoints == null ? List.of() : tracepoints.attached();
    }
  }

  @Override
  public void interest(BitSet codes) {
    synchronized (lock) {
      wanted.clear();
      wanted.or(codes);
      if (maps != null) {
        maps.interest(wanted);
      }
      switchTracepoints();
    }
  }

  @Override
  public int poll(EventHandler handler, int limit) {
    if (ended) {
      return END;
    }
    requireOpen();
    if (stopRequested && !detached) {
      synchronized (lock) {
        bpf.detach();
        detached = true;
      }
    }
    long horizon = detached ? Long.MAX_VALUE - 1 : bootEpoch + bpf.bootClock() - SETTLING_NANOS;
    int count = pollCorrecting(handler, limit, horizon);
    if (count > 0) {
      idle.filled(reader.waiting());
      return count;
    }
    if (detached && !reader.isPending()) {
      ended = true;
      return END;
    }
    idle.sleep();
    if (Thread.currentThread().isInterrupted()) {
      stopRequested = true;
    }
    return 0;
  }

  /** Delivers events, and corrects the state between them as the snapshot at the start tells. */
  private int pollCorrecting(EventHandler handler, int limit, long horizon) {
    Corrections corrections = iterators.corrections();
    long next = corrections.next();
    int count = reader.poll(handler, limit, Math.min(horizon, next));
    while (count == 0 && next <= horizon) {
      corrections.apply();
      next = corrections.next();
      count = reader.poll(handler, limit, Math.min(horizon, next));
    }
    return count;
  }

  @Override
  public Snapshot snapshot() {
    requireOpen();
    return iterators.snapshot();
  }

  @Override
  public Optional<String> snapshotProblem() {
    return iterators.problem();
  }

  @Override
  public void stop() {
    stopRequested = true;
  }

  @Override
  public SourceStats stats() {
    synchronized (lock) {
      if (maps != null && reader != null) {
        lastStats = maps.stats(reader.delivered(), reader.skipped());
      }
      return lastStats;
    }
  }

  @Override
  public void close() {
    ended = true;
    synchronized (lock) {
      stats();
      maps = null;
      tracepoints = null;
      reader = null;
      if (bpf != null) {
        bpf.close();
        bpf = null;
      }
    }
  }

  private void requireOpen() {
    if (bpf == null) {
      throw new IllegalStateException("not open");
    }
  }
}
