package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessEventsTest {
  private static final long THREAD = 1 | 1 << 13;
  private static final long IN_PIDNS = 1 << 29;

  private final StateFixture host = new StateFixture();

  @Test
  void aChildInheritsFromItsParent() {
    host.run(host.open(100, 3, "/f", 1));
    host.fork(100, 200);
    ThreadInfo child = host.state.thread(200);
    assertThat(child.ptid()).isEqualTo(100);
    assertThat(child.isMain()).isTrue();
    assertThat(child.cwd()).hasToString("/home/user/");
    assertThat(child.sid()).isEqualTo(100);
    assertThat(child.image()).isSameAs(host.state.thread(100).image());
    assertThat(child.env()).hasToString("HOME=/root\0");
    assertThat(child.lastExecTime()).isZero();
    assertThat(child.pidNamespaceStart()).isEqualTo(StateFixture.BOOT);
    assertThat(host.state.parent(child)).isSameAs(host.state.thread(100));
    assertThat(host.state.ancestor(child, 2)).isSameAs(host.state.thread(1));
    assertThat(host.state.ancestor(child, 3)).isNull();
    assertThat(host.fds(200)).isEqualTo(host.fds(100));
  }

  @Test
  void descriptorsOfParentAndChildPartWhenOneChanges() {
    host.run(host.open(100, 3, "/f", 1));
    host.fork(100, 200);
    host.run(host.close(200, 3));
    host.run(host.open(200, 4, "/child", 1));
    assertThat(host.fds(100)).containsOnlyKeys(3);
    assertThat(host.fds(200)).containsOnlyKeys(4);
    host.fork(100, 201);
    host.run(host.event(EventType.SYSCALL_FCNTL_X, 201).number(0).number(3).number(3).number(1));
    assertThat(host.state.thread(201).fds().get(3).isCloseOnExec()).isTrue();
    assertThat(host.state.thread(100).fds().get(3).isCloseOnExec()).isFalse();
  }

  @Test
  void theChildMayTellFirst() {
    StateFixture.Clone own = new StateFixture.Clone(200, 100);
    EventContext context = host.apply(host.clone(EventType.SYSCALL_FORK_20_X, 200, 0, own));
    ThreadInfo child = host.state.thread(200);
    assertThat(context.thread()).isSameAs(child);
    host.updater.finish(context);
    long generation = child.generation();
    StateFixture.Clone caller = new StateFixture.Clone(100, 1);
    host.run(host.clone(EventType.SYSCALL_FORK_20_X, 100, 200, caller));
    assertThat(host.state.thread(200)).isSameAs(child);
    assertThat(child.generation()).isEqualTo(generation);
    assertThat(host.state.counters().addedThreads()).isEqualTo(3);
  }

  @Test
  void callersDoNotMakeChildrenThatAreNotTheirs() {
    StateFixture.Clone inNamespace = new StateFixture.Clone(100, 1);
    inNamespace.flags = IN_PIDNS;
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 100, 7, inNamespace));
    assertThat(host.state.thread(7)).isNull();
    host.run(host.clone(EventType.SYSCALL_VFORK_20_X, 100, 8, new StateFixture.Clone(100, 1)));
    assertThat(host.state.thread(8)).isNull();
  }

  @Test
  void aChildInAPidNamespaceTellsOfItself() {
    StateFixture.Clone own = new StateFixture.Clone(300, 100);
    own.flags = IN_PIDNS;
    own.vtid = 1;
    own.vpid = 1;
    own.cgroups = List.of("cpu=/docker/" + "ab".repeat(32), "memory=/");
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 300, 0, own));
    ThreadInfo child = host.state.thread(300);
    Bytes id = new Bytes();
    child.container().id(id);
    assertThat(id).hasToString("abababababab");
    assertThat(child.vpid()).isEqualTo(1);
    assertThat(child.isInPidNamespace()).isTrue();
    assertThat(child.pidNamespaceStart()).isEqualTo(StateFixture.BOOT + 5_000_000_000L);
  }

  @Test
  void anExitedChildIsNotMadeAgainByItsCaller() {
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 200, 0, new StateFixture.Clone(200, 100)));
    host.run(host.exit(200, 0));
    assertThat(host.state.thread(200)).isNull();
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 100, 200, new StateFixture.Clone(100, 1)));
    assertThat(host.state.thread(200)).isNull();
    host.passTime(3_000_000_000L);
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 100, 200, new StateFixture.Clone(100, 1)));
    assertThat(host.state.thread(200)).isNotNull();
  }

  /** The kernel names no parent to threads: a thread that has ended is known by its process. */
  @Test
  void anExitedThreadIsNotMadeAgainByItsCaller() {
    StateFixture.Clone own = new StateFixture.Clone(100, 1);
    own.flags = THREAD;
    own.vtid = 101;
    host.run(host.clone(EventType.SYSCALL_CLONE3_X, 101, 0, own));
    host.run(host.exit(101, 0));
    thread(100, 101);
    assertThat(host.state.thread(101)).isNull();
  }

  /** A thread that was found in /proc while its clone waited in the ring. */
  @Test
  void whatTheScanHasFoundIsNotMadeAgain() {
    ThreadSpec found = StateFixture.spec(200, 200, 100, "found", "/found");
    new StateBuilder(host.state).addLinked(found.start(host.time(), 0));
    host.run(host.open(200, 3, "/f", 1));
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 100, 200, new StateFixture.Clone(100, 1)));
    assertThat(host.state.thread(200).comm()).hasToString("found");
    assertThat(host.fds(200)).containsOnlyKeys(3);
  }

  private void thread(long pid, long tid) {
    StateFixture.Clone caller = new StateFixture.Clone(pid, 1);
    caller.flags = THREAD;
    host.run(host.clone(EventType.SYSCALL_CLONE3_X, pid, tid, caller));
  }

  @Test
  void threadsShareWhatTheirProcessHas() {
    thread(100, 101);
    ThreadInfo thread = host.state.thread(101);
    assertThat(thread.pid()).isEqualTo(100);
    assertThat(thread.main()).isSameAs(host.state.thread(100));
    assertThat(thread.ptid()).isEqualTo(1);
    assertThat(thread.liveThreads()).isEqualTo(2);
    host.run(host.open(101, 3, "/by-thread", 1));
    assertThat(host.fds(100)).containsEntry(3, "/by-thread");
    host.run(host.event(EventType.SYSCALL_CHDIR_X, 101).number(0).text("/tmp"));
    assertThat(host.state.thread(100).cwd()).hasToString("/tmp/");
    host.run(host.exit(101, 0));
    assertThat(host.state.thread(101)).isNull();
    assertThat(host.state.thread(100).liveThreads()).isEqualTo(1);
  }

  @Test
  void aMainThreadStaysUntilItsLastThreadIsGone() {
    thread(100, 101);
    host.run(host.exit(100, 0));
    assertThat(host.state.thread(100)).isNotNull();
    assertThat(host.state.thread(100).isDead()).isTrue();
    assertThat(host.state.thread(101).liveNonMainThreads()).isEqualTo(1);
    host.run(host.exit(101, 0));
    assertThat(host.state.thread(100)).isNull();
    assertThat(host.state.thread(101)).isNull();
  }

  @Test
  void execReplacesTheImageAndEndsOtherThreads() {
    thread(100, 101);
    host.run(host.open(100, 3, "/keep", 1));
    host.run(host.open(100, 4, "/close", 1 | 4096));
    host.fork(100, 200);
    Image shared = host.state.thread(200).image();
    host.run(host.execve(100, "/usr/bin/cat (deleted)", List.of("cat", "x", ""), List.of("A=1")));
    ThreadInfo thread = host.state.thread(100);
    assertThat(thread.comm()).hasToString("cat (deleted)");
    assertThat(thread.image().exe()).hasToString("cat");
    assertThat(thread.image().exePath()).hasToString("/usr/bin/cat");
    assertThat(thread.image().args()).hasToString("x\0\0");
    assertThat(thread.env()).hasToString("A=1\0");
    assertThat(thread.tty()).isEqualTo(34816);
    assertThat(thread.uid()).isZero();
    assertThat(thread.capEffective()).isEqualTo(4);
    assertThat(thread.capPermitted()).isEqualTo(2);
    assertThat(thread.capInheritable()).isEqualTo(1);
    assertThat(thread.image().isWritable()).isTrue();
    assertThat(thread.image().isUpperLayer()).isFalse();
    assertThat(thread.image().inode()).isEqualTo(4711);
    assertThat(thread.fdLimit()).isEqualTo(2048);
    assertThat(thread.lastExecTime()).isEqualTo(host.time());
    assertThat(host.fds(100)).containsOnlyKeys(3);
    assertThat(host.fds(200)).containsOnlyKeys(3, 4);
    assertThat(host.state.thread(101)).isNull();
    assertThat(thread.liveThreads()).isEqualTo(1);
    assertThat(host.state.thread(200).image()).isSameAs(shared);
    assertThat(shared.exe()).hasToString("bash");
  }

  @Test
  void aFailedExecChangesNothing() {
    host.run(
        host.event(EventType.SYSCALL_EXECVE_19_X, 100)
            .number(-2)
            .text("x")
            .texts(List.of())
            .number(100)
            .number(100));
    assertThat(host.state.thread(100).comm()).hasToString("bash");
  }

  @Test
  void execAfterTheMainThreadExitedRevivesIt() {
    thread(100, 101);
    host.run(host.exit(100, 0));
    host.run(host.execve(100, "/bin/x", List.of("x"), List.of()));
    assertThat(host.state.thread(100).isDead()).isFalse();
    assertThat(host.state.thread(101)).isNull();
    host.run(host.exit(100, 0));
    assertThat(host.state.thread(100)).isNull();
  }

  @Test
  void orphansGetTheReaperThatTheKernelNames() {
    host.fork(100, 200);
    host.fork(200, 300);
    EventContext context = host.apply(host.exit(200, 1));
    assertThat(context.thread().tid()).isEqualTo(200);
    assertThat(host.state.thread(200)).isNotNull();
    host.updater.finish(context);
    assertThat(host.state.thread(200)).isNull();
    assertThat(host.state.thread(300).ptid()).isEqualTo(1);
    assertThat(host.state.parent(host.state.thread(300))).isSameAs(host.state.thread(1));
  }

  @Test
  void orphansGoToTheNearestSubreaperWhenTheKernelIsSilent() {
    host.fork(100, 200);
    host.fork(200, 300);
    host.fork(300, 400);
    host.run(host.event(EventType.SYSCALL_PRCTL_X, 200).number(0).number(36).text("").number(1));
    host.run(host.exit(300, 0));
    assertThat(host.state.thread(400).ptid()).isEqualTo(200);
    host.run(host.exit(200, -1));
    assertThat(host.state.thread(400).ptid()).isEqualTo(1);
  }

  @Test
  void orphansStayInTheirProcessWhileAThreadOfItLives() {
    thread(100, 101);
    host.fork(100, 200);
    host.run(host.exit(100, 0));
    assertThat(host.state.thread(200).ptid()).isEqualTo(101);
    assertThat(host.state.parent(host.state.thread(200))).isSameAs(host.state.thread(100));
  }

  @Test
  void unknownThreadsGetAnEntryThatSaysSo() {
    EventContext context = host.apply(host.open(999, 3, "/f", 1));
    assertThat(context.thread().isInvalid()).isTrue();
    assertThat(context.thread().comm()).hasToString("<NA>");
    assertThat(context.thread().uid()).isEqualTo(UserTable.UNKNOWN);
    assertThat(host.state.counters().failedScans()).isEqualTo(1);
    host.run(host.open(999, 4, "/g", 1));
    assertThat(host.state.counters().scans()).isEqualTo(1);
    host.run(host.execve(999, "/bin/late", List.of("late"), List.of()));
    assertThat(host.state.thread(999).isInvalid()).isFalse();
    assertThat(host.state.parent(host.state.thread(999)).tid()).isEqualTo(1);
  }

  @Test
  void anUnknownCallerLearnsFromItsOwnClone() {
    StateFixture.Clone caller = new StateFixture.Clone(500, 1);
    caller.comm = "late";
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 500, 501, caller));
    assertThat(host.state.thread(500).comm()).hasToString("late");
    assertThat(host.state.thread(500).ptid()).isEqualTo(1);
    assertThat(host.state.thread(501).ptid()).isEqualTo(500);
  }

  @Test
  void staleThreadsMakeRoom() {
    host.fork(100, 200);
    host.fork(200, 201);
    host.passTime(5_000_000_000L);
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, 200, 0, new StateFixture.Clone(200, 1)));
    assertThat(host.state.thread(200).ptid()).isEqualTo(1);
    assertThat(host.state.thread(201).ptid()).isNotEqualTo(200);
  }

  @Test
  void aFullTableDropsAndCounts() {
    HostState small = new HostState(2);
    EventContext context = new EventContext(small);
    StateUpdater updater = new StateUpdater(small, ThreadLookup.NONE);
    for (long tid = 10; tid < 15; tid++) {
      updater.apply(host.open(tid, 3, "/f", 1).view(), context);
      assertThat(context.thread() != null).isEqualTo(tid < 12);
    }
    assertThat(small.threadCount()).isEqualTo(2);
    assertThat(small.counters().droppedThreads()).isEqualTo(3);
  }

  @Test
  void lookupsAreLimited() {
    int[] asked = {0};
    StateFixture busy =
        new StateFixture(
            (tid, into) -> {
              asked[0]++;
              return into.addLinked(StateFixture.spec(tid, tid, 1, "found", "/"));
            });
    for (long tid = 10_000; tid < 12_000; tid++) {
      EventContext context = new EventContext(busy.state);
      busy.updater.apply(
          io.jfalco.event.EventBuilder.of(EventType.SYSCALL_GETCWD_X)
              .tid(tid)
              .timestamp(5)
              .number(-1)
              .view(),
          context);
    }
    assertThat(asked[0]).isEqualTo(1000);
    assertThat(busy.state.counters().refusedScans()).isEqualTo(1000);
    assertThat(busy.state.thread(10_000).comm()).hasToString("found");
    assertThat(busy.state.thread(11_999).comm()).hasToString("<NA>");
  }

  @Test
  void leadersOfSessionsAreFoundOrStoodInFor() {
    host.fork(100, 200);
    host.fork(200, 300);
    assertThat(host.state.sessionLeader(host.state.thread(300)).tid()).isEqualTo(100);
    host.run(host.event(EventType.SYSCALL_SETSID_X, 200).number(200));
    host.fork(200, 400);
    assertThat(host.state.sessionLeader(host.state.thread(400)).tid()).isEqualTo(200);
    host.fork(400, 500);
    host.run(host.exit(200, 400));
    assertThat(host.state.sessionLeader(host.state.thread(500)).tid()).isEqualTo(400);
  }

  @Test
  void lineageChangesWithAncestors() {
    host.fork(100, 200);
    long before = host.state.lineage();
    host.run(host.execve(200, "/bin/x", List.of("x"), List.of()));
    assertThat(host.state.lineage()).isEqualTo(before);
    host.run(host.execve(100, "/bin/x", List.of("x"), List.of()));
    assertThat(host.state.lineage()).isNotEqualTo(before);
  }

  /** A child's ancestor is the main thread of its maker, which may become known late. */
  @Test
  void lineageChangesWithTheMainThreadOfAMaker() {
    StateBuilder builder = new StateBuilder(host.state);
    builder.addLinked(StateFixture.spec(201, 200, 100, "maker", "/"));
    builder.addLinked(StateFixture.spec(300, 300, 201, "child", "/"));
    long before = host.state.lineage();
    assertThat(host.state.parent(host.state.thread(300))).isNull();
    builder.addLinked(StateFixture.spec(200, 200, 100, "main", "/"));
    assertThat(host.state.parent(host.state.thread(300)).tid()).isEqualTo(200);
    assertThat(host.state.lineage()).isNotEqualTo(before);
  }

  @Test
  void threadsWhoseEndWasMissedAreForgotten() {
    StateFixture live =
        new StateFixture(
            new ThreadLookup() {
              @Override
              public boolean lookup(long tid, StateBuilder into) {
                return false;
              }

              @Override
              public boolean isAlive(long pid, long tid) {
                return pid != 200;
              }
            });
    live.fork(100, 200);
    live.fork(100, 201);
    live.passTime(1_300_000_000_000L);
    live.run(live.open(100, 3, "/f", 1));
    assertThat(live.state.thread(200)).isNotNull();
    live.passTime(1_300_000_000_000L);
    live.run(live.open(100, 3, "/f", 1));
    assertThat(live.state.thread(200)).isNull();
    assertThat(live.state.thread(201)).isNotNull();
  }

  @Test
  void forgettingKeepsToItsTimes() {
    HostState state = new HostState();
    new StateBuilder(state).add(StateFixture.spec(200, 200, 1, "gone", "/"));
    ThreadLookup nobody =
        new ThreadLookup() {
          @Override
          public boolean lookup(long tid, StateBuilder into) {
            return false;
          }

          @Override
          public boolean isAlive(long pid, long tid) {
            return pid != 200;
          }
        };
    StateUpdater updater = new StateUpdater(state, nobody, ThreadPurge.ofSeconds(100, 50));
    EventContext context = new EventContext(state);
    long now = 0;
    // Active at 0 s and 99 s. Looks at 30, 131 and 232 s: only the last finds it idle for 50 s.
    for (long at : new long[] {0, 29, 31, 99, 129, 131, 180, 232}) {
      host.passTime((at - now) * 1_000_000_000L);
      now = at;
      long tid = at == 0 || at == 99 ? 200 : 100;
      updater.apply(host.open(tid, 3, "/f", 1).view(), context);
      updater.finish(context);
      assertThat(state.thread(200) != null).as("after %s s", at).isEqualTo(at < 232);
    }
  }
}
