package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Paths are complete up to 4096 bytes, however many directories they have, and marked beyond that.
 * Needs what {@link KernelEventsIT} needs.
 */
final class KernelPathsIT {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root", ".."));
  private static final Path PROGRAM = ROOT.resolve("native/build/deep");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PTID =
      EventType.SYSCALL_EXECVE_19_X.info().param("ptid").orElseThrow().index();
  private static final Set<EventType> TYPES =
      Set.of(
          EventType.SYSCALL_OPEN_X,
          EventType.SYSCALL_OPENAT_2_X,
          EventType.SYSCALL_CREAT_X,
          EventType.SYSCALL_UNLINK_2_X,
          EventType.SYSCALL_EXECVE_19_X,
          EventType.SYSCALL_CLOSE_X);

  /** Longest text, without its NUL. */
  private static final int LONGEST = 4095;

  private static final int DIFFERS = 1;
  private static final int CUT = 2;

  @BeforeAll
  static void requireKernel() throws IOException {
    LiveHost.require(PROGRAM);
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "95, 1", "120, 1", "500, 7", "2042, 1", "15, 255"})
  void deepPathsAreComplete(int levels, int length) throws Exception {
    try (KernelRecorder recorder = telling()) {
      List<CapturedRecord> records = run(recorder, levels, length);
      String path = path(levels, length);
      assertThat(path.length()).isLessThanOrEqualTo(LONGEST);
      for (EventType type : Set.of(EventType.SYSCALL_CREAT_X, EventType.SYSCALL_OPENAT_2_X)) {
        assertThat(text(only(records, type), "kpath")).as("%s", type).isEqualTo(path);
        assertThat(marks(only(records, type))).as("%s", type).isZero();
      }
      CapturedRecord exec = only(records, EventType.SYSCALL_EXECVE_19_X);
      assertThat(text(exec, "trusted_exepath")).isEqualTo(path);
      assertThat(marks(exec) & (DIFFERS | CUT)).isZero();
      CapturedRecord unlink = only(records, EventType.SYSCALL_UNLINK_2_X);
      assertThat(text(unlink, "kpath")).isEqualTo(hasHooks(recorder) ? path : "");
      assertThat(marks(unlink)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"2045, 1", "16, 255", "30, 200", "2100, 1"})
  void longerOnesAreCutAndMarked(int levels, int length) throws Exception {
    try (KernelRecorder recorder = telling()) {
      List<CapturedRecord> records = run(recorder, levels, length);
      String path = path(levels, length);
      assertThat(path.length()).isGreaterThan(LONGEST);
      CapturedRecord open = only(records, EventType.SYSCALL_OPENAT_2_X);
      assertThat(text(open, "name")).isEqualTo("file");
      assertThat(text(open, "kpath")).isEqualTo(path.substring(0, LONGEST));
      assertThat(marks(open)).isEqualTo(CUT);
      assertThat(marks(only(records, EventType.SYSCALL_CREAT_X))).isEqualTo(CUT);
      CapturedRecord exec = only(records, EventType.SYSCALL_EXECVE_19_X);
      assertThat(text(exec, "trusted_exepath")).isEqualTo(path.substring(0, LONGEST));
      assertThat(marks(exec) & (DIFFERS | CUT)).isEqualTo(CUT);
      CapturedRecord unlink = only(records, EventType.SYSCALL_UNLINK_2_X);
      assertThat(text(unlink, "path")).isEqualTo("file");
      assertThat(text(unlink, "kpath")).isEmpty();
      assertThat(marks(unlink)).isEqualTo(hasHooks(recorder) ? CUT : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"4200, 1", "150, 250"})
  void evenLongerOnesAreMarkedToo(int levels, int length) throws Exception {
    try (KernelRecorder recorder = telling()) {
      List<CapturedRecord> records = run(recorder, levels, length);
      assertThat(marks(only(records, EventType.SYSCALL_OPENAT_2_X))).isEqualTo(CUT);
      assertThat(marks(only(records, EventType.SYSCALL_EXECVE_19_X)) & CUT).isEqualTo(CUT);
      assertThat(recorder.lost()).isZero();
    }
  }

  @Test
  void argumentsThatAreTooLongAreMarked() throws Exception {
    try (KernelRecorder recorder = telling()) {
      CapturedRecord open = only(run(recorder, 1, 1), EventType.SYSCALL_OPEN_X);
      assertThat(text(open, "name")).isEqualTo("x".repeat(LONGEST));
      assertThat(marks(open)).isEqualTo(CUT);
    }
  }

  @Test
  void theyAreMarkedWithoutWhatTheKernelUsed() throws Exception {
    try (KernelRecorder recorder = KernelRecorder.withArgsSize(ROOT, 4096)) {
      List<CapturedRecord> records = run(recorder, 30, 200);
      assertThat(marks(only(records, EventType.SYSCALL_OPEN_X)) & (DIFFERS | CUT)).isEqualTo(CUT);
      assertThat(marks(only(records, EventType.SYSCALL_EXECVE_19_X)) & CUT).isEqualTo(CUT);
      assertThat(value(only(records, EventType.SYSCALL_OPENAT_2_X), "toctou")).isEmpty();
    }
  }

  private static KernelRecorder telling() throws DriverException {
    return KernelRecorder.withRings(ROOT, 4);
  }

  private static boolean hasHooks(KernelRecorder recorder) {
    return recorder.way().contains("security hooks;") || recorder.way().contains("security hooks.");
  }

  private static String path(int levels, int length) {
    return "/mnt" + ("/" + "d".repeat(length)).repeat(levels) + "/file";
  }

  /** What the program in the last directory, and its child, did. */
  private static List<CapturedRecord> run(KernelRecorder recorder, int levels, int length)
      throws IOException, DriverException, InterruptedException {
    recorder.wantOnly(TYPES);
    recorder.drain();
    Process process =
        new ProcessBuilder(PROGRAM.toString(), Integer.toString(levels), Integer.toString(length))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long tid = process.pid();
    List<CapturedRecord> records =
        recorder.recordUntilDone(tid, PATIENCE, event -> event.tid() == tid || isChild(event, tid));
    assertThat(process.waitFor()).isZero();
    return records;
  }

  private static boolean isChild(EventView event, long parent) {
    return event.type() == EventType.SYSCALL_EXECVE_19_X && event.s64(PTID, 0) == parent;
  }

  /** The last one: others are those of the start of the program. */
  private static CapturedRecord only(List<CapturedRecord> records, EventType type) {
    List<CapturedRecord> found = records.stream().filter(one -> one.type() == type).toList();
    assertThat(found).as("%s", type).isNotEmpty();
    return found.get(found.size() - 1);
  }

  private static int marks(CapturedRecord record) {
    byte[] marks = value(record, "toctou");
    return marks.length == 0 ? 0 : marks[0];
  }

  private static byte[] value(CapturedRecord record, String param) {
    return record.values().get(record.type().info().param(param).orElseThrow().index());
  }

  /** Without its NUL; empty when it is missing. */
  private static String text(CapturedRecord record, String param) {
    byte[] value = value(record, param);
    return new String(value, 0, Math.max(0, value.length - 1), StandardCharsets.US_ASCII);
  }
}
