package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventInfo;
import io.jfalco.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long arguments and environments are complete up to the configured size, and marked beyond it.
 * Needs what {@link KernelEventsIT} needs.
 */
final class KernelArgumentsIT {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root", ".."));
  private static final EventInfo EXEC = EventType.SYSCALL_EXECVE_19_X.info();
  private static final String TEXT = "x".repeat(10_000);

  @BeforeAll
  static void requireKernel() throws IOException {
    LiveHost.require();
  }

  @ParameterizedTest
  @CsvSource({"4096", "8192", "20000"})
  void argumentsBeyondTheSizeAreCutAndMarked(int size) throws Exception {
    CapturedRecord record = run(size, 0, "/bin/echo", TEXT, TEXT);
    assertThat(text(record, "exe")).isEqualTo("/bin/echo\0");
    String all = TEXT + "\0" + TEXT + "\0";
    int room = size - "/bin/echo\0".length();
    assertThat(text(record, "args")).isEqualTo(all.substring(0, room - 1) + "\0");
    assertThat(isCut(record)).isTrue();
  }

  @Test
  void shorterOnesAreComplete() throws Exception {
    CapturedRecord record = run(24_576, 0, "/bin/echo", TEXT, TEXT);
    assertThat(text(record, "args")).isEqualTo(TEXT + "\0" + TEXT + "\0");
    assertThat(text(record, "env")).isEqualTo("LONG=" + TEXT + "\0");
    assertThat(isCut(record)).isFalse();
  }

  @Test
  void environmentsAreCutToo() throws Exception {
    CapturedRecord record = run(4096, 0, "/bin/echo");
    assertThat(text(record, "env")).isEqualTo(("LONG=" + TEXT).substring(0, 4095) + "\0");
    assertThat(isCut(record)).isTrue();
  }

  @Test
  void soAreThoseOfCallsThatFail() throws Exception {
    String command = "exec /nonexistent " + TEXT + " " + TEXT;
    CapturedRecord complete = run(24_576, -2, "/bin/sh", "-c", command);
    assertThat(text(complete, "args")).isEqualTo(TEXT + "\0" + TEXT + "\0");
    assertThat(text(complete, "env")).contains("LONG=" + TEXT + "\0");
    assertThat(isCut(complete)).isFalse();
    CapturedRecord cut = run(4096, -2, "/bin/sh", "-c", command);
    int room = 4096 - "/nonexistent\0".length();
    assertThat(text(cut, "args")).isEqualTo(TEXT.substring(0, room - 1) + "\0");
    assertThat(isCut(cut)).isTrue();
  }

  /** The exec event of this command that has this result. */
  private static CapturedRecord run(int size, long result, String... command)
      throws IOException, DriverException, InterruptedException {
    try (KernelRecorder recorder = KernelRecorder.withArgsSize(ROOT, size)) {
      recorder.wantOnly(Set.of(EventType.SYSCALL_EXECVE_19_X));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().put("LONG", TEXT);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      process.waitFor();
      String first = result == 0 ? command[0] : "/nonexistent";
      Optional<CapturedRecord> found =
          recorder.recordUntil(
              Duration.ofMinutes(1),
              record -> record.tid() == process.pid() && text(record, "exe").equals(first + "\0"));
      assertThat(found).as("exec of %s, lost records: %d", first, recorder.lost()).isPresent();
      return found.orElseThrow();
    }
  }

  private static boolean isCut(CapturedRecord record) {
    byte[] marks = value(record, "toctou");
    return marks.length > 0 && (marks[0] & 2) != 0;
  }

  private static byte[] value(CapturedRecord record, String param) {
    return record.values().get(EXEC.param(param).orElseThrow().index());
  }

  private static String text(CapturedRecord record, String param) {
    return new String(value(record, param), StandardCharsets.US_ASCII);
  }
}
