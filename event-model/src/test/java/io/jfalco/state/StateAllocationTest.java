package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Once the tables have grown, events cost no memory. */
class StateAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final StateFixture host = new StateFixture();
  private final List<EventView> events = new ArrayList<>();

  private void add(EventBuilder event) {
    events.add(event.view());
  }

  private void replay(int times) {
    EventView[] all = events.toArray(new EventView[0]);
    for (int i = 0; i < times; i++) {
      for (EventView event : all) {
        host.updater.apply(event, host.context);
        host.updater.finish(host.context);
      }
    }
  }

  /** The least of three rounds: in the first, code may still be on its way to the compiler. */
  private double bytesPerEvent(int times) {
    replay(20_000);
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      replay(times);
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return (double) least / times / events.size();
  }

  @Test
  void openAndClose() {
    for (int i = 0; i < 10; i++) {
      add(
          host.event(EventType.SYSCALL_OPENAT_2_E, 100)
              .number(-100)
              .text("file" + i)
              .number(1)
              .number(0));
      add(host.open(100, 3 + i, "file" + i, 1));
      add(host.open(100, 50, "/usr/lib/x86_64-linux-gnu/libc.so." + i, 1));
      add(host.close(100, 50));
    }
    for (int i = 0; i < 10; i++) {
      add(host.close(100, 3 + i));
    }
    assertThat(bytesPerEvent(50_000)).isLessThan(0.01);
    assertThat(host.state.thread(100).fds().size()).isZero();
  }

  @Test
  void sockets() {
    add(
        host.event(EventType.SOCKET_SOCKET_X, 100)
            .number(3)
            .number(2)
            .number(1)
            .number(0)
            .number(0));
    add(
        host.event(EventType.SOCKET_CONNECT_X, 100)
            .number(0)
            .bytes(StateFixture.tuple4("10.0.2.15", 4000, "1.2.3.4", 443))
            .number(3)
            .bytes(StateFixture.address4("1.2.3.4", 443)));
    add(host.close(100, 3));
    assertThat(bytesPerEvent(100_000)).isLessThan(0.01);
  }

  @Test
  void processes() {
    StateFixture.Clone caller = new StateFixture.Clone(100, 1);
    StateFixture.Clone child = new StateFixture.Clone(200, 100);
    host.run(host.open(100, 3, "/f", 1));
    add(host.clone(EventType.SYSCALL_CLONE_20_X, 200, 0, child));
    add(host.clone(EventType.SYSCALL_CLONE_20_X, 100, 200, caller));
    add(host.execve(200, "/usr/bin/cat", List.of("cat", "/etc/hosts"), List.of("A=1", "B=2")));
    add(host.open(200, 4, "/etc/hosts", 1));
    add(host.exit(200, 0));
    assertThat(bytesPerEvent(50_000)).isLessThan(1);
    assertThat(host.state.thread(200)).isNull();
    assertThat(host.state.counters().addedThreads()).isGreaterThan(50_000);
    assertThat(host.state.images().used()).isEqualTo(2);
    assertThat(host.state.fds().used()).isEqualTo(1);
  }
}
