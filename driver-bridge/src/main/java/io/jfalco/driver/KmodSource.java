package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * This host's system calls, through Falco's kernel module and its rings ({@code engine.kind:
 * kmod}). Needs the module loaded; nothing of this project is needed in the kernel.
 *
 * <p>Threads: as {@link LiveSource} says. {@link #open} may be called again after it failed.
 */
public final class KmodSource implements LiveSource {
  /** Value of {@code engine.kind}. */
  public static final String KIND = "kmod";

  /** As for eBPF: a record younger than this may be followed by an older one of another CPU. */
  private static final long SETTLING_NANOS = 100_000;

  /**
   * Polls in a row that find only records of the future, each after a sleep: then the clock was set
   * back, and waiting for it would fill the rings.
   */
  private static final int MOST_STALLED = 8;

  private static final long NO_HORIZON = Long.MAX_VALUE - 1;

  private final KmodOptions options;
  private final DeviceCalls calls;
  private final ModuleParameters parameters;
  private final LongSupplier clock;
  private final Object lock = new Object();
  private final BitSet wanted = new BitSet();
  private volatile boolean stopRequested;
  private ModuleDevices devices;
  private ModuleInterest interest;
  private List<KmodRing> rings = List.of();
  private RingBufferReader reader;
  private OwnEvents own;
  private IdleWait idle;
  private SourceStats lastStats = SourceStats.ofFile(0, 0, Map.of());
  private long knownDrops;
  private int stalled;
  private boolean started;
  private boolean detached;
  private boolean ended;

  /** A source that holds nothing yet. */
  public KmodSource(KmodOptions options) {
    this(
        options,
        new NativeDevices(),
        new ModuleParameters(ModuleParameters.FOLDER),
        () -> System.currentTimeMillis() * 1_000_000);
  }

  /**
   * The same on other devices.
   *
   * @param clock nanoseconds since the epoch; a little behind does no harm
   */
  KmodSource(
      KmodOptions options, DeviceCalls calls, ModuleParameters parameters, LongSupplier clock) {
    this.options = options;
    this.calls = calls;
    this.parameters = parameters;
    this.clock = clock;
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public void open() throws DriverException {
    if (devices != null || ended) {
      throw new IllegalStateException("opened before");
    }
    parameters.ringBytes(options.ringBytes());
    ModuleDevices opened =
        ModuleDevices.open(
            calls, options.hostRoot(), options.ringBytes(), new ModuleDiagnosis(parameters));
    boolean done = false;
    try {
      prepare(opened);
      done = true;
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  private void prepare(ModuleDevices opened) throws DriverException {
    opened.request(ModuleRequest.SET_SNAPLEN, options.snaplen());
    if (options.dynamicSnaplen().isPresent()) {
      DynamicSnaplen more = options.dynamicSnaplen().get();
      opened.request(
          ModuleRequest.SET_FULLCAPTURE_PORT_RANGE,
          (long) more.lastPort() << 16 | more.firstPort());
      opened.request(ModuleRequest.SET_STATSD_PORT, more.statsdPort());
      opened.request(ModuleRequest.ENABLE_DYNAMIC_SNAPLEN, 0);
    }
    if (options.dropFailedExit()) {
      opened.request(ModuleRequest.ENABLE_DROPFAILED, 0);
    }
    int pid = opened.request(ModuleRequest.GET_CURRENT_PID, 0);
    own = new OwnEvents(options.hostRoot().resolve("proc"), pid);
    idle = new IdleWait(options.ringBytes());
    synchronized (lock) {
      devices = opened;
      interest = new ModuleInterest(opened);
      rings = opened.rings();
      reader = new RingBufferReader(rings.toArray(Ring[]::new));
    }
  }

  @Override
  public void start() throws DriverException {
    requireOpen();
    synchronized (lock) {
      interest.set(wanted);
      started = true;
    }
    own.readThreads(); // threads that start from here on tell themselves
  }

  @Override
  public List<RefusedProgram> refused() {
    return List.of();
  }

  @Override
  public BitSet supported() {
    requireOpen();
    return ModuleInterest.supported();
  }

  @Override
  public void interest(BitSet codes) {
    synchronized (lock) {
      wanted.clear();
      wanted.or(codes);
      if (started && !detached) {
        try {
          interest.set(wanted);
        } catch (DriverException refused) {
          throw new IllegalStateException("the module took these requests before", refused);
        }
      }
    }
  }

  @Override
  public int poll(EventHandler handler, int limit) throws DriverException {
    if (ended) {
      return END;
    }
    requireOpen();
    if (stopRequested && !detached) {
      detach();
    }
    boolean settled = detached || stalled >= MOST_STALLED;
    int count =
        reader.poll(
            own.to(handler), limit, settled ? NO_HORIZON : clock.getAsLong() - SETTLING_NANOS);
    if (own.changedCpu() >= 0) {
      ended = true;
      throw new DriverException(
          Code.CPUS_CHANGED,
          "read events of the kernel module",
          0,
          "CPU " + own.changedCpu() + " configuration change detected. Aborting.",
          "start again: the module then makes a ring for each CPU");
    }
    if (count > 0) {
      stalled = 0;
      idle.filled(reader.waiting());
      return count;
    }
    if (detached && !reader.isPending()) {
      ended = true;
      return END;
    }
    stalled = reader.waiting() > 0 ? stalled + 1 : 0;
    rest();
    return 0;
  }

  private void rest() {
    long drops = drops();
    if (drops != knownDrops) {
      knownDrops = drops;
      own.readThreads();
    }
    idle.sleep();
    if (Thread.currentThread().isInterrupted()) {
      stopRequested = true;
    }
  }

  private long drops() {
    long sum = 0;
    for (int i = 0; i < rings.size(); i++) {
      KmodRing ring = rings.get(i);
      sum += ring.dropsBuffer() + ring.dropsPageFaults() + ring.preemptions();
    }
    return sum;
  }

  private void detach() throws DriverException {
    synchronized (lock) {
      detached = true;
      interest.clear();
    }
  }

  @Override
  public void stop() {
    stopRequested = true;
  }

  @Override
  public SourceStats stats() {
    synchronized (lock) {
      if (reader != null) {
        lastStats = currentStats();
      }
      return lastStats;
    }
  }

  private SourceStats currentStats() {
    long seen = 0;
    long dropsBuffer = 0;
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    List<SourceStats.CpuStats> cpus = new ArrayList<>();
    DropReason[] reasons = DropReason.values();
    for (KmodRing ring : rings) {
      for (int kind = 0; kind < KmodRing.BUFFER_KINDS; kind++) {
        drops.merge(reasons[kind], ring.dropsBuffer(kind), Long::sum);
      }
      drops.merge(DropReason.PAGE_FAULTS, ring.dropsPageFaults(), Long::sum);
      drops.merge(DropReason.PREEMPTIONS, ring.preemptions(), Long::sum);
      seen += ring.events();
      dropsBuffer += ring.dropsBuffer();
      cpus.add(
          new SourceStats.CpuStats(
              cpus.size(), ring.events(), ring.dropsBuffer() + ring.dropsPageFaults()));
    }
    drops.values().removeIf(count -> count == 0);
    long delivered = reader.delivered() - own.hidden();
    return new SourceStats(seen, delivered, dropsBuffer, drops, 0, 0, reader.skipped(), cpus);
  }

  @Override
  public void close() {
    ended = true;
    synchronized (lock) {
      stats();
      reader = null;
      rings = List.of();
      if (devices != null) {
        devices.close();
        devices = null;
      }
    }
  }

  private void requireOpen() {
    if (devices == null) {
      throw new IllegalStateException("not open");
    }
  }
}
