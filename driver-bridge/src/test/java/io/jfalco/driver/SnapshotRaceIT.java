package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.proc.ProcScanner;
import io.jfalco.driver.proc.Snapshot;
import io.jfalco.event.EventType;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.ThreadLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes fork, execute, end, change directories and descriptors all the time while the state is
 * read; when they rest and all events have been applied, the state is what {@code /proc} tells.
 */
final class SnapshotRaceIT {
  /**
   * Nothing is read from the rings until the processes rest: 128 MiB are enough for a long time.
   */
  private static final ModernBpfOptions OPTIONS =
      ModernBpfOptions.defaults(LiveHost.ROOT).withBufSizePreset(8);

  private static final String[] CALLS = {
    "open", "openat", "openat2", "creat", "close", "close_range", "dup", "dup2", "dup3", "fcntl",
    "pipe", "pipe2", "chdir", "fchdir", "fork", "vfork", "clone", "clone3", "execve", "execveat",
    "socket", "setsid", "setpgid", "prctl"
  };

  @TempDir private Path folder;

  @BeforeEach
  void requireKernel() throws IOException {
    LiveHost.require(OPTIONS.files().library(), OPTIONS.files().object(), HeldProcess.PROGRAM);
    LiveHost.requireIterators();
  }

  /** What must be right of the processes below one: who they are, where, with which files. */
  private static Map<Long, Map<String, String>> below(HostState state, long ancestor) {
    Map<Long, Map<String, String>> all = new TreeMap<>();
    state.forEachThread(
        thread -> {
          if (descends(state, thread, ancestor)) {
            Map<String, String> text = StateText.of(thread);
            text.keySet()
                .removeIf(
                    name ->
                        !name.startsWith("fd ")
                            && !Set.of("ids", "comm", "exe", "args", "path", "cwd").contains(name));
            text.replaceAll((name, value) -> briefly(value));
            all.put(thread.tid(), text);
          }
        });
    return all;
  }

  private static boolean descends(HostState state, ThreadInfo thread, long ancestor) {
    ThreadInfo each = thread;
    for (int i = 0; i < 10 && each != null; i++) {
      if (each.tid() == ancestor) {
        return true;
      }
      each = state.parent(each);
    }
    return false;
  }

  /** Events tell less of a descriptor than /proc: type and name, of pipes not even a name. */
  private static String briefly(String descriptor) {
    return descriptor
        .replaceFirst(" ino [0-9]+ flags .*", "")
        .replaceFirst("^FIFO .*", "FIFO")
        .replaceFirst("^FILE_V2 ", "FILE ");
  }

  private static Map<Long, Map<String, String>> expected(long ancestor) {
    HostState proc = new HostState();
    new ProcScanner(Path.of("/")).scan(proc);
    return below(proc, ancestor);
  }

  @RepeatedTest(5)
  void whatHappensMeanwhileIsNotLostAndNotDoneTwice() throws Exception {
    try (HeldProcess churn = new HeldProcess("churn", folder.toString());
        ModernBpfSource source = new ModernBpfSource(OPTIONS)) {
      source.open();
      source.interest(KernelMapsTest.codes(CALLS));
      source.start();
      HostState state = new HostState();
      Snapshot snapshot = source.snapshot();
      new ProcScanner(Path.of("/")).scan(state, snapshot);
      assertThat(source.snapshotProblem()).isEmpty();
      churn.tell("p", "paused");

      StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
      EventContext context = new EventContext(state);
      Set<Long> seen = new TreeSet<>();
      EventHandler handler =
          event -> {
            seen.add(event.tid());
            updater.apply(event, context);
            updater.finish(context);
          };
      drain(source, handler);
      assertThat(source.stats().dropsTotal()).as("drops").isZero();
      assertThat(seen).hasSizeGreaterThan(4);
      Map<Long, Map<String, String>> expected = expected(churn.pid());
      assertThat(expected).hasSize(9);
      assertThat(difference(below(state, churn.pid()), expected)).isEmpty();
    }
  }

  /** What is in one of them only, so that a failure is short. */
  private static Map<Long, String> difference(
      Map<Long, Map<String, String>> actual, Map<Long, Map<String, String>> expected) {
    Map<Long, String> difference = new TreeMap<>();
    Set<Long> all = new TreeSet<>(actual.keySet());
    all.addAll(expected.keySet());
    for (long tid : all) {
      Map<String, String> is = new TreeMap<>(actual.getOrDefault(tid, Map.of()));
      Map<String, String> shall = new TreeMap<>(expected.getOrDefault(tid, Map.of()));
      Map<String, String> same = new TreeMap<>(is);
      same.entrySet().retainAll(shall.entrySet());
      is.entrySet().removeAll(same.entrySet());
      shall.entrySet().removeAll(same.entrySet());
      if (!is.isEmpty() || !shall.isEmpty()) {
        difference.put(tid, "is " + is + ", shall be " + shall);
      }
    }
    return difference;
  }

  /** Applies everything that is there: a process that ends now is the mark behind it. */
  private static void drain(ModernBpfSource source, EventHandler handler) throws Exception {
    long mark = LiveHost.start("true").pid();
    boolean[] ended = {false};
    boolean complete =
        LiveHost.pollUntil(
            source,
            event -> {
              handler.onEvent(event);
              ended[0] |= event.tid() == mark && event.type() == EventType.PROCEXIT_1_E;
            },
            () -> ended[0]);
    assertThat(complete).isTrue();
  }
}
