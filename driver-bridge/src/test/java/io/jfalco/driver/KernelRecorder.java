package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** The real source with every system call enabled, and copies of what it delivers. */
final class KernelRecorder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BATCH = 10_000;

  private final ModernBpfSource source;

  KernelRecorder(Path root) throws DriverException {
    source = new ModernBpfSource(ModernBpfOptions.defaults(root));
    source.open();
    BitSet all = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      all.set(syscall.code());
    }
    all.and(source.supported());
    source.interest(all);
    source.tellWhatKernelUsed();
    source.start();
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
  void drain() {
    while (source.poll(event -> {}, BATCH) == BATCH) {}
  }

  /**
   * Everything that the whole host did until a thread closed {@link Trigger#MARK_DONE}, or until
   * that can no longer be expected.
   */
  List<CapturedRecord> recordUntilDone(long tid) {
    return recordUntilDone(tid, PATIENCE, event -> true);
  }

  /** The same, of chosen events. */
  List<CapturedRecord> recordUntilDone(long tid, Duration patience, Predicate<EventView> chosen) {
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
