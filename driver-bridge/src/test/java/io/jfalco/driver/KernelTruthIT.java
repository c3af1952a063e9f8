package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventInfo;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A second thread changes an argument all the time; every record must tell what the kernel used, or
 * carry the mark. Needs what {@link KernelEventsIT} needs.
 *
 * <p>System properties: {@code flip.tries}, calls of each case; {@code flip.cases}, a pattern for
 * their names.
 */
final class KernelTruthIT {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root", ".."));
  private static final Path PROGRAM = ROOT.resolve("native/build/flip");
  private static final int TRIES = Integer.getInteger("flip.tries", 20_000);

  private static final String CASES = System.getProperty("flip.cases", ".*");

  /** 64 MiB: all records of a case have room, however late they are read. */
  private static final int RING_PRESET = 7;

  private static final int PTID =
      EventType.SYSCALL_EXECVE_19_X.info().param("ptid").orElseThrow().index();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static KernelRecorder recorder;
  private static int caught;

  @BeforeAll
  static void openSource() throws DriverException, IOException {
    LiveHost.require(PROGRAM);
    recorder = KernelRecorder.withRings(ROOT, RING_PRESET);
    System.err.println(recorder.way());
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
    return cases((name, type) -> caught += check(name, type).marked);
  }

  @TestFactory
  Stream<DynamicTest> nothingIsMarkedThatDoesNotChange() throws IOException, InterruptedException {
    return cases(
        (name, type) -> {
          Tally tally = check(name, type, "still");
          assertThat(tally.marked).as("%s: %s", name, tally).isZero();
        });
  }

  private static Stream<DynamicTest> cases(Check check) throws IOException, InterruptedException {
    return output(start("--list"))
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[0].matches(CASES))
        .map(
            words ->
                DynamicTest.dynamicTest(
                    words[0], () -> check.run(words[0], EventType.valueOf(words[1]))));
  }

  private static Tally check(String name, EventType type, String... mode)
      throws IOException, InterruptedException, DriverException {
    int tries = mode.length == 0 ? TRIES : Math.min(TRIES, 500);
    recorder.wantOnly(Set.of(type, EventType.SYSCALL_CLOSE_X));
    recorder.drain();
    long lost = recorder.lost();
    List<String> arguments = new ArrayList<>(List.of(name, Integer.toString(tries)));
    arguments.addAll(List.of(mode));
    Process process = start(arguments.toArray(String[]::new));
    long tid = process.pid();
    List<CapturedRecord> records =
        recorder.recordUntilDone(tid, PATIENCE, event -> event.tid() == tid || isChild(event, tid));
    String[] words = output(process).strip().split(" ", -1);
    List<CapturedRecord> calls = between(records, type);
    assertThat(recorder.lost() - lost).as("lost records").isZero();
    assertThat(calls).hasSize(tries);
    Tally tally = new Tally(type.info(), words[2], words[3]);
    for (int i = 0; i < tries; i++) {
      tally.add(calls.get(i), words[4].charAt(i));
    }
    System.err.println(name + ": " + tally);
    assertThat(tally.lies).as("%s: %s", name, tally).isZero();
    assertThat(tally.wrong).as("%s: %s", name, tally).isZero();
    return tally;
  }

  private static boolean isChild(EventView event, long parent) {
    return event.type() == EventType.SYSCALL_EXECVE_19_X && event.s64(PTID, 0) == parent;
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

  /** What is done with a case. */
  private interface Check {
    void run(String name, EventType type) throws IOException, InterruptedException, DriverException;
  }

  /** What the records say, against what happened. */
  private static final class Tally {
    /** Nobody can tell which argument the kernel used: nothing is a lie. */
    private static final char NOT_KNOWN = '?';

    /** Only a mark is no lie. */
    private static final char CHANGED = '!';

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
        lies += truth == CHANGED ? 1 : 0;
        return;
      }
      boolean isMarked = (markValue[0] & 1) != 0;
      marked += isMarked ? 1 : 0;
      if (truth == NOT_KNOWN) {
        return;
      }
      if (!isMarked && (truth == CHANGED || side(record.values().get(name)) != truth)) {
        lies++;
      }
      if (kernelValue.length > 0) {
        told++;
        wrong += side(kernelValue) == truth ? 0 : 1;
      }
    }

    /** Which of the two arguments a value is. */
    private static char side(byte[] value) {
      // The last byte of an IPv4 address, the second one of two ends.
      if ((value.length == 7 || value.length == 13) && value[0] == 2) {
        return value[value.length - 3] == 1 ? 'a' : 'b';
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
