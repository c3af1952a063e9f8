package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who shares descriptors with whom, and until when. */
class SharedFilesTest {
  private static final long FILES = 1;
  private static final long THREAD = 1 << 13;

  private final StateFixture host = new StateFixture();

  /** A child or a thread of the shell (100). */
  private void made(long tid, long flags) {
    StateFixture.Clone caller = new StateFixture.Clone(100, 1);
    caller.flags = flags;
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 100, tid, caller));
  }

  private void unshare(long tid, long flags) {
    host.run(host.event(EventType.SYSCALL_UNSHARE_X, tid).number(0).number(flags));
  }

  @Test
  void processesThatShareTheirFilesSeeEachOthers() {
    made(200, FILES);
    host.run(host.open(200, 3, "/by-child", 1));
    host.run(host.open(100, 4, "/by-parent", 1));
    assertThat(host.fds(100)).isEqualTo(host.fds(200)).containsOnlyKeys(3, 4);
    host.run(host.close(200, 4));
    assertThat(host.fds(100)).containsOnlyKeys(3);
  }

  @Test
  void theSharedTableOutlivesEitherProcess() {
    made(200, FILES);
    host.run(host.open(100, 3, "/f", 1));
    host.run(host.exit(100, 1));
    assertThat(host.fds(200)).containsEntry(3, "/f");
    host.fork(1, 300);
    host.run(host.open(300, 3, "/of-another", 1));
    assertThat(host.fds(200)).containsEntry(3, "/f");
    host.run(host.exit(200, 1));
    host.run(host.exit(300, 1));
    assertThat(host.state.fds().used()).isZero();
  }

  @Test
  void execEndsTheSharing() {
    made(200, FILES);
    host.run(host.open(100, 3, "/kept", 1));
    host.run(host.open(100, 4, "/closed", 1 | StateFixture.CLOSE_ON_EXEC));
    host.run(host.execve(200, "/bin/x", List.of("x"), List.of()));
    assertThat(host.fds(200)).containsOnlyKeys(3);
    assertThat(host.fds(100)).containsOnlyKeys(3, 4);
    host.run(host.open(200, 5, "/own", 1));
    assertThat(host.fds(100)).containsOnlyKeys(3, 4);
  }

  @Test
  void unshareEndsTheSharing() {
    made(200, FILES);
    host.run(host.open(100, 3, "/f", 1));
    unshare(200, 1 << 20);
    assertThat(host.state.thread(200).fds()).isSameAs(host.state.thread(100).fds());
    unshare(200, FILES);
    host.run(host.close(200, 3));
    assertThat(host.fds(100)).containsOnlyKeys(3);
    assertThat(host.fds(200)).isEmpty();
  }

  @Test
  void closeRangeMayUnshareFirst() {
    made(200, FILES);
    host.run(host.open(100, 3, "/f", 1));
    host.run(
        host.event(EventType.SYSCALL_CLOSE_RANGE_X, 200).number(0).number(3).number(9).number(2));
    assertThat(host.fds(100)).containsOnlyKeys(3);
    assertThat(host.fds(200)).isEmpty();
  }

  @Test
  void aThreadMayHaveFilesOfItsOwn() {
    host.run(host.open(100, 3, "/f", 1));
    made(101, THREAD);
    made(102, THREAD | FILES);
    unshare(102, FILES);
    made(103, THREAD | FILES);
    host.run(host.open(101, 4, "/of-101", 1));
    host.run(host.open(102, 5, "/of-102", 1));
    host.run(host.open(103, 6, "/of-all", 1));
    assertThat(host.fds(100)).containsOnlyKeys(3, 6);
    assertThat(host.fds(101)).containsOnlyKeys(3, 4);
    assertThat(host.fds(102)).containsOnlyKeys(3, 5);
    for (long tid = 100; tid < 104; tid++) {
      host.run(host.exit(tid, 1));
    }
    assertThat(host.state.fds().used()).isZero();
  }

  /** What a thread's own event says of flags may be what its maker has written there since. */
  @Test
  void wrongFlagsDoNotMakeAProcessOfAThread() {
    host.run(host.open(100, 3, "/f", 1));
    for (long flags : new long[] {0, FILES, 1 << 20}) {
      StateFixture.Clone own = new StateFixture.Clone(100, 1);
      own.flags = flags;
      own.vtid = 101;
      host.run(host.clone(EventType.SYSCALL_CLONE3_X, 101, 0, own));
      assertThat(host.state.thread(101).main()).isSameAs(host.state.thread(100));
      assertThat(host.fds(101)).isEqualTo(host.fds(100)).containsOnlyKeys(3);
      assertThat(host.state.thread(100).liveThreads()).isEqualTo(2);
      host.run(host.exit(101, 1));
      assertThat(host.fds(100)).containsOnlyKeys(3);
    }
  }

  /** The main thread ends, then the other one goes on under its id, with its own files. */
  @Test
  void execInAnotherThreadGoesOnWithTheFilesOfThat() {
    host.run(host.open(100, 3, "/f", 1));
    made(101, THREAD);
    host.run(host.open(101, 4, "/of-101", 1));
    host.fork(100, 200);
    host.run(host.exit(100, 101));
    host.run(host.execve(100, "/bin/x", List.of("x"), List.of()));
    ThreadInfo thread = host.state.thread(100);
    assertThat(host.fds(100)).containsOnlyKeys(3, 4);
    assertThat(thread.liveThreads()).isEqualTo(1);
    assertThat(host.state.thread(101)).isNull();
    assertThat(host.state.thread(200).ptid()).isEqualTo(100);
    host.run(host.exit(100, 1));
    assertThat(host.state.thread(100)).isNull();
  }

  /** The exit of the main thread may be seen behind the exec that it made room for. */
  @Test
  void theMainThreadsExitMayArriveBehindTheExec() {
    made(101, THREAD | FILES);
    long exited = host.time() + 1_000_000;
    host.passTime(2_000_000);
    host.run(host.execve(100, "/bin/x", List.of("x"), List.of()));
    host.run(host.exit(100, 101).timestamp(exited));
    assertThat(host.state.thread(100).isDead()).isFalse();
    assertThat(host.state.thread(100).liveThreads()).isEqualTo(1);
  }
}
