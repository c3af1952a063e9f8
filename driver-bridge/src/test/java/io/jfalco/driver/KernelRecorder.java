package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The real source with every system call enabled, and copies of what it delivers. */
final class KernelRecorder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BATCH = 10_000;

  private final LiveSource source;

  KernelRecorder(Path root, Optional<DynamicSnaplen> snaplen) throws DriverException {
    this(telling(ModernBpfOptions.defaults(root).withDynamicSnaplen(snaplen)));
  }

  private static LiveSource telling(ModernBpfOptions options) {
    ModernBpfSource source = new ModernBpfSource(options);
    source.tellWhatKernelUsed();
    return source;
  }

  /** Opens and starts the source, and closes it in the end. */
  KernelRecorder(LiveSource unopened) throws DriverException {
    source = unopened;
    source.open();
    want(Set.of());
    source.start();
  }

  /**
   * Every system call, and these tracepoints beside them.
   *
   * @param tracepoints names as in the system-call table
   */
  void want(Set<String> tracepoints) {
    BitSet all = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.x8664() >= 0 || tracepoints.contains(syscall.name())) {
        all.set(syscall.code());
      }
    }
    all.and(source.supported());
    source.interest(all);
  }

  /** Names of the tracepoints that are attached now. */
  List<String> attachedTracepoints() {
    return source instanceof ModernBpfSource bpf ? bpf.attachedTracepoints() : List.of();
  }

  /** What the whole host did in this time. */
  List<CapturedRecord> recordFor(Duration time) throws DriverException {
    List<CapturedRecord> records = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      source.poll(event -> records.add(CapturedRecord.copyOf(event)), BATCH);
    }
    return records;
  }

  /** Programs that the kernel refused. */
  List<RefusedProgram> refused() {
    return source.refused();
  }

  /** Records that were lost since the start. */
  long lost() {
    return source.stats().dropsTotal() + source.stats().skippedTotal();
  }

  /** Forgets what happened so far. */
  void drain() throws DriverException {
    while (source.poll(event -> {}, BATCH) == BATCH) {}
  }

  /**
   * Everything that the whole host did until a thread closed {@link Trigger#MARK_DONE}, or until
   * that can no longer be expected.
   */
  List<CapturedRecord> recordUntilDone(long tid) throws DriverException {
    return recordUntilDone(tid, PATIENCE, event -> true);
  }

  /** The same, of chosen events. */
  List<CapturedRecord> recordUntilDone(long tid, Duration patience, Predicate<EventView> chosen)
      throws DriverException {
    List<CapturedRecord> records = new ArrayList<>();
    boolean[] done = {false};
    EventHandler copy =
        event -> {
          if (!chosen.test(event)) {
            return;
          }
          CapturedRecord record = CapturedRecord.copyOf(event);
          records.add(record);
          done[0] |= record.tid() == tid && record.isMark(Trigger.MARK_DONE);
        };
    long deadline = System.nanoTime() + patience.toNanos();
    while (!done[0] && System.nanoTime() < deadline) {
      source.poll(copy, BATCH);
    }
    source.poll(copy, BATCH); // what another CPU delivered late
    return records;
  }

  @Override
  public void close() {
    source.close();
  }
}
