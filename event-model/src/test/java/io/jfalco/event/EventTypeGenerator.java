package io.jfalco.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Writes what is generated from the event table: {@code EventType.java} and the C headers of the
 * eBPF programs. {@link GeneratedFilesTest} fails when a committed file differs; run it with {@code
 * -Dgenerate=true} to write the files again.
 */
final class EventTypeGenerator {
  private EventTypeGenerator() {}

  /** Generated files below the root of the project, with their content. */
  static Map<Path, String> files() {
    return new TreeMap<>(
        Map.of(
            Path.of("event-model/src/main/java/io/jfalco/event/EventType.java"), enumSource(),
            Path.of("native/bpf/include/events.gen.h"), header(),
            Path.of("native/bpf/include/collect.gen.h"), CollectTableGenerator.header(),
            Path.of("native/bpf/include/ia32.gen.h"), Ia32TableGenerator.header()));
  }

  static void write(Path root) throws IOException {
    for (Map.Entry<Path, String> file : files().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static String enumSource() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        package io.jfalco.event;

        /**
         * Event types; the ordinal is the event number. Generated from {@code events.tsv} by {@code
         * EventTypeGenerator}: do not edit.
         */
        public enum EventType {
        """);
    String separator = "";
    for (String[] row : EventTable.rows("events.tsv")) {
      out.append(separator).append("  ").append(row[1]);
      separator = ",\n";
    }
    out.append(
        """
        ;

          private static final EventType[] VALUES = values();

          /** Number of event types. */
          public static final int COUNT = VALUES.length;

          /** The type with this number, or null when there is none. Allocates nothing. */
          public static EventType of(int number) {
            return number >= 0 && number < COUNT ? VALUES[number] : null;
          }

          /** The row of the event table. Allocates nothing. */
          public EventInfo info() {
            return EventTable.info(this);
          }
        }
        """);
    return out.toString();
  }

  private static String header() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        /* SPDX-License-Identifier: GPL-2.0-only OR MIT */
        /* Generated from the event table (event-model) by EventTypeGenerator: do not edit. */
        #pragma once

        /* Event numbers and parameter counts. */
        """);
    for (EventInfo event : EventTable.events()) {
      if (event.isLive()) {
        out.append("#define EVT_%s %d\n".formatted(event.type(), event.type().ordinal()));
        out.append("#define EVT_%s_PARAMS %d\n".formatted(event.type(), event.params().size()));
      }
    }
    for (String table : new TreeMap<>(EventTable.flagTables()).keySet()) {
      out.append("\n/* Flag table %s: portable values, not the kernel's. */\n".formatted(table));
      for (FlagTable.Entry entry : EventTable.flagTable(table).entries()) {
        out.append("#define %s__%s %du\n".formatted(table, entry.name(), entry.value()));
      }
    }
    out.append("\n/* System call numbers of the machine that is compiled for. */\n");
    out.append("#if defined(__TARGET_ARCH_arm64) || defined(__aarch64__)\n");
    numbers(out, Syscall::aarch64);
    out.append("#else\n");
    numbers(out, Syscall::x8664);
    out.append("#endif\n\n/* X(name, Falco's code) for the generic system calls of x86_64. */\n");
    out.append("#define GENERIC_SYSCALLS(X)");
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.isGeneric() && syscall.x8664() >= 0) {
        out.append(" \\\n\tX(%s, %d)".formatted(syscall.name(), syscall.code()));
      }
    }
    return out.append("\n").toString();
  }

  private static void numbers(StringBuilder out, ToIntFunction<Syscall> number) {
    for (Syscall syscall : EventTable.syscalls()) {
      if (number.applyAsInt(syscall) >= 0) {
        out.append("#define NR_%s %d\n".formatted(syscall.name(), number.applyAsInt(syscall)));
      }
    }
  }
}
