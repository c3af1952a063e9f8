package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@link KernelEventsIT} under Falco's own kernel module: the reader delivers what it
 * sends, and what our programs must send is what Falco's does. Needs the module loaded, as in the
 * virtual machine of {@code native/test/vm}; skipped elsewhere.
 */
final class KmodEventsIT {
  /**
   * Where this module differs from Falco's eBPF programs, which are the reference: cgroups of all
   * controllers; names beyond PATH_MAX, kept whole; the path of a program in memory; an empty name
   * of the program where none could be read; more entries of poll; numbers of 32 bits that it
   * extends by their sign; no code for calls that only 32-bit programs have.
   */
  private static final Pattern OF_THE_MODULE =
      Pattern.compile(
          " cgroups: | trusted_exepath: expected memfd:| exe: expected - but was $"
              + "|: expected p{4000,} but was p{4000,}$"
              + "|^SYSCALL_POLL_X .* (fds: expected 16;|timeout: expected 4294967295 but was -1$)"
              + "|^SYSCALL_SECCOMP_X .* flags: expected 4294967295 but was 18446744073709551615$"
              + "|^GENERIC_X .* ID: expected 4\\d\\d but was 0$");

  /**
   * Cases that the module gives otherwise as a whole: it drops events whose memory cannot be read,
   * sends the last message of sendmmsg and recvmmsg twice, and reads arguments of 32-bit programs
   * as if they were those of the 64-bit call, or not at all.
   */
  private static final Set<String> OTHERWISE =
      Set.of(
          "openat2",
          "sendmsg",
          "users",
          "sendmmsg",
          "recvmmsg",
          "ia32_files",
          "ia32_vectors",
          "ia32_socketcall",
          "ia32_messages",
          "ia32_memory",
          "ia32_waits",
          "ia32_limits",
          "ia32_owners",
          "ia32_ipc",
          "ia32_other");

  private static final Path ROOT = Path.of(System.getProperty("jfalco.root", ".."));
  private static final Trigger TRIGGER = new Trigger(ROOT);
  private static KernelRecorder recorder;

  @BeforeAll
  static void openSource() throws DriverException {
    assumeTrue(Files.exists(Path.of("/dev/falco0")), "Falco's kernel module is not loaded");
    assumeTrue(TRIGGER.isBuilt(), "native/build/trigger is not built (make build)");
    recorder = new KernelRecorder(new KmodSource(KmodOptions.defaults(Path.of("/"))));
  }

  @AfterAll
  static void closeSource() {
    if (recorder != null) {
      recorder.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyParameterOfEveryEvent() throws IOException, InterruptedException {
    return TRIGGER.cases().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> checkCase(name)));
  }

  private static void checkCase(String name) throws Exception {
    List<String> problems =
        name.startsWith(KernelEventsIT.SNAPLEN_CASE)
            ? inOwnThread(() -> withDynamicSnaplen(name))
            : KernelEventsIT.problems(TRIGGER, recorder, name);
    if (OTHERWISE.contains(name)) {
      assertThat(problems).as("case %s, which this module gives otherwise", name).isNotEmpty();
      return;
    }
    problems.removeIf(problem -> OF_THE_MODULE.matcher(problem).find());
    assertThat(String.join("\n", problems)).as("case %s", name).isEmpty();
  }

  private static List<String> withDynamicSnaplen(String name) throws Exception {
    KmodOptions options =
        KmodOptions.defaults(Path.of("/"))
            .withDynamicSnaplen(Optional.of(KernelEventsIT.DYNAMIC_SNAPLEN));
    try (KernelRecorder dynamic = new KernelRecorder(new KmodSource(options))) {
      return KernelEventsIT.problems(TRIGGER, dynamic, name);
    }
  }

  /** For the module each thread is a consumer. */
  private static <T> T inOwnThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    return task.get();
  }

  /** The module takes few consumers at a time: one that is closed makes room. */
  @Test
  void closedSourcesMakeRoom() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertThat(inOwnThread(KmodEventsIT::openAndClose)).isTrue();
    }
  }

  private static boolean openAndClose() throws DriverException {
    try (KmodSource source = new KmodSource(KmodOptions.defaults(Path.of("/")))) {
      source.open();
      return true;
    }
  }
}
