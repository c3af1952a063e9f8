package io.jfalco.event;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Which event types the eBPF programs of the source tree make on x86_64. */
final class CollectedEvents {
  private final Path programs;
  private final Set<EventType> byTable = EnumSet.noneOf(EventType.class);

  CollectedEvents(Path root) {
    programs = root.resolve("native/bpf/programs");
    byTable.addAll(CollectTableGenerator.rows().keySet());
  }

  /** True when a row of {@code collect.tsv} or a program of its own makes events of this type. */
  boolean contains(EventInfo event) {
    if (byTable.contains(event.type())) {
      return true;
    }
    if (event.origins().contains(EventOrigin.TRACEPOINT)) {
      return hasProgram(event.name());
    }
    return EventTable.syscalls().stream()
        .anyMatch(syscall -> isOf(syscall, event) && hasProgram(syscall.name()));
  }

  /** True when the system call exists on x86_64 and ends with this event. */
  static boolean isOf(Syscall syscall, EventInfo event) {
    return syscall.exit() == event.type() && syscall.x8664() >= 0;
  }

  private boolean hasProgram(String name) {
    return Files.isRegularFile(programs.resolve(name + ".bpf.c"));
  }
}
