package io.jfalco.driver;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Makes real system calls under the real eBPF programs, and checks every parameter of every record
 * that they give, and how many there are. Needs root, a kernel with BTF and {@code make build};
 * without them it is skipped, but fails where {@code CI} is {@code true}.
 */
final class KernelEventsIT {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root", ".."));
  private static final Trigger TRIGGER = new Trigger(ROOT);
  private static KernelRecorder recorder;

  @BeforeAll
  static void openSource() throws DriverException, IOException {
    NativeFiles files = NativeFiles.of(ROOT);
    need(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "kernel tests need root");
    need(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
    need(TRIGGER.isBuilt(), "native/build/trigger is not built (make build)");
    need(Files.exists(files.object()), files.object() + " is not built (make build)");
    need(Files.exists(files.library()), files.library() + " is not built (make build)");
    recorder = new KernelRecorder(ROOT, Optional.empty());
  }

  private static void need(boolean condition, String otherwise) {
    if ("true".equals(System.getenv("CI")) && !condition) {
      fail(otherwise);
    }
    if (!condition) {
      System.err.println("KernelEventsIT is skipped: " + otherwise);
    }
    assumeTrue(condition, otherwise);
  }

  @AfterAll
  static void closeSource() {
    if (recorder != null) {
      recorder.close();
    }
  }

  @Test
  void kernelTakesEveryProgram() {
    assertThat(recorder.refused()).isEmpty();
  }

  @Test
  void switchesComeWhenAskedFor() throws DriverException {
    recorder.want(Set.of("sched_switch"));
    assertThat(recorder.attachedTracepoints()).containsExactly("sched_switch");
    recorder.drain();
    List<CapturedRecord> records = recorder.recordFor(Duration.ofMillis(300));
    recorder.want(Set.of());
    assertThat(recorder.attachedTracepoints()).isEmpty();
    recorder.drain();
    assertThat(records.stream().filter(record -> record.type() == SWITCH))
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(record.values().stream().map(value -> value.length))
                    .containsExactly(8, 8, 8, 4, 4, 4));
    assertThat(recorder.recordFor(Duration.ofMillis(100)))
        .noneMatch(record -> record.type() == SWITCH);
  }

