package io.jfalco.driver;

import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.List;

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
}
