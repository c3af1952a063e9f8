package io.jfalco.state;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.util.Arrays;

/** CPU time that context switches and process information of old captures tell of. */
final class CpuTimes {
  private static final int PROCINFO = EventType.PROCINFO_E.ordinal();
  private static final int SWITCH = EventType.SCHEDSWITCH_6_E.ordinal();

  private long[] switches = new long[8];

  /** The thread may be unknown. */
  void apply(EventView event, EventContext context) {
    int type = event.type().ordinal();
    if (type == SWITCH) {
      switched(event, context);
    } else if (type == PROCINFO && context.thread != null) {
      ThreadInfo thread = context.thread;
      context.usedBefore(thread.userTime, thread.systemTime);
      thread.userTime = event.s64(0, thread.userTime);
      thread.systemTime = event.s64(1, thread.systemTime);
    }
  }

  /** The time since the last switch on this CPU is that of the thread that ran since then. */
  private void switched(EventView event, EventContext context) {
    int cpu = event.cpu() & 0xffff;
    if (cpu >= switches.length) {
      switches = Arrays.copyOf(switches, Integer.highestOneBit(cpu) * 2);
    }
    long last = switches[cpu];
    switches[cpu] = event.timestamp();
    long time = last == 0 ? 0 : event.timestamp() - last;
    context.ran(time);
    if (context.thread != null) {
      context.thread.runTime += time;
    }
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(switches, 0);
  }
}
