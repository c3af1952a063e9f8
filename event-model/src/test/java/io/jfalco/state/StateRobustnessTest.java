package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamInfo;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records that are short, empty or nonsense change little and never break anything. */
class StateRobustnessTest {
  private static final long[] NUMBERS = {-100, -1, 0, 1, 2, 3, 5, 100, 200, 4096, 1L << 40};

  @Test
  void strangeRecordsNeverThrow() {
    Random random = new Random(4711);
    Random ours = new Random(4712);
    StateFixture host = new StateFixture();
    Bytes name = new Bytes();
    for (int i = 0; i < 200_000; i++) {
      EventInfo info = EventTable.events().get(random.nextInt(EventTable.events().size()));
      EventView view = record(host, info, random, ours).view();
      host.updater.apply(view, host.context);
      host.context.nameFromEvent(name, random.nextBoolean());
      if (random.nextInt(10) > 0) {
        host.updater.finish(host.context);
      }
    }
    assertConsistent(host.state);
  }

  /** Parameters that Falco does not have are drawn apart: new ones do not change the others. */
  private static EventBuilder record(
      StateFixture host, EventInfo info, Random random, Random ours) {
    EventBuilder event = host.event(info.type(), NUMBERS[3 + random.nextInt(6)]);
    List<ParamInfo> falcos = info.falcoParams();
    int count = random.nextInt(falcos.size() + 1);
    if (random.nextInt(4) > 0) {
      count = falcos.size();
    }
    addParams(event, falcos.subList(0, count), random);
    if (count == falcos.size()) {
      addParams(event, info.params().subList(count, info.params().size()), ours);
    }
    return event;
  }

  private static void addParams(EventBuilder event, List<ParamInfo> params, Random random) {
    for (ParamInfo param : params) {
      if (random.nextInt(8) == 0) {
        event.missing();
      } else if (isNumber(param) && random.nextInt(20) > 0) {
        event.number(NUMBERS[random.nextInt(NUMBERS.length)]);
      } else {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
          bytes[0] = new byte[] {1, 2, 10, '/'}[random.nextInt(4)];
          bytes[bytes.length - 1] = 0;
        }
        event.bytes(bytes);
      }
    }
  }

  private static boolean isNumber(ParamInfo param) {
    return param.type().size() > 0 && param.type().size() <= 8;
  }

  /** Every thread is in the group that it says, its main thread is, and parents know children. */
  private static void assertConsistent(HostState state) {
    int[] counted = {0};
    state
        .threadTable()
        .threads()
        .forEach(
            thread -> {
              counted[0]++;
              assertThat(state.thread(thread.tid())).isSameAs(thread);
              assertThat(thread.image().references).isPositive();
              if (thread.group != null) {
                int members = 0;
                for (ThreadInfo each = thread.group.first; each != null; each = each.groupNext) {
                  members++;
                  assertThat(each.group).isSameAs(thread.group);
                  assertThat(state.thread(each.tid())).isSameAs(each);
                }
                assertThat(thread.group.alive).isLessThanOrEqualTo(members);
              }
              for (ThreadInfo child = thread.firstChild; child != null; child = child.siblingNext) {
                assertThat(child.parentOfRecord).isSameAs(thread);
                assertThat(state.thread(child.tid())).isSameAs(child);
              }
              thread.fds().forEach(fd -> assertThat(fd.references).isPositive());
            });
    assertThat(counted[0]).isEqualTo(state.threadCount());
  }
}
