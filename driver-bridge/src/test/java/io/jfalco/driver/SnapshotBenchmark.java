package io.jfalco.driver;

import io.jfalco.driver.proc.ProcScanner;
import io.jfalco.driver.proc.Snapshot;
import io.jfalco.state.HostState;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;

/**
 * Time of the snapshot at the start, from iterators and from {@code /proc}, with many processes:
 * {@code SnapshotBenchmark PROCESSES DESCRIPTORS_OF_EACH ROUNDS}. As root.
 */
final class SnapshotBenchmark {
  private SnapshotBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    String processes = arguments[0];
    String descriptors = arguments[1];
    try (HeldProcess crowd = new HeldProcess("crowd", processes, descriptors)) {
      System.out.println("process " + crowd.pid());
      for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
        double iterated = measure(true);
        double fromProc = measure(false);
        System.out.printf(
            Locale.ROOT,
            "round %d: iterators %.0f ms, /proc %.0f ms, ratio %.1f%n",
            round,
            iterated,
            fromProc,
            fromProc / iterated);
      }
    }
  }

  private static double measure(boolean iterators) throws DriverException {
    ModernBpfOptions options = ModernBpfOptions.defaults(LiveHost.ROOT).withIterators(iterators);
    try (ModernBpfSource source = new ModernBpfSource(options)) {
      source.open();
      source.interest(new BitSet());
      source.start();
      HostState state = new HostState();
      long before = System.nanoTime();
      Snapshot snapshot = source.snapshot();
      new ProcScanner(Path.of("/")).scan(state, snapshot);
      double millis = (System.nanoTime() - before) / 1e6;
      long[] fds = {0};
      state.forEachThread(thread -> fds[0] += thread.isMain() ? thread.fds().size() : 0);
      System.out.printf(
          Locale.ROOT,
          "%s: %d threads, %d descriptors%n",
          iterators ? "iterators" : "/proc",
          state.threadCount(),
          fds[0]);
      return millis;
    }
  }
}
