package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The programs beside those of system calls that cost the host too much to be always attached:
 * scheduler switches, page faults, delivered signals. Each is named as the system-call table names
 * its event, and is attached while that is wanted. Guarded by its owner.
 */
final class Tracepoints {
  private static final Set<String> NAMES =
      Set.of("sched_switch", "page_fault_user", "page_fault_kernel", "signal_deliver");

  private final NativeBpf bpf;
  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private final Set<String> attached = new TreeSet<>();

  /** The tracepoints among these loaded programs, none of them attached. */
  Tracepoints(NativeBpf bpf, Collection<String> programs) {
    this.bpf = bpf;
    programs.stream()
        .filter(NAMES::contains)
        .forEach(name -> codes.put(name, code(name).nextSetBit(0)));
  }

  /** True for programs that are attached on request only. */
  static boolean isOnRequest(String program) {
    return NAMES.contains(program);
  }

  /** Falco's code of the event that this program sends; nothing for another program. */
  static BitSet code(String program) {
    BitSet code = new BitSet();
    if (NAMES.contains(program)) {
      EventTable.syscall(program).map(Syscall::code).ifPresent(code::set);
    }
    return code;
  }

  /** Codes of the events that can be asked for. */
  BitSet supported() {
    BitSet all = new BitSet();
    codes.values().forEach(all::set);
    return all;
  }

  /** Names of the programs that are attached now. */
  List<String> attached() {
    return List.copyOf(attached);
  }

  /** Attaches what is wanted and detaches the rest; the programs that could not be. */
  Map<String, BpfError> apply(BitSet wanted) {
    Map<String, BpfError> failed = new LinkedHashMap<>();
    codes.forEach(
        (program, code) -> {
          try {
            set(program, wanted.get(code));
          } catch (BpfError error) {
            failed.put(program, error);
          }
        });
    return failed;
  }

  private void set(String program, boolean on) throws BpfError {
    if (on && attached.add(program)) {
      boolean done = false;
      try {
        bpf.attach(program);
        done = true;
      } finally {
        if (!done) {
          attached.remove(program);
        }
      }
    } else if (!on && attached.remove(program)) {
      bpf.detach(program);
    }
  }
}
