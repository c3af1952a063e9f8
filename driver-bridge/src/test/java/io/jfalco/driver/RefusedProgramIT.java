package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An object with three programs that no kernel takes ({@code native/test/bpf}): they are named, and
 * all others work.
 */
final class RefusedProgramIT {
  private static final NativeFiles BUILT = NativeFiles.of(LiveHost.ROOT);
  private static final Path OBJECT = LiveHost.ROOT.resolve("native/build/refused/jfalco.bpf.o");

  @TempDir private Path folder;

  @BeforeEach
  void requireKernel() throws IOException {
    LiveHost.require(BUILT.library(), OBJECT);
  }

  /** The log file that a message names. */
  static Path logIn(String text) {
    Matcher matcher = Pattern.compile("(/[^ )]*jfalco-verifier-[^ )]*\\.log)").matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Path.of(matcher.group(1));
  }

  @Test
  void disablesOnlyItself() throws Exception {
    ModernBpfOptions options =
        ModernBpfOptions.defaults(LiveHost.ROOT)
            .withFiles(new NativeFiles(BUILT.library(), OBJECT));
    try (ModernBpfSource source = new ModernBpfSource(options)) {
      source.open();
      source.interest(
          KernelMapsTest.codes("openat", "close", "getpriority", "sched_rr_get_interval", "chdir"));
      source.start();
      checkReport(source);
      checkOthersDeliver(source);
    }
  }

  private static void checkReport(ModernBpfSource source) throws IOException {
    Map<String, RefusedProgram> byName = new HashMap<>();
    for (RefusedProgram program : source.refused()) {
      byName.put(program.name(), program);
    }
    assertThat(byName.keySet())
        .containsExactlyInAnyOrder("x_sched_rr_get_interval", "x_getpriority", "no_such_hook");
    RefusedProgram refused = byName.get("x_sched_rr_get_interval");
    assertThat(refused.syscalls()).isEqualTo(KernelMapsTest.codes("sched_rr_get_interval"));
    assertThat(refused.processExit()).isFalse();
    assertThat(refused.reason()).contains("EACCES");
    assertThat(byName.get("x_getpriority").syscalls())
        .isEqualTo(KernelMapsTest.codes("getpriority"));
    assertThat(byName.get("no_such_hook").syscalls()).isEqualTo(new BitSet());
    assertThat(byName.get("no_such_hook").reason()).contains("ESRCH");

    BitSet supported = source.supported();
    assertThat(supported.intersects(KernelMapsTest.codes("getpriority"))).isFalse();
    assertThat(supported.intersects(KernelMapsTest.codes("chdir"))).isTrue();

    Path log = refused.log().orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
    assertThat(log).content().contains("x_sched_rr_get_interval").contains("invalid access");
    for (RefusedProgram program : source.refused()) {
      Files.delete(program.log().orElseThrow());
    }
  }

  private void checkOthersDeliver(ModernBpfSource source) throws Exception {
    Path path = Files.writeString(folder.resolve("unique-" + System.nanoTime()), "x");
    BitSet types = new BitSet();
    boolean[] opened = {false};
    boolean[] ended = {false};
    Process child =
        LiveHost.start("sh", "-c", "cd /; chrt -p $$; cat " + path + "; exec nice true");
    boolean complete =
        LiveHost.pollUntil(
            source,
            event -> {
              types.set(event.type().ordinal());
              opened[0] |= LiveHost.opens(event, path);
              ended[0] |= event.type() == EventType.PROCEXIT_1_E && event.tid() == child.pid();
            },
            () -> ended[0]);
    assertThat(complete).isTrue();
    assertThat(opened[0]).isTrue();
    assertThat(types.get(EventType.SYSCALL_CLOSE_X.ordinal())).isTrue();
    assertThat(types.get(EventType.SYSCALL_CHDIR_X.ordinal())).isTrue();
    assertThat(types.get(EventType.GENERIC_X.ordinal())).as("getpriority is blind").isFalse();
  }
}
