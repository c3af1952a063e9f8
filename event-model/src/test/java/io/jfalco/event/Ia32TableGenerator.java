package io.jfalco.event;

import java.util.Locale;

/** Writes {@code ia32.gen.h}, the table of the eBPF program {@code ia32}, from {@code ia32.tsv}. */
final class Ia32TableGenerator {
  static final int SOCKETCALL = 102;
  static final int IPC = 117;

  private Ia32TableGenerator() {}

  static String header() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        /* SPDX-License-Identifier: GPL-2.0-only OR MIT */
        /* Generated from ia32.tsv (event-model) by Ia32TableGenerator: do not edit. */
        #pragma once

        #include "compat.h"

        /* By 32-bit system call number. Not static: see README.md. */
        const struct compat_row ia32_calls[JF_SYSCALLS] = {
        """);
    rows(out, 0);
    out.append("};\n\n/* By the first argument of socketcall. */\n");
    out.append("const struct compat_row ia32_socketcalls[32] = {\n");
    rows(out, SOCKETCALL);
    out.append("};\n\n/* By the first argument of ipc. */\n");
    out.append("const struct compat_row ia32_ipccalls[32] = {\n");
    rows(out, IPC);
    return out.append("};\n").toString();
  }

  /** The calls with a number of their own, or those that a number stands for. */
  private static void rows(StringBuilder out, int multiplexer) {
    for (Ia32Call call : EventTable.ia32Calls()) {
      if (multiplexer == 0 ? call.part() == 0 : call.number() == multiplexer) {
        out.append(
            "\t[%d] = { NR_%s + 1, COMPAT_%s },\n"
                .formatted(
                    multiplexer == 0 ? call.number() : call.part(),
                    call.call().name(),
                    call.form().isEmpty() ? "PLAIN" : call.form().toUpperCase(Locale.ROOT)));
      }
    }
  }
}
