package io.jfalco.driver;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    recorder = new KernelRecorder(ROOT);
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

  @TestFactory
  Stream<DynamicTest> everyParameterOfEveryEvent() throws IOException, InterruptedException {
    return TRIGGER.cases().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> checkCase(name)));
  }

  private static void checkCase(String name)
      throws IOException, InterruptedException, DriverException {
    List<String> problems = problems(TRIGGER, recorder, name);
    assertThat(String.join("\n", problems)).as("case %s", name).isEmpty();
  }

  /** Runs a case; how what was recorded differs from what it expects, line by line. */
  static List<String> problems(Trigger trigger, KernelRecorder recorder, String name)
      throws IOException, InterruptedException, DriverException {
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

  /** What the issue asks for: the state set, what the upstream rules need, and their families. */
  private static final Set<EventType> REQUIRED =
      EnumSet.of(
          EventType.PROCEXIT_1_E,
          EventType.SOCKET_ACCEPT4_6_X,
          EventType.SOCKET_ACCEPT_5_X,
          EventType.SOCKET_BIND_X,
          EventType.SOCKET_CONNECT_X,
          EventType.SOCKET_GETSOCKOPT_X,
          EventType.SOCKET_LISTEN_X,
          EventType.SOCKET_RECVFROM_X,
          EventType.SOCKET_RECVMMSG_X,
          EventType.SOCKET_RECVMSG_X,
          EventType.SOCKET_SENDMMSG_X,
          EventType.SOCKET_SENDMSG_X,
          EventType.SOCKET_SENDTO_X,
          EventType.SOCKET_SETSOCKOPT_X,
          EventType.SOCKET_SHUTDOWN_X,
          EventType.SOCKET_SOCKETPAIR_X,
          EventType.SOCKET_SOCKET_X,
          EventType.SYSCALL_BPF_2_X,
          EventType.SYSCALL_CAPSET_X,
          EventType.SYSCALL_CHDIR_X,
          EventType.SYSCALL_CHMOD_X,
          EventType.SYSCALL_CHOWN_X,
          EventType.SYSCALL_CHROOT_X,
          EventType.SYSCALL_CLONE3_X,
          EventType.SYSCALL_CLONE_20_X,
          EventType.SYSCALL_CLOSE_RANGE_X,
          EventType.SYSCALL_CLOSE_X,
          EventType.SYSCALL_CREAT_X,
          EventType.SYSCALL_DELETE_MODULE_X,
          EventType.SYSCALL_DUP2_X,
          EventType.SYSCALL_DUP3_X,
          EventType.SYSCALL_DUP_1_X,
          EventType.SYSCALL_EPOLL_CREATE1_X,
          EventType.SYSCALL_EPOLL_CREATE_X,
          EventType.SYSCALL_EVENTFD2_X,
          EventType.SYSCALL_EVENTFD_X,
          EventType.SYSCALL_EXECVEAT_X,
          EventType.SYSCALL_EXECVE_19_X,
          EventType.SYSCALL_FCHDIR_X,
          EventType.SYSCALL_FCHMODAT_X,
          EventType.SYSCALL_FCHMOD_X,
          EventType.SYSCALL_FCHOWNAT_X,
          EventType.SYSCALL_FCHOWN_X,
          EventType.SYSCALL_FCNTL_X,
          EventType.SYSCALL_FINIT_MODULE_X,
          EventType.SYSCALL_FORK_20_X,
          EventType.SYSCALL_INIT_MODULE_X,
          EventType.SYSCALL_INOTIFY_INIT1_X,
          EventType.SYSCALL_INOTIFY_INIT_X,
          EventType.SYSCALL_IO_URING_SETUP_X,
          EventType.SYSCALL_KILL_X,
          EventType.SYSCALL_LCHOWN_X,
          EventType.SYSCALL_LINKAT_2_X,
          EventType.SYSCALL_LINK_2_X,
          EventType.SYSCALL_MEMFD_CREATE_X,
          EventType.SYSCALL_MKDIRAT_X,
          EventType.SYSCALL_MKDIR_2_X,
          EventType.SYSCALL_MKNODAT_X,
          EventType.SYSCALL_MKNOD_X,
          EventType.SYSCALL_MOUNT_X,
          EventType.SYSCALL_OPENAT2_X,
          EventType.SYSCALL_OPENAT_2_X,
          EventType.SYSCALL_OPEN_BY_HANDLE_AT_X,
          EventType.SYSCALL_OPEN_X,
          EventType.SYSCALL_PIDFD_GETFD_X,
          EventType.SYSCALL_PIDFD_OPEN_X,
          EventType.SYSCALL_PIPE2_X,
          EventType.SYSCALL_PIPE_X,
          EventType.SYSCALL_PRCTL_X,
          EventType.SYSCALL_PRLIMIT_X,
          EventType.SYSCALL_PTRACE_X,
          EventType.SYSCALL_RENAMEAT2_X,
          EventType.SYSCALL_RENAMEAT_X,
          EventType.SYSCALL_RENAME_X,
          EventType.SYSCALL_RMDIR_2_X,
          EventType.SYSCALL_SETGID_X,
          EventType.SYSCALL_SETNS_X,
          EventType.SYSCALL_SETPGID_X,
          EventType.SYSCALL_SETREGID_X,
          EventType.SYSCALL_SETRESGID_X,
          EventType.SYSCALL_SETRESUID_X,
          EventType.SYSCALL_SETREUID_X,
          EventType.SYSCALL_SETRLIMIT_X,
          EventType.SYSCALL_SETSID_X,
          EventType.SYSCALL_SETUID_X,
          EventType.SYSCALL_SIGNALFD4_X,
          EventType.SYSCALL_SIGNALFD_X,
          EventType.SYSCALL_SYMLINKAT_X,
          EventType.SYSCALL_SYMLINK_X,
          EventType.SYSCALL_TGKILL_X,
          EventType.SYSCALL_TIMERFD_CREATE_X,
          EventType.SYSCALL_TKILL_X,
          EventType.SYSCALL_UMOUNT2_X,
          EventType.SYSCALL_UNLINKAT_2_X,
          EventType.SYSCALL_UNLINK_2_X,
          EventType.SYSCALL_UNSHARE_X,
          EventType.SYSCALL_USERFAULTFD_X,
          EventType.SYSCALL_VFORK_20_X);

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
    Set<EventType> needSuccess = EnumSet.copyOf(REQUIRED);
    needSuccess.removeAll(ONLY_FAILURES);
    Set<EventType> needFailure = EnumSet.copyOf(REQUIRED);
    needFailure.remove(EventType.PROCEXIT_1_E); // not a call
    assertThat(successes.keySet()).as("events with a successful case").containsAll(needSuccess);
    assertThat(failures.keySet()).as("events with a failing case").containsAll(needFailure);
  }
}
