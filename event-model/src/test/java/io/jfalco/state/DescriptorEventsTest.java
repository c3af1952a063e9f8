package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorEventsTest {
  private final StateFixture host = new StateFixture();

  private FdInfo fd(long number) {
    return host.state.thread(100).fds().get(number);
  }

  private EventBuilder event(EventType type) {
    return host.event(type, 100);
  }

  @Test
  void creatorsOfSpecialDescriptors() {
    host.run(event(EventType.SYSCALL_EVENTFD2_X).number(3).number(4096).number(0));
    host.run(event(EventType.SYSCALL_SIGNALFD4_X).number(4).number(4096).number(-1).number(0));
    host.run(event(EventType.SYSCALL_TIMERFD_CREATE_X).number(5).number(1).number(0));
    host.run(event(EventType.SYSCALL_INOTIFY_INIT1_X).number(6).number(4096));
    host.run(event(EventType.SYSCALL_EPOLL_CREATE1_X).number(7).number(1));
    host.run(event(EventType.SYSCALL_BPF_2_X).number(8).number(5));
    host.run(event(EventType.SYSCALL_USERFAULTFD_X).number(9).number(0));
    host.run(event(EventType.SYSCALL_IO_URING_SETUP_X).number(10).number(8));
    host.run(event(EventType.SYSCALL_MEMFD_CREATE_X).number(11).text("mem").number(1));
    host.run(event(EventType.SYSCALL_PIDFD_OPEN_X).number(12).number(1).number(0));
    assertThat(fd(3).type()).isEqualTo(FdType.EVENT);
    assertThat(fd(3).isCloseOnExec()).isTrue();
    assertThat(fd(4).type()).isEqualTo(FdType.SIGNALFD);
    assertThat(fd(5).type()).isEqualTo(FdType.TIMERFD);
    assertThat(fd(6).type()).isEqualTo(FdType.INOTIFY);
    assertThat(fd(7).type()).isEqualTo(FdType.EVENTPOLL);
    assertThat(fd(7).isCloseOnExec()).isTrue();
    assertThat(fd(8).type()).isEqualTo(FdType.BPF);
    assertThat(fd(9).type()).isEqualTo(FdType.USERFAULTFD);
    assertThat(fd(10).type()).isEqualTo(FdType.IO_URING);
    assertThat(fd(11).type()).isEqualTo(FdType.MEMFD);
    assertThat(fd(11).name()).hasToString("mem");
    assertThat(fd(11).isCloseOnExec()).isTrue();
    assertThat(fd(12).type()).isEqualTo(FdType.PIDFD);
    assertThat(fd(12).name()).hasToString("/proc/1");
  }

  @Test
  void failuresCreateNothing() {
    host.run(event(EventType.SYSCALL_EVENTFD2_X).number(-24).number(0).number(0));
    host.run(event(EventType.SYSCALL_MEMFD_CREATE_X).number(-1).text("m").number(0));
    host.run(event(EventType.SYSCALL_PIPE_X).number(-24).number(-1).number(-1).number(0));
    assertThat(host.fds(100)).isEmpty();
  }

  @Test
  void pipesHaveTwoEndsAndTheSecondIsShown() {
    EventContext context =
        host.apply(
            event(EventType.SYSCALL_PIPE2_X)
                .number(0)
                .number(3)
                .number(4)
                .number(555)
                .number(4096));
    assertThat(context.fdNumber()).isEqualTo(4);
    assertThat(context.isFdNameChanged()).isFalse();
    assertThat(fd(3).inode()).isEqualTo(555);
    assertThat(fd(4).type()).isEqualTo(FdType.FIFO);
    assertThat(fd(3).isCloseOnExec()).isTrue();
  }

  @Test
  void duplicatesAreCopiesWithoutCloseOnExec() {
    host.run(host.open(100, 3, "/f", 1 | 4096));
    EventContext context =
        host.apply(event(EventType.SYSCALL_DUP2_X).number(0).number(3).number(0));
    assertThat(context.fdNumber()).isZero();
    assertThat(context.fd()).isSameAs(fd(0));
    assertThat(context.isFdNameChanged()).isFalse();
    assertThat(fd(0).name()).hasToString("/f");
    assertThat(fd(0).isCloseOnExec()).isFalse();
    assertThat(fd(3).isCloseOnExec()).isTrue();
    assertThat(host.state.thread(100).flags() & 1 << 22).isNotZero();
    host.run(event(EventType.SYSCALL_DUP3_X).number(5).number(3).number(5).number(4096));
    assertThat(fd(5).isCloseOnExec()).isTrue();
    host.run(event(EventType.SYSCALL_FCNTL_X).number(6).number(0).number(26).number(6));
    assertThat(fd(6).isCloseOnExec()).isTrue();
    host.run(event(EventType.SYSCALL_FCNTL_X).number(7).number(6).number(1).number(7));
    assertThat(fd(7).isCloseOnExec()).isFalse();
    host.run(host.open(100, 0, "/other", 1));
    assertThat(fd(6).name()).hasToString("/f");
  }

  @Test
  void dup2ToItselfChangesNothing() {
    host.run(host.open(100, 3, "/f", 1 | 4096));
    EventContext context =
        host.apply(event(EventType.SYSCALL_DUP2_X).number(3).number(3).number(3));
    assertThat(context.fd()).isSameAs(fd(3));
    assertThat(fd(3).isCloseOnExec()).isTrue();
  }

  @Test
  void somePairsAndSomeOthersEndWithExec() {
    EventBuilder pair = event(EventType.SOCKET_SOCKETPAIR_X).number(0).number(3).number(4);
    host.run(pair.number(1).number(2).number(1).number(1 | 0x80000).number(0));
    host.run(event(EventType.SYSCALL_PIDFD_OPEN_X).number(5).number(1).number(0));
    host.run(event(EventType.SYSCALL_IO_URING_SETUP_X).number(6).number(8));
    host.run(event(EventType.SYSCALL_USERFAULTFD_X).number(7).number(0x80000));
    host.run(event(EventType.SYSCALL_USERFAULTFD_X).number(8).number(0));
    host.run(host.execve(100, "/bin/x", List.of("x"), List.of()));
    assertThat(host.fds(100)).containsOnlyKeys(8);
  }

  @Test
  void closeRangeClosesOrMarks() {
    for (int i = 3; i < 10; i++) {
      host.run(host.open(100, i, "/f" + i, 1));
    }
    host.run(host.open(100, 100_000, "/high", 1));
    host.run(event(EventType.SYSCALL_CLOSE_RANGE_X).number(0).number(5).number(6).number(4));
    assertThat(fd(5).isCloseOnExec()).isTrue();
    assertThat(fd(7).isCloseOnExec()).isFalse();
    host.run(event(EventType.SYSCALL_CLOSE_RANGE_X).number(0).number(99).number(200_000).number(4));
    assertThat(fd(100_000).isCloseOnExec()).isTrue();
    host.run(
        event(EventType.SYSCALL_CLOSE_RANGE_X).number(0).number(6).number(0xffffffffL).number(0));
    assertThat(host.fds(100)).containsOnlyKeys(3, 4, 5);
  }

  @Test
  void pidfdGetfdCopiesFromAnotherProcess() {
    host.run(host.open(1, 9, "/secret", 1));
    host.run(event(EventType.SYSCALL_PIDFD_OPEN_X).number(3).number(1).number(0));
    host.run(event(EventType.SYSCALL_PIDFD_GETFD_X).number(4).number(3).number(9).number(0));
    assertThat(fd(4).name()).hasToString("/secret");
    assertThat(fd(4).isCloseOnExec()).isTrue();
  }

  @Test
  void tablesAreBounded() {
    for (int i = 0; i < 5000; i++) {
      host.run(host.open(100, i, "/f", 1));
    }
    assertThat(host.state.thread(100).fds().size()).isEqualTo(4096);
    assertThat(host.state.counters().droppedFds()).isEqualTo(5000 - 4096);
    host.run(host.close(100, 17));
    host.run(host.open(100, 4999, "/again", 1));
    assertThat(fd(4999).name()).hasToString("/again");
  }
}
