package io.jfalco.event;

/**
 * A system call of 32-bit programs on x86_64, which is delivered as the 64-bit call of the same
 * purpose.
 *
 * @param number number in the 32-bit table
 * @param part which call of {@code socketcall} or {@code ipc}; 0 for all other numbers
 * @param call the 64-bit call
 * @param form what differs in its arguments, a COMPAT_ constant of the eBPF side in lower case;
 *     empty when nothing does
 */
public record Ia32Call(int number, int part, Syscall call, String form) {}
