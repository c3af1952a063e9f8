package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.Syscall;
import java.util.BitSet;

/**
 * Tells the module which events are wanted, by the difference to what it was told before. Guarded
 * by its owner.
 */
final class ModuleInterest {
  private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");

  private final ModuleDevices devices;
  private final BitSet numbers = new BitSet();
  private final BitSet tracepoints = new BitSet();

  ModuleInterest(ModuleDevices devices) {
    this.devices = devices;
  }

  /** Codes of everything that the module can send on this kind of machine. */
  static BitSet supported() {
    BitSet codes = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (number(syscall) >= 0) {
        codes.set(syscall.code());
      }
    }
    for (ModuleTracepoint tracepoint : ModuleTracepoint.values()) {
      codes.or(codes(tracepoint));
    }
    return codes;
  }

  /** From now on these are sent, by Falco's codes, and the end of threads; nothing else. */
  void set(BitSet codes) throws DriverException {
    BitSet wantedNumbers = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (codes.get(syscall.code()) && number(syscall) >= 0) {
        wantedNumbers.set(number(syscall));
      }
    }
    BitSet wantedTracepoints = new BitSet();
    for (ModuleTracepoint tracepoint : ModuleTracepoint.values()) {
      boolean wanted =
          switch (tracepoint) {
            case SYS_ENTER, SYS_EXIT -> !wantedNumbers.isEmpty();
            case SCHED_PROCESS_EXIT -> true;
            default -> codes(tracepoint).intersects(codes);
          };
      wantedTracepoints.set(tracepoint.ordinal(), wanted);
    }
    // First the calls: a tracepoint without them sends nothing.
    change(numbers, wantedNumbers, ModuleRequest.ENABLE_SYSCALL, ModuleRequest.DISABLE_SYSCALL);
    change(tracepoints, wantedTracepoints, ModuleRequest.ENABLE_TP, ModuleRequest.DISABLE_TP);
  }

  /** Nothing is sent any more. */
  void clear() throws DriverException {
    change(tracepoints, new BitSet(), ModuleRequest.ENABLE_TP, ModuleRequest.DISABLE_TP);
  }

  private void change(BitSet known, BitSet wanted, ModuleRequest enable, ModuleRequest disable)
      throws DriverException {
    BitSet changed = (BitSet) known.clone();
    changed.xor(wanted);
    for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
      devices.request(wanted.get(i) ? enable : disable, i);
      known.set(i, wanted.get(i));
    }
  }

  private static int number(Syscall syscall) {
    return IS_ARM ? syscall.aarch64() : syscall.x8664();
  }

  private static BitSet codes(ModuleTracepoint tracepoint) {
    BitSet codes = new BitSet();
    for (String call : tracepoint.calls()) {
      EventTable.syscall(call).ifPresent(syscall -> codes.set(syscall.code()));
    }
    return codes;
  }
}
