package io.jfalco.driver;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Hides what this process does itself: the kernel module, unlike the eBPF programs, sends that too.
 * Knows its threads from {@code /proc} and from the events of their start and end. Allocates
 * nothing for an event.
 */
final class OwnEvents implements EventHandler {
  /** Place of the process id in the events of new threads and new programs. */
  private static final int PID_PARAM = 4;

  private final long pid;
  private final Path tasks;
  private final BitSet threads = new BitSet();
  private EventHandler next = event -> {};
  private long hidden;
  private int changedCpu = -1;

  /**
   * Hides a process.
   *
   * @param proc the host's {@code /proc}
   * @param pid its id, as the initial pid namespace numbers it
   */
  OwnEvents(Path proc, long pid) {
    this.pid = pid;
    this.tasks = proc.resolve(Long.toString(pid)).resolve("task");
  }

  /** Reads the threads anew: at the start, and after events were lost. */
  void readThreads() {
    threads.clear();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(tasks)) {
      for (Path entry : entries) {
        threads.set(Integer.parseInt(entry.getFileName().toString()));
      }
    } catch (IOException | NumberFormatException unknown) {
      threads.set((int) pid); // the rest tells itself by events
    }
  }

  /** Where the events of others go. */
  EventHandler to(EventHandler handler) {
    next = handler;
    return this;
  }

  @Override
  public void onEvent(EventView event) {
    EventType type = event.type();
    int tid = (int) event.tid();
    switch (type) {
      case SYSCALL_CLONE_20_X,
          SYSCALL_CLONE3_X,
          SYSCALL_FORK_20_X,
          SYSCALL_VFORK_20_X,
          SYSCALL_EXECVE_19_X,
          SYSCALL_EXECVEAT_X -> {
        if (!event.isMissing(PID_PARAM)) {
          threads.set(tid, event.s64(PID_PARAM, 0) == pid);
        }
      }
      case CPU_HOTPLUG_E -> {
        changedCpu = event.s32(0, 0);
        hidden++;
        return;
      }
      default -> {}
    }
    if (threads.get(tid)) {
      hidden++;
      if (type == EventType.PROCEXIT_1_E) {
        threads.clear(tid);
      }
      return;
    }
    next.onEvent(event);
  }

  /** Events that were not passed on. Another thread may see it a little late. */
  long hidden() {
    return hidden;
  }

  /** A CPU that came or went, or -1. */
  int changedCpu() {
    return changedCpu;
  }
}
