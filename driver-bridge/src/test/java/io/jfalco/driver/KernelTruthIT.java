package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.event.EventInfo;
import io.jfalco.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A second thread changes an argument all the time; every record must tell what the kernel used, or
 * carry the mark. Needs what {@link KernelEventsIT} needs.
 *
 * <p>System property {@code flip.tries}: calls of each case.
 */
final class KernelTruthIT {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root", ".."));
  private static final Path PROGRAM = ROOT.resolve("native/build/flip");
  private static final int TRIES = Integer.getInteger("flip.tries", 20_000);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static KernelRecorder recorder;
  private static int caught;

  @BeforeAll
  static void openSource() throws DriverException, IOException {
    boolean possible =
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
            && Files.isExecutable(PROGRAM)
            && Files.exists(Path.of("/sys/kernel/btf/vmlinux"));
    if (!possible && "true".equals(System.getenv("CI"))) {
      fail("needs root, BTF and make build");
    }
    assumeTrue(possible, "needs root, BTF and make build");
    recorder = new KernelRecorder(ROOT, Optional.empty());
  }

  @AfterAll
  static void closeSource() {
    if (recorder != null) {
      recorder.close();
      assertThat(caught).as("calls whose argument changed meanwhile").isGreaterThan(100);
    }
  }

  @TestFactory
  Stream<DynamicTest> neverLies() throws IOException, InterruptedException {
    return output(start("--list"))
        .lines()
        .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  private static void check(String name) throws IOException, InterruptedException, DriverException {
    recorder.drain();
    long lost = recorder.lost();
    Process process = start(name, Integer.toString(TRIES));
    long tid = process.pid();
    List<CapturedRecord> records =
        recorder.recordUntilDone(tid, PATIENCE, event -> event.tid() == tid);
    String[] words = output(process).strip().split(" ", -1);
    EventType type = EventType.valueOf(words[0]);
    List<CapturedRecord> calls = between(records, type);
    assertThat(recorder.lost() - lost).as("lost records").isZero();
    assertThat(calls).hasSize(TRIES);
    Tally tally = new Tally(type.info(), words[2], words[3]);
    for (int i = 0; i < TRIES; i++) {
      tally.add(calls.get(i), words[4].charAt(i));
    }
    System.err.println(name + ": " + tally);
    assertThat(tally.lies).as("%s: %s", name, tally).isZero();
    assertThat(tally.wrong).as("%s: %s", name, tally).isZero();
    caught += tally.marked;
  }

  private static List<CapturedRecord> between(List<CapturedRecord> records, EventType type) {
    int begin = 0;
    int end = records.size();
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).isMark(Trigger.MARK_BEGIN)) {
        begin = i;
      } else if (records.get(i).isMark(Trigger.MARK_END)) {
        end = i;
      }
    }
    return records.subList(begin, end).stream().filter(one -> one.type() == type).toList();
  }

  /** What the records say, against what happened. */
  private static final class Tally {
    private final int name;
    private final int kernel;
    private final int mark;
    private int lies;
    private int wrong;
    private int marked;
    private int told;
    private int unknown;

    Tally(EventInfo info, String name, String kernel) {
      this.name = info.param(name).orElseThrow().index();
      this.kernel = info.param(kernel).map(param -> param.index()).orElse(-1);
      this.mark = info.param("toctou").orElseThrow().index();
    }

    void add(CapturedRecord record, char truth) {
      byte[] markValue = record.values().get(mark);
      byte[] kernelValue = kernel < 0 ? new byte[0] : record.values().get(kernel);
      if (markValue.length == 0) {
        unknown++;
        return;
      }
      boolean isMarked = markValue[0] != 0;
      marked += isMarked ? 1 : 0;
      if (!isMarked && side(record.values().get(name)) != truth) {
        lies++;
      }
      if (kernelValue.length > 0) {
        told++;
        wrong += side(kernelValue) == truth ? 0 : 1;
      }
    }

    /** Which of the two arguments a value is. */
    private static char side(byte[] value) {
      if (value.length == 7 && value[0] == 2) {
        return value[4] == 1 ? 'a' : 'b';
      }
      return value.length < 2 ? '?' : (char) value[value.length - 2];
    }

    @Override
    public String toString() {
      return "marked %d, told by the kernel %d, silent lies %d, wrong %d, not known %d"
          .formatted(marked, told, lies, wrong, unknown);
    }
  }

  private static Process start(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = PROGRAM.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).isZero();
    return text;
  }
}
