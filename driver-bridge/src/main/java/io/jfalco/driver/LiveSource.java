package io.jfalco.driver;

import io.jfalco.driver.proc.Snapshot;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This host's system calls, whatever the kernel side is. {@link #interest} may be called by any
 * thread, the rest as {@link EventSource} says.
 */
public interface LiveSource extends EventSource {
  /**
   * Says which system calls are sent from now on; before the first call none are. The end of
   * processes is always sent. Widen it before rules that need more come into force.
   *
   * @param codes Falco's codes, as {@link Syscall#code}
   */
  void interest(BitSet codes);

  /** Codes (Falco's) of what the kernel side can send. The source must be open. */
  BitSet supported();

  /** The programs that this kernel did not take; complete after {@link #start}. */
  List<RefusedProgram> refused();

  /**
   * What the kernel side tells of threads and descriptors, to be read once, after {@link #start}
   * and before the first {@link #poll}. It may go on to correct the state while events are polled.
   */
  default Snapshot snapshot() {
    return Snapshot.NONE;
  }

  /** Why {@link #snapshot} tells nothing, or not all; for the log, known after it was read. */
  default Optional<String> snapshotProblem() {
    return Optional.empty();
  }

  /**
   * What BPF iterators read at the start, by the types of their records; empty without iterators.
   * Settled when polling begins.
   */
  default Map<EventType, Long> iterated() {
    return Map.of();
  }

  /** Runs of the attached programs, where the kernel counts them; any thread. */
  default List<ProgramRuns> programRuns() {
    return List.of();
  }
}
