package io.jfalco.event;

/**
 * One system call.
 *
 * @param code Falco's architecture-neutral number (ppm_sc), 1..453
 * @param name name as the kernel has it
 * @param x8664 number on x86_64, or -1
 * @param aarch64 number on aarch64, or -1
 * @param exit the event type of its exit; GENERIC_X where it has none of its own
 */
public record Syscall(int code, String name, int x8664, int aarch64, EventType exit) {
  /** True when all events of this system call share the generic event type. */
  public boolean isGeneric() {
    return exit == EventType.GENERIC_X;
  }
}
