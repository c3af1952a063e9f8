package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateBudgetTest {
  private static final long LIMIT = 1 << 20;
  private static final String LONG = "/" + "n".repeat(2000);

  private final StateBudget budget = new StateBudget(LIMIT);
  private final StateFixture host = new StateFixture(new HostState(1 << 20, budget));

  @Test
  void whatIsGoneIsGivenBack() {
    long before = budget.used();
    for (int round = 0; round < 3; round++) {
      for (long tid = 200; tid < 220; tid++) {
        host.fork(100, tid);
        host.run(host.open(tid, 3, LONG, 1));
        host.run(host.open(tid, 4000, "/f", 1));
        host.run(host.open(tid, 100_000, "/f", 1));
        host.run(host.event(EventType.SYSCALL_CHDIR_X, tid).number(0).text(LONG));
        host.run(host.execve(tid, "/bin/x", List.of("x", LONG), List.of("A=" + LONG)));
      }
      assertThat(budget.used()).isGreaterThan(before + 20 * 8000);
      for (long tid = 200; tid < 220; tid++) {
        host.run(host.exit(tid, 1));
      }
    }
    // The tables of those that wait to be used again have small arrays, which are not charged.
    assertThat(budget.used()).isEqualTo(before);
    assertThat(host.state.counters().droppedThreads()).isZero();
  }

  @Test
  void descriptorsWithLongNamesAreBounded() {
    for (long tid = 200; tid < 210; tid++) {
      host.fork(100, tid);
      for (int fd = 0; fd < 200; fd++) {
        host.run(host.open(tid, fd, LONG + fd, 1));
      }
    }
    assertThat(budget.used()).isBetween(LIMIT, LIMIT + 10_000);
    assertThat(host.state.counters().droppedFds()).isPositive();
    host.run(host.open(200, 3, "/in-the-place-of-another", 1));
    assertThat(host.fds(200)).containsEntry(3, "/in-the-place-of-another");
    host.run(host.exit(200, 1));
    host.run(host.open(100, 3, "/f", 1));
    assertThat(host.fds(100)).containsEntry(3, "/f");
  }

  @Test
  void threadsAreBounded() {
    for (long tid = 200; tid < 10_000; tid++) {
      host.fork(100, tid);
    }
    assertThat(budget.used()).isBetween(LIMIT, LIMIT + 10_000);
    assertThat(host.state.threadCount()).isBetween(500, 3000);
    assertThat(host.state.counters().droppedThreads()).isPositive();
  }

  @Test
  void whatProcessesExecuteIsShortenedWhenMemoryIsShort() {
    for (long tid = 200; tid < 10_000; tid++) {
      host.fork(100, tid);
    }
    for (int i = 0; i < 5; i++) {
      host.run(host.execve(200, "/bin/x", List.of("x", "y", LONG), List.of("A=" + LONG)));
    }
    ThreadInfo thread = host.state.thread(200);
    assertThat(thread.image().exePath()).hasToString("/bin/x");
    assertThat(thread.env().isEmpty()).isTrue();
    assertThat(thread.image().args().length()).isEqualTo(256);
    assertThat(thread.image().args().toString()).startsWith("y\0/nnn").endsWith("n\0");
    assertThat(host.state.counters().shortenedImages()).isEqualTo(5);
  }

  @Test
  void aStateThatWasClearedIsEmpty() {
    host.fork(100, 200);
    host.run(host.open(200, 3, LONG, 1));
    host.state.clear();
    assertThat(budget.used()).isZero();
  }
}
