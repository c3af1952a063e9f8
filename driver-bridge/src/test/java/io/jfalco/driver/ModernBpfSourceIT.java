package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real eBPF programs on this host's kernel. */
final class ModernBpfSourceIT {
  private static final NativeFiles FILES = NativeFiles.of(LiveHost.ROOT);
  private static final ModernBpfOptions OPTIONS = ModernBpfOptions.defaults(LiveHost.ROOT);

  @TempDir private Path folder;

  @BeforeEach
  void requireKernel() throws IOException {
    LiveHost.require(FILES.library(), FILES.object(), LiveHost.ROOT.resolve("native/build/unhook"));
  }

  private static ModernBpfSource started(ModernBpfOptions options, String... syscalls)
      throws DriverException {
    ModernBpfSource source = new ModernBpfSource(options);
    try {
      source.open();
      source.interest(KernelMapsTest.codes(syscalls));
      source.start();
    } catch (DriverException failure) {
      source.close();
      throw failure;
    }
    return source;
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("unique-" + System.nanoTime()), "x");
  }

  @Test
  void deliversWhatAChildDoes() throws Exception {
    Path path = file();
    List<String> events = new ArrayList<>();
    long[] last = new long[4];
    try (ModernBpfSource source = started(OPTIONS, "openat", "close")) {
      assertThat(source.refused()).isEmpty();
      long before = nanos();
      Process child = LiveHost.start("cat", path.toString());
      boolean ended =
          LiveHost.pollUntil(
              source,
              event -> {
                if (event.tid() == child.pid()) {
                  events.add(text(event, path, last));
                  assertThat(event.timestamp()).isBetween(before, nanos());
                }
              },
              () -> events.contains("exit"));
      assertThat(ended).as("the end of the child").isTrue();
      assertThat(source.stats().seen()).isGreaterThanOrEqualTo(source.stats().delivered());
      assertThat(source.stats().delivered()).isGreaterThanOrEqualTo(events.size());
      assertThat(source.stats().skippedTotal()).isZero();
      assertThat(source.stats().cpus()).isNotEmpty();
    }
    int opened = events.indexOf("open");
    assertThat(events).filteredOn("open"::equals).hasSize(1);
    assertThat(events.subList(opened + 1, events.size())).containsSubsequence("close", "exit");
  }

  private static String text(EventView event, Path path, long[] last) {
    if (LiveHost.opens(event, path)) {
      last[0] = event.s64(0, -1);
      assertThat(last[0]).isPositive();
      return "open";
    }
    boolean closes = event.type() == EventType.SYSCALL_CLOSE_X && event.s64(1, -1) == last[0];
    if (closes && last[0] > 0) {
      return "close";
    }
    return event.type() == EventType.PROCEXIT_1_E ? "exit" : event.type().name();
  }

  private static long nanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Test
  void sendsOnlyWhatIsOfInterest() throws Exception {
    Path path = file();
    BitSet types = new BitSet();
    int[] exits = {0};
    int[] opens = {0};
    EventHandler handler =
        event -> {
          types.set(event.type().ordinal());
          exits[0] += event.type() == EventType.PROCEXIT_1_E ? 1 : 0;
          opens[0] += LiveHost.opens(event, path) ? 1 : 0;
        };
    try (ModernBpfSource source = started(OPTIONS)) {
      LiveHost.start("cat", path.toString()).waitFor();
      assertThat(LiveHost.pollUntil(source, handler, () -> exits[0] > 0)).isTrue();
      assertThat(types.stream().boxed())
          .as("without interest only the end of processes comes")
          .containsExactly(EventType.PROCEXIT_1_E.ordinal());

      source.interest(KernelMapsTest.codes("openat"));
      LiveHost.start("cat", path.toString()).waitFor();
      assertThat(LiveHost.pollUntil(source, handler, () -> opens[0] > 0)).isTrue();
      assertThat(types.get(EventType.SYSCALL_OPENAT_2_X.ordinal())).isTrue();
      assertThat(types.get(EventType.SYSCALL_CLOSE_X.ordinal())).isFalse();
    }
  }

  @Test
  void ownEventsAreLeftOut() throws Exception {
    Path path = file();
    Path after = file();
    int[] own = {0};
    int[] others = {0};
    try (ModernBpfSource source = started(OPTIONS, "openat", "close", "mkdir", "chdir")) {
      for (int i = 0; i < 50; i++) {
        Files.readString(path);
      }
      Thread thread =
          new Thread(
              () -> {
                try {
                  Files.readString(path);
                } catch (IOException impossible) {
                  throw new AssertionError(impossible);
                }
              });
      thread.start();
      thread.join();
      LiveHost.start("cat", after.toString()).waitFor();
      boolean arrived =
          LiveHost.pollUntil(
              source,
              event -> {
                own[0] += LiveHost.opens(event, path) ? 1 : 0;
                others[0] += LiveHost.opens(event, after) ? 1 : 0;
              },
              () -> others[0] > 0);
      assertThat(arrived).isTrue();
    }
    assertThat(own[0]).isZero();
  }

  @Test
  void failedCallsCanBeLeftOut() throws Exception {
    Path missing = folder.resolve("missing-" + System.nanoTime());
    Path path = file();
    for (boolean drop : new boolean[] {false, true}) {
      int[] failed = {0};
      int[] succeeded = {0};
      try (ModernBpfSource source = started(OPTIONS.withDropFailedExit(drop), "openat")) {
        LiveHost.start("cat", missing.toString(), path.toString()).waitFor();
        boolean arrived =
            LiveHost.pollUntil(
                source,
                event -> {
                  failed[0] += LiveHost.opens(event, missing) ? 1 : 0;
                  succeeded[0] += LiveHost.opens(event, path) ? 1 : 0;
                },
                () -> succeeded[0] > 0);
        assertThat(arrived).isTrue();
      }
      assertThat(failed[0]).isEqualTo(drop ? 0 : 1);
    }
  }

  @Test
  void stopDeliversWhatIsThereAndEnds() throws Exception {
    Path path = file();
    int[] opens = {0};
    try (ModernBpfSource source = started(OPTIONS, "openat")) {
      LiveHost.start("cat", path.toString()).waitFor();
      source.stop();
      int result = 0;
      for (int i = 0; i < 1000 && result != EventSource.END; i++) {
        result = source.poll(event -> opens[0] += LiveHost.opens(event, path) ? 1 : 0, 10);
      }
      assertThat(result).isEqualTo(EventSource.END);
      assertThat(source.poll(event -> opens[0] = -1, 10)).isEqualTo(EventSource.END);
    }
    assertThat(opens[0]).isEqualTo(1);
  }

  @Test
  void everyLayoutOfRingsWorks() throws Exception {
    for (int cpus : new int[] {0, 1, 2, 1000}) {
      Path path = file();
      int[] opens = {0};
      try (ModernBpfSource source =
          started(OPTIONS.withBufSizePreset(1).withCpusForEachBuffer(cpus), "openat")) {
        LiveHost.start("cat", path.toString()).waitFor();
        assertThat(
                LiveHost.pollUntil(
                    source,
                    event -> opens[0] += LiveHost.opens(event, path) ? 1 : 0,
                    () -> opens[0] == 1))
            .isTrue();
      }
    }
  }

  @Test
  void fullRingIsCountedByReason() throws Exception {
    try (ModernBpfSource source =
        started(OPTIONS.withBufSizePreset(1).withCpusForEachBuffer(0), "openat", "close")) {
      LiveHost.start("sh", "-c", "i=0; while [ $i -lt 30000 ]; do : </dev/null; i=$((i+1)); done")
          .waitFor();
      SourceStats stats = source.stats();
      assertThat(stats.drops(DropReason.BUFFER_OPEN_EXIT)).isPositive();
      assertThat(stats.drops(DropReason.BUFFER_CLOSE_EXIT)).isPositive();
      assertThat(stats.dropsBuffer())
          .isGreaterThanOrEqualTo(
              stats.drops(DropReason.BUFFER_OPEN_EXIT) + stats.drops(DropReason.BUFFER_CLOSE_EXIT));
      source.stop();
      while (source.poll(event -> {}, 100_000) != EventSource.END) {}
      SourceStats after = source.stats();
      assertThat(after.seen() - after.dropsTotal()).isEqualTo(after.delivered());
    }
  }

  @Test
  void whatIsGoneFromTheKernelIsTold() throws Exception {
    try (ModernBpfSource source = started(OPTIONS, "openat", "close")) {
      assertThat(source.problems()).isEmpty();
      OtherHands hands = new OtherHands(ProcessHandle.current().pid());
      hands.delete("tails", call("openat"));
      assertThat(source.problems())
          .singleElement()
          .asString()
          .isEqualTo("eBPF map 'tails' has been emptied: no events of openat");
      hands.delete("rings", 0);
      assertThat(source.problems())
          .contains("eBPF map 'rings' has been emptied: no events of CPU 0");
      hands.set("interest", call("close"), 0);
      assertThat(source.problems())
          .hasSize(3)
          .contains("eBPF map 'interest' has been changed by somebody else");
      source.interest(KernelMapsTest.codes("close"));
      assertThat(source.problems()).hasSize(2);
    }
  }

  private static int call(String name) {
    return EventTable.syscall(name).orElseThrow().x8664();
  }

  @Test
  void aProgramWhoseLinkIsGoneIsTold() throws Exception {
    try (ModernBpfSource source = started(OPTIONS, "openat")) {
      assertThat(source.problems()).isEmpty();
      new OtherHands(ProcessHandle.current().pid()).unlink("sys_exit");
      assertThat(source.problems())
          .containsExactly("eBPF program 'sys_exit' is no longer attached");
    }
  }

  @Test
  void missingFilesAreNamed() {
    NativeFiles nowhere = new NativeFiles(FILES.library(), folder.resolve("none.bpf.o"));
    DriverException failure =
        catchThrowableOfType(
            DriverException.class,
            () -> {
              try (ModernBpfSource source = new ModernBpfSource(OPTIONS.withFiles(nowhere))) {
                source.open();
              }
            });
    assertThat(failure.code()).isEqualTo(DriverException.Code.MISSING_FILE);
    assertThat(failure).hasMessageContaining("none.bpf.o").hasMessageContaining("make build");
  }

  @Test
  void brokenObjectFailsWithItsLog() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.bpf.o"), "no object");
    DriverException failure =
        catchThrowableOfType(
            DriverException.class,
            () -> {
              try (ModernBpfSource source =
                  new ModernBpfSource(
                      OPTIONS.withFiles(new NativeFiles(FILES.library(), broken)))) {
                source.open();
              }
            });
    assertThat(failure.code()).isEqualTo(DriverException.Code.LOAD_FAILED);
    assertThat(failure.operation()).isEqualTo("open object " + broken);
    Files.delete(RefusedProgramIT.logIn(failure.fix()));
  }

  @Test
  void statsStayReadableAfterClose() throws Exception {
    ModernBpfSource source = started(OPTIONS, "openat");
    LiveHost.start("true").waitFor();
    source.close();
    source.close();
    assertThat(source.stats().seen()).isPositive();
    assertThat(source.poll(event -> {}, 1)).isEqualTo(EventSource.END);
  }
}
