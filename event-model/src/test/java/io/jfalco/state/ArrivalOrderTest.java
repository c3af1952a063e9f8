package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Events of different threads may arrive in another order than that in which they happened. What is
 * known in the end is the same: for each way to make a child, whatever it did then, and each order
 * in which the events arrive.
 */
class ArrivalOrderTest {
  private static final long FILES = 1;
  private static final long THREAD = 1 << 13;
  private static final long VFORK = 1 << 27;
  private static final long IN_PIDNS = 1 << 29;
  private static final long MILLISECOND = 1_000_000;
  private static final long START = StateFixture.BOOT + 60_000_000_000L;
  private static final long SHELL = 100;
  private static final long CONTAINED = 300;
  private static final long CHILD = 401;
  private static final long VIRTUAL_CHILD = 9;

  private enum Way {
    FORK(EventType.SYSCALL_FORK_20_X, 0),
    CLONE(EventType.SYSCALL_CLONE_20_X, 0),
    CLONE3_SHARING_FILES(EventType.SYSCALL_CLONE3_X, FILES),
    VFORK(EventType.SYSCALL_VFORK_20_X, 0),
    CLONE_LIKE_VFORK(EventType.SYSCALL_CLONE_20_X, ArrivalOrderTest.VFORK),
    FORK_IN_NAMESPACE(EventType.SYSCALL_CLONE_20_X, IN_PIDNS),
    NEW_THREAD(EventType.SYSCALL_CLONE3_X, FILES | ArrivalOrderTest.THREAD),
    NEW_THREAD_IN_NAMESPACE(EventType.SYSCALL_CLONE3_X, FILES | IN_PIDNS | ArrivalOrderTest.THREAD);

    final EventType type;
    final long flags;

    Way(EventType type, long flags) {
      this.type = type;
      this.flags = flags;
    }

    boolean isThread() {
      return (flags & THREAD) != 0;
    }

    boolean isInNamespace() {
      return (flags & IN_PIDNS) != 0;
    }
  }

  /** What the child does, and whether its maker's call returns before or after it. */
  private record Story(Way way, boolean executes, boolean exits, boolean callerLate) {}

  private static List<Story> stories() {
    List<Story> stories = new ArrayList<>();
    for (Way way : Way.values()) {
      for (int bits = 0; bits < 8; bits++) {
        Story story = new Story(way, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
        if (!way.isThread() || !story.executes) {
          stories.add(story);
        }
      }
    }
    return stories;
  }

  @TestFactory
  Stream<DynamicTest> theEndIsTheSame() {
    return stories().stream()
        .map(story -> DynamicTest.dynamicTest(story.toString(), () -> check(story)));
  }

  private static void check(Story story) {
    int events = events(new StateFixture(), story).size();
    List<List<Integer>> orders = new ArrayList<>();
    permute(new ArrayList<>(), events, orders);
    String expected = run(story, orders.get(0));
    assertThat(expected.contains("\n" + CHILD + " pid")).isEqualTo(!story.exits);
    for (List<Integer> order : orders) {
      assertThat(run(story, order)).as("order %s", order).isEqualTo(expected);
    }
  }

  private static void permute(List<Integer> begun, int size, List<List<Integer>> out) {
    if (begun.size() == size) {
      out.add(List.copyOf(begun));
      return;
    }
    for (int i = 0; i < size; i++) {
      if (!begun.contains(i)) {
        begun.add(i);
        permute(begun, size, out);
        begun.remove(begun.size() - 1);
      }
    }
  }

  private static String run(Story story, List<Integer> order) {
    StateFixture host = new StateFixture();
    prepare(host);
    List<EventBuilder> events = events(host, story);
    order.forEach(i -> host.run(events.get(i)));
    return host.snapshot();
  }

  /** A process in a pid namespace; both makers have descriptors, some closed by exec. */
  private static void prepare(StateFixture host) {
    StateFixture.Clone contained = new StateFixture.Clone(CONTAINED, SHELL);
    contained.flags = IN_PIDNS;
    contained.vtid = 5;
    contained.vpid = 5;
    host.run(host.clone(EventType.SYSCALL_CLONE_20_X, CONTAINED, 0, contained));
    for (long tid : new long[] {SHELL, CONTAINED}) {
      host.run(host.open(tid, 3, "/kept", 1));
      host.run(host.open(tid, 4, "/closed", 1 | StateFixture.CLOSE_ON_EXEC));
      host.run(host.open(tid, 100_000, "/high", 1));
    }
  }

  /** In the order in which they happened to the child; its maker's event first. */
  private static List<EventBuilder> events(StateFixture host, Story story) {
    Way way = story.way;
    long maker = way.isInNamespace() ? CONTAINED : SHELL;
    StateFixture.Clone caller = new StateFixture.Clone(maker, way.isInNamespace() ? SHELL : 1);
    StateFixture.Clone own =
        new StateFixture.Clone(
            way.isThread() ? maker : CHILD, way.isThread() ? caller.ptid : maker);
    caller.flags = way.flags;
    own.flags = way.flags;
    own.vtid = CHILD;
    if (way.isInNamespace()) {
      caller.vtid = 5;
      caller.vpid = 5;
      own.vtid = VIRTUAL_CHILD;
      own.vpid = way.isThread() ? 5 : VIRTUAL_CHILD;
    }
    long result = way.isInNamespace() ? VIRTUAL_CHILD : CHILD;
    List<EventBuilder> events = new ArrayList<>();
    events.add(
        host.clone(way.type, maker, result, caller)
            .timestamp(START + (story.callerLate ? 50 : 1) * MILLISECOND));
    events.add(host.clone(way.type, CHILD, 0, own).timestamp(START + 2 * MILLISECOND));
    if (story.executes) {
      events.add(
          host.execve(CHILD, maker, "/usr/bin/cat", List.of("cat", "x"), List.of("A=1"))
              .timestamp(START + 3 * MILLISECOND));
    }
    if (story.exits) {
      events.add(host.exit(CHILD, 0).timestamp(START + 4 * MILLISECOND));
    }
    return events;
  }
}
