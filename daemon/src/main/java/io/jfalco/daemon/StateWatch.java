package io.jfalco.daemon;

import io.jfalco.state.HostState;
import io.jfalco.state.StateCounters;

/** Tells when bounded tables of the state are full. Owned by the event-loop thread. */
final class StateWatch {
  private final HostState state;
  private boolean threadsTold;
  private boolean fdsTold;

  StateWatch(HostState state) {
    this.state = state;
  }

  /** Looks, about once a second; each thing is told once. */
  void check() {
    StateCounters counters = state.counters();
    if (!threadsTold && counters.droppedThreads() > 0) {
      threadsTold = true;
      Log.warning(
          "The table of threads is full ("
              + state.threadCount()
              + " threads"
              + memory()
              + "): new threads are not known until others end. See falco_libs.thread_table_size,"
              + " and -Xmx in JFALCO_JAVA_OPTS");
    }
    if (!fdsTold && counters.droppedFds() > 0) {
      fdsTold = true;
      Log.warning(
          "A table of descriptors is full ("
              + state.descriptorCount()
              + " in all processes"
              + memory()
              + "): new descriptors are not known until others are closed. See -Xmx in"
              + " JFALCO_JAVA_OPTS");
    }
  }

  private String memory() {
    return ", " + (state.usedBytes() >> 20) + " MB in all";
  }

  /** What is printed at the end. */
  String summary() {
    StringBuilder out = new StringBuilder(512);
    out.append("State of the host:\n   - threads: ").append(state.threadCount());
    out.append("\n   - descriptors: ").append(state.descriptorCount());
    out.append("\n   - estimated memory: ").append(state.usedBytes()).append(" bytes\n");
    for (StateCounters.Count count : state.counters().all()) {
      out.append("   - ").append(count.name()).append(": ").append(count.value()).append('\n');
    }
    return out.toString();
  }
}
