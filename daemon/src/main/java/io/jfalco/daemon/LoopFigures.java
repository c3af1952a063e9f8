package io.jfalco.daemon;

import io.jfalco.daemon.metrics.Reading;
import io.jfalco.event.Bytes;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.HostState;
import io.jfalco.state.StateCounters;
import java.util.List;

/**
 * What only the event loop knows, copied.
 *
 * @param events events taken
 * @param failures events given up because of a defect
 * @param state what is known of the host
 * @param rules matches of rules since the last reload
 */
record LoopFigures(long events, long failures, State state, List<Reading.RuleCount> rules) {
  /**
   * What is known of the host.
   *
   * @param threads threads that are known
   * @param fds descriptors that are known
   * @param bytes estimated memory
   * @param containers containers that are known
   * @param imageless containers of which no image is known
   * @param counters what the state has done
   */
  record State(
      long threads, long fds, long bytes, long containers, long imageless, Counters counters) {

    static State of(HostState state) {
      long[] containers = new long[2];
      state
          .containers()
          .forEach(
              info -> {
                containers[0]++;
                Bytes image = info.text(ContainerInfo.Text.IMAGE);
                containers[1] += image == null || image.length() == 0 ? 1 : 0;
              });
      return new State(
          state.threadCount(),
          state.descriptorCount(),
          state.usedBytes(),
          containers[0],
          containers[1],
          Counters.of(state.counters()));
    }
  }

  /**
   * Counters of the state.
   *
   * @param falco those that Falco has too, by Falco's names
   * @param all by our names
   */
  record Counters(List<StateCounters.Count> falco, List<StateCounters.Count> all) {
    private static Counters of(StateCounters from) {
      return new Counters(
          List.of(
              new StateCounters.Count("n_noncached_fd_lookups", from.foundFds()),
              new StateCounters.Count("n_failed_fd_lookups", from.missingFds()),
              new StateCounters.Count("n_added_fds", from.addedFds()),
              new StateCounters.Count("n_removed_fds", from.removedFds()),
              new StateCounters.Count("n_stored_evts", from.storedEnterEvents()),
              new StateCounters.Count("n_retrieved_evts", from.retrievedEnterEvents()),
              new StateCounters.Count("n_noncached_thread_lookups", from.foundThreads()),
              new StateCounters.Count("n_cached_thread_lookups", from.recentThreads()),
              new StateCounters.Count("n_failed_thread_lookups", from.failedLookups()),
              new StateCounters.Count("n_added_threads", from.addedThreads()),
              new StateCounters.Count("n_removed_threads", from.removedThreads()),
              new StateCounters.Count("n_drops_full_threadtable", from.droppedThreads())),
          from.all());
    }
  }
}