  @TestFactory
  Stream<DynamicTest> everyParameterOfEveryEvent() throws IOException, InterruptedException {
    return TRIGGER.cases().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> checkCase(name)));
  }

  private static void checkCase(String name)
      throws IOException, InterruptedException, DriverException {
    if (!name.startsWith(SNAPLEN_CASE)) {
      checkCase(name, recorder);
      return;
    }
    try (KernelRecorder dynamic = new KernelRecorder(ROOT, Optional.of(DYNAMIC_SNAPLEN))) {
      checkCase(name, dynamic);
    }
  }

  private static void checkCase(String name, KernelRecorder recorder)
      throws IOException, InterruptedException, DriverException {
    List<String> problems = problems(TRIGGER, recorder, name);
    assertThat(String.join("\n", problems)).as("case %s", name).isEmpty();
  }

  /** Runs a case; how what was recorded differs from what it expects, line by line. */
  static List<String> problems(Trigger trigger, KernelRecorder recorder, String name)
      throws IOException, InterruptedException, DriverException {
    recorder.want(name.startsWith(TRACEPOINT_CASE) ? TRACEPOINTS : Set.of());
    recorder.drain();
    long lostBefore = recorder.lost();
    Process process = trigger.start(name);
    List<CapturedRecord> records = recorder.recordUntilDone(process.pid());
    Map<Long, List<ExpectedRecord>> expected = new LinkedHashMap<>();
    for (ExpectedRecord one : Trigger.expectations(process)) {
      expected.computeIfAbsent(one.tid(), tid -> new ArrayList<>()).add(one);
    }
    assertThat(expected).as("lines of case %s", name).isNotEmpty();
    List<String> problems = new ArrayList<>();
    expected.forEach((tid, lines) -> compare(lines, marked(records, tid), problems));
    if (!problems.isEmpty() && recorder.lost() > lostBefore) {
      problems.add((recorder.lost() - lostBefore) + " records were lost meanwhile");
    }
    return problems;
  }

  /** The records of a thread between its marks, as far as it set any. */
  private static List<CapturedRecord> marked(List<CapturedRecord> records, long tid) {
    List<CapturedRecord> marked = new ArrayList<>();
    for (CapturedRecord record : records) {
      if (record.tid() != tid) {
        continue;
      }
      if (record.isMark(Trigger.MARK_BEGIN)) {
        marked.clear();
      } else if (record.isMark(Trigger.MARK_END)) {
        break;
      } else {
        marked.add(record);
      }
    }
    return marked;
  }

  private static void compare(
      List<ExpectedRecord> lines, List<CapturedRecord> records, List<String> problems) {
    Map<EventType, List<ExpectedRecord>> expected =
        lines.stream().collect(groupingBy(ExpectedRecord::type));
    Map<EventType, List<CapturedRecord>> actual =
        records.stream().collect(groupingBy(CapturedRecord::type));
    expected.forEach(
        (type, wanted) ->
            compareType(type, wanted, actual.getOrDefault(type, List.of()), problems));
  }

  private static void compareType(
      EventType type,
      List<ExpectedRecord> wanted,
      List<CapturedRecord> found,
      List<String> problems) {
    if (wanted.size() != found.size()) {
      problems.add(
          type
              + ": expected "
              + wanted.size()
              + " records of thread "
              + wanted.get(0).tid()
              + " but were "
              + found.size());
      found.forEach(record -> problems.add("  " + record));
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      List<String> differences = found.get(i).differences(wanted.get(i));
      for (String difference : differences) {
        problems.add(
            type + " #" + (i + 1) + " (" + wanted.get(i).values().get(0) + ") " + difference);
      }
    }
  }

  /** Tracepoints that the cases whose names begin with this need. */
  private static final String TRACEPOINT_CASE = "tracepoint";

  /** The cases whose names begin with this need a dynamic snaplen. */
  static final String SNAPLEN_CASE = "snaplen";

  /** What these cases expect. */
  static final DynamicSnaplen DYNAMIC_SNAPLEN = new DynamicSnaplen(7000, 7100, 8125);

  private static final Set<String> TRACEPOINTS =
      Set.of("signal_deliver", "page_fault_user", "page_fault_kernel");

  /** The test {@link #switchesComeWhenAskedFor} has it instead of a case: nobody can count them. */
  private static final EventType SWITCH = EventType.SCHEDSWITCH_6_E;

  /** Every type that an x86_64 kernel can produce, but for the entry of calls. */
  private static Set<EventType> required() {
    Set<EventType> types =
        EnumSet.of(
            EventType.PROCEXIT_1_E, EventType.SIGNALDELIVER_E, EventType.PAGE_FAULT_E, SWITCH);
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.x8664() >= 0) {
        types.add(syscall.exit());
      }
    }
    types.remove(SWITCH);
    return types;
  }

  /** Events of which no parameter says that the call failed, or that are no calls. */
  private static final Set<EventType> NEVER_FAIL =
      EnumSet.of(
          EventType.GENERIC_X,
          EventType.PAGE_FAULT_E,
          EventType.PROCEXIT_1_E,
          EventType.SIGNALDELIVER_E,
          EventType.SOCKET_GETPEERNAME_X,
          EventType.SOCKET_GETSOCKNAME_X,
          EventType.SYSCALL_BRK_4_X,
          EventType.SYSCALL_GETEGID_X,
          EventType.SYSCALL_GETEUID_X,
          EventType.SYSCALL_GETGID_X,
          EventType.SYSCALL_GETUID_X,
          EventType.SYSCALL_MUNLOCKALL_X);

  /**
   * Events without a successful case: no test may load or remove a real module, and a successful
   * execveat gives an execve record.
   */
  private static final Set<EventType> ONLY_FAILURES =
      EnumSet.of(
          EventType.SYSCALL_DELETE_MODULE_X,
          EventType.SYSCALL_EXECVEAT_X,
          EventType.SYSCALL_FINIT_MODULE_X,
          EventType.SYSCALL_INIT_MODULE_X);

  @Test
  void everyEventHasCasesOfSuccessAndFailure() throws IOException, InterruptedException {
    Map<EventType, Integer> successes = new EnumMap<>(EventType.class);
    Map<EventType, Integer> failures = new EnumMap<>(EventType.class);
    for (String name : TRIGGER.cases()) {
      for (ExpectedRecord one : Trigger.expectations(TRIGGER.start(name))) {
        (one.isFailure() ? failures : successes).merge(one.type(), 1, Integer::sum);
      }
    }
    Set<EventType> needSuccess = required();
    needSuccess.removeAll(ONLY_FAILURES);
    Set<EventType> needFailure = required();
    needFailure.removeAll(NEVER_FAIL);
    assertThat(successes.keySet()).as("events with a successful case").containsAll(needSuccess);
    assertThat(failures.keySet()).as("events with a failing case").containsAll(needFailure);
  }
}
