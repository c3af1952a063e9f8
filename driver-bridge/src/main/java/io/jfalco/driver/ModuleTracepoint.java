package io.jfalco.driver;

import java.util.Set;

/**
 * Tracepoints that Falco's kernel module can attach to, in its order. Each is needed when one of
 * some system calls (or events that are chosen like these) is wanted.
 */
enum ModuleTracepoint {
  /** Paths and addresses as they were before the call; needed by any system call. */
  SYS_ENTER(Set.of()),
  /** Needed by any system call. */
  SYS_EXIT(Set.of()),
  /** The end of threads. */
  SCHED_PROCESS_EXIT(Set.of("sched_process_exit")),
  /** Switches of the scheduler. */
  SCHED_SWITCH(Set.of("sched_switch")),
  /** Page faults of programs. */
  PAGE_FAULT_USER(Set.of("page_fault_user")),
  /** Page faults of the kernel. */
  PAGE_FAULT_KERNEL(Set.of("page_fault_kernel")),
  /** Delivered signals. */
  SIGNAL_DELIVER(Set.of("signal_deliver")),
  /** A new thread, as it sees itself. */
  SCHED_PROCESS_FORK(Set.of("clone", "clone3", "fork", "vfork")),
  /** A program that was started. */
  SCHED_PROCESS_EXEC(Set.of("execve", "execveat"));

  private final Set<String> calls;

  ModuleTracepoint(Set<String> calls) {
    this.calls = calls;
  }

  /** Names of what it is needed for; empty: any system call. */
  Set<String> calls() {
    return calls;
  }
}
