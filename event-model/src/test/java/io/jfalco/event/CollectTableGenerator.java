package io.jfalco.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes {@code collect.gen.h}, the table of the eBPF program {@code collect}, from {@code
 * collect.tsv}. A row that does not fit its event in {@code events.tsv} is an error.
 */
final class CollectTableGenerator {
  /** Parameters that a row can have. */
  static final int MAX_OPS = 9;

  private static final Map<String, Integer> KIND_SIZES =
      Map.ofEntries(
          Map.entry("u8", 1),
          Map.entry("u16", 2),
          Map.entry("u32", 4),
          Map.entry("u64", 8),
          Map.entry("fd", 8),
          Map.entry("low", 8),
          Map.entry("text", -1),
          Map.entry("kpath", -1),
          Map.entry("kcwd", -1),
          Map.entry("kroot", -1),
          Map.entry("toctou", 4));
  private static final Set<String> SOURCES =
      Set.of("0", "1", "2", "3", "4", "5", "ret", "zero", "code", "number");

  private CollectTableGenerator() {}

  static String header() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        /* SPDX-License-Identifier: GPL-2.0-only OR MIT */
        /* Generated from collect.tsv (event-model) by CollectTableGenerator: do not edit. */
        #pragma once

        #include "collect.h"

        /* By system call number; an entry without an event is not for the program collect. */
        static const struct collect_row collect_rows[JF_SYSCALLS] = {
        """);
    Map<EventType, List<String>> rows = rows();
    for (Syscall syscall : EventTable.syscalls()) {
      List<String> ops = rows.get(syscall.exit());
      boolean everywhere = syscall.x8664() >= 0 && syscall.aarch64() >= 0;
      if (ops != null && (syscall.x8664() >= 0 || syscall.aarch64() >= 0)) {
        out.append(everywhere ? "" : "#ifdef NR_%s\n".formatted(syscall.name()));
        out.append(
            "\t[NR_%s] = { EVT_%s, %d, %d, {"
                .formatted(syscall.name(), syscall.exit(), syscall.code(), ops.size()));
        ops.forEach(op -> out.append(' ').append(op).append(','));
        out.append(" } },\n");
        out.append(everywhere ? "" : "#endif\n");
      }
    }
    return out.append("};\n").toString();
  }

  /** The operations for the parameters of each event, as C initialisers. */
  static Map<EventType, List<String>> rows() {
    Map<EventType, List<String>> rows = new HashMap<>();
    for (String[] row : EventTable.rows("collect.tsv")) {
      EventType type = EventType.valueOf(row[0]);
      List<String> ops = new ArrayList<>();
      List<ParamInfo> params = EventTable.info(type).params();
      String[] specs = row[1].isEmpty() ? new String[0] : row[1].split(" ");
      require(specs.length == params.size() && specs.length <= MAX_OPS, row[0], row[1]);
      for (int i = 0; i < specs.length; i++) {
        ops.add(op(row[0], specs[i], params.get(i)));
      }
      require(rows.put(type, ops) == null, row[0], "twice");
    }
    return rows;
  }

  private static String op(String event, String spec, ParamInfo param) {
    int colon = spec.indexOf(':');
    int equals = spec.indexOf('=');
    String kind = spec.substring(0, colon);
    String source = spec.substring(colon + 1, equals < 0 ? spec.length() : equals);
    String conversion = equals < 0 ? "none" : spec.substring(equals + 1);
    require(SOURCES.contains(source), event, spec);
    Integer size = KIND_SIZES.get(kind);
    require(size != null && size == param.type().size(), event, spec);
    require(size > 0 || param.type().isText(), event, spec);
    return "{ COLLECT_%s, %s, CONVERT_%s }"
        .formatted(upper(kind), sourceText(source), upper(conversion));
  }

  private static String sourceText(String source) {
    return Character.isDigit(source.charAt(0)) ? source : "SOURCE_" + upper(source);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static void require(boolean condition, String event, String what) {
    if (!condition) {
      throw new IllegalStateException("collect.tsv: " + event + ": " + what);
    }
  }
}
