package io.jfalco.driver;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * An eBPF program that this kernel did not take. The others work; what this one would have seen is
 * missing.
 *
 * @param name name of the program
 * @param syscalls codes (Falco's) of the system calls that are not seen because of it
 * @param processExit true when the end of processes is not seen
 * @param reason what the kernel answered
 * @param log file with the words of libbpf and of the verifier, when it could be written
 */
public record RefusedProgram(
    String name, BitSet syscalls, boolean processExit, String reason, Optional<Path> log) {
  /** Copies the set. */
  public RefusedProgram {
    syscalls = (BitSet) syscalls.clone();
  }

  /** A copy of the codes. */
  @Override
  public BitSet syscalls() {
    return (BitSet) syscalls.clone();
  }
}
