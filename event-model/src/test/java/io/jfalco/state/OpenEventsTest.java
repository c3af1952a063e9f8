package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenEventsTest {
  private final StateFixture host = new StateFixture();

  private FdInfo opened(long dirfd, String path, long flags) {
    host.run(host.openat(100, 7, dirfd, path, flags));
    return host.state.thread(100).fds().get(7);
  }

  @Test
  void keepsWhatTheEventTells() {
    EventContext context = host.apply(host.open(100, 3, "/etc/passwd", 1 | 1 << 15));
    FdInfo fd = context.fd();
    assertThat(fd).isSameAs(host.state.thread(100).fds().get(3));
    assertThat(context.fdNumber()).isEqualTo(3);
    assertThat(context.isFdNameChanged()).isTrue();
    assertThat(fd.name()).hasToString("/etc/passwd");
    assertThat(fd.nameRaw()).hasToString("/etc/passwd");
    assertThat(fd.type()).isEqualTo(FdType.FILE_V2);
    assertThat(fd.openFlags()).isEqualTo(1 | 1 << 15);
    assertThat(fd.device()).isEqualTo(2049);
    assertThat(fd.inode()).isEqualTo(77);
    assertThat(fd.isUpperLayer()).isTrue();
    assertThat(fd.isLowerLayer()).isFalse();
  }

  @Test
  void resolvesPathsLexically() {
    assertThat(opened(-100, "a/./b/../c", 1).name()).hasToString("/home/user/a/c");
    assertThat(opened(-100, "../../../x", 1).name()).hasToString("/x");
    assertThat(opened(-100, "/a//b/", 1).name()).hasToString("/a/b");
    assertThat(opened(-100, "/a/.hidden/..", 1).name()).hasToString("/a");
    assertThat(opened(-100, ".", 1).name()).hasToString("/home/user");
    assertThat(opened(-100, "/", 1).name()).hasToString("/");
    assertThat(opened(-100, "/a/...", 1).name()).hasToString("/a/...");
    assertThat(opened(55, "x", 1).name()).hasToString("<UNKNOWN>x");
    assertThat(host.state.thread(100).fds().get(7).nameRaw()).hasToString("x");
  }

  @Test
  void resolvesAgainstDirectories() {
    host.run(host.open(100, 5, "/srv/data", 1 | 1 << 10));
    assertThat(host.state.thread(100).fds().get(5).type()).isEqualTo(FdType.DIRECTORY);
    assertThat(opened(5, "sub/file", 1).name()).hasToString("/srv/data/sub/file");
    assertThat(opened(5, "/abs", 1).name()).hasToString("/abs");
  }

  @Test
  void replacesWhatMayNotBeShownButKeepsTheRawName() {
    byte[] path = {'/', 't', (byte) 0xff, '\n', 'x', (byte) 0xc3, (byte) 0xa9, 0};
    host.run(
        host.event(EventType.SYSCALL_OPENAT_2_X, 100)
            .number(7)
            .number(-100)
            .bytes(path)
            .number(1)
            .number(0));
    FdInfo fd = host.state.thread(100).fds().get(7);
    assertThat(fd.name()).hasToString("/t\ufffd\ufffdx\u00e9");
    assertThat(fd.nameRaw().length()).isEqualTo(path.length - 1);
  }

  @Test
  void saysWhenPathsAreTooLong() {
    String name = "n".repeat(1100);
    assertThat(opened(-100, "/" + name, 1).name()).hasToString("/DIR_TOO_LONG/FILENAME_TOO_LONG");
  }

  @Test
  void believesTheEnterEvent() {
    EventContext enter =
        host.apply(
            host.event(EventType.SYSCALL_OPENAT_2_E, 100)
                .number(-100)
                .text("real")
                .number(3)
                .number(0));
    assertThat(enter.event().isStateOnly()).isTrue();
    host.run(host.open(100, 7, "/forged", 1 | 1 << 14));
    FdInfo fd = host.state.thread(100).fds().get(7);
    assertThat(fd.name()).hasToString("/home/user/real");
    assertThat(fd.openFlags()).isEqualTo(3 | 1 << 14);
    host.run(host.open(100, 7, "/next", 1));
    assertThat(host.state.thread(100).fds().get(7).name()).hasToString("/next");
  }

  @Test
  void givesThePathOfFailedOpens() {
    Bytes name = new Bytes();
    EventContext context = host.apply(host.open(100, -2, "../x", 1));
    assertThat(context.fd()).isNull();
    assertThat(context.fdNumber()).isEqualTo(-1);
    assertThat(context.nameFromEvent(name, false)).isTrue();
    assertThat(name).hasToString("/home/x");
    assertThat(context.nameFromEvent(name, true)).isTrue();
    assertThat(name).hasToString("../x");
    context =
        host.apply(
            host.event(EventType.SYSCALL_OPEN_X, 100)
                .number(-13)
                .text("/a/../b")
                .number(1)
                .number(0));
    assertThat(context.nameFromEvent(name, false)).isTrue();
    assertThat(name).hasToString("/a/../b");
    context = host.apply(host.event(EventType.SYSCALL_MKDIR_2_X, 100).number(-2).text("/x"));
    assertThat(context.nameFromEvent(name, false)).isFalse();
  }

  @Test
  void otherCallsOfTheFamily() {
    host.run(
        host.event(EventType.SYSCALL_CREAT_X, 100)
            .number(4)
            .text("new")
            .number(0644)
            .number(1)
            .number(2)
            .number(2));
    FdInfo created = host.state.thread(100).fds().get(4);
    assertThat(created.name()).hasToString("/home/user/new");
    assertThat(created.isLowerLayer()).isTrue();
    host.run(
        host.event(EventType.SYSCALL_OPENAT2_X, 100)
            .number(5)
            .number(-100)
            .text("/two")
            .number(1)
            .number(0)
            .number(0)
            .number(9)
            .number(10));
    assertThat(host.state.thread(100).fds().get(5).inode()).isEqualTo(10);
    host.run(
        host.event(EventType.SYSCALL_OPEN_BY_HANDLE_AT_X, 100)
            .number(6)
            .number(3)
            .number(1)
            .text("/by/handle")
            .number(1)
            .number(8));
    assertThat(host.state.thread(100).fds().get(6).name()).hasToString("/by/handle");
  }

  @Test
  void closedDescriptorsStayUntilTheRulesHaveSeenThem() {
    host.run(host.open(100, 3, "/f", 1));
    EventContext context = host.apply(host.close(100, 3));
    assertThat(context.fd().name()).hasToString("/f");
    assertThat(host.state.thread(100).fds().size()).isEqualTo(1);
    host.updater.finish(context);
    assertThat(host.state.thread(100).fds().size()).isZero();
    context = host.apply(host.close(100, 3));
    assertThat(context.fd()).isNull();
    assertThat(context.fdNumber()).isEqualTo(3);
  }

  @Test
  void failedCloseKeepsTheDescriptor() {
    host.run(host.open(100, 3, "/f", 1));
    host.run(host.event(EventType.SYSCALL_CLOSE_X, 100).number(-9).number(3));
    assertThat(host.fds(100)).containsEntry(3, "/f");
  }

  /** The kernel has let the descriptor go before it finds that data could not be written. */
  @Test
  void closeThatFailsLateRemovesTheDescriptor() {
    for (long error : new long[] {-4, -5, -28}) {
      host.run(host.open(100, 3, "/f", 1));
      host.run(host.event(EventType.SYSCALL_CLOSE_X, 100).number(error).number(3));
      assertThat(host.fds(100)).isEmpty();
    }
  }

  @Test
  void namesAreIndependentOfTheRecord() {
    host.run(host.open(100, 3, "/first", 1));
    host.run(host.open(100, 4, "/second", 1));
    host.run(host.close(100, 3));
    host.run(host.open(100, 3, "/third-and-longer", 1));
    assertThat(host.fds(100)).containsEntry(3, "/third-and-longer").containsEntry(4, "/second");
    assertThat("/second".getBytes(StandardCharsets.UTF_8)).hasSize(7);
  }
}
