package io.jfalco.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What decides whether this process may use eBPF here.
 *
 * @param kernelRelease as {@code uname -r} prints it
 * @param capabilities effective capabilities of this process, one bit each
 * @param hasBtf whether the kernel describes its own types
 * @param lockdown the kernel's lockdown mode, empty when there is none
 */
record HostFacts(String kernelRelease, long capabilities, boolean hasBtf, String lockdown) {
  static final int CAP_SYS_ADMIN = 21;
  static final int CAP_SYS_RESOURCE = 24;
  static final int CAP_PERFMON = 38;
  static final int CAP_BPF = 39;

  /** Where the kernel describes its own types. */
  static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

  /** Reads them. */
  static HostFacts read() {
    return new HostFacts(
        text(Path.of("/proc/sys/kernel/osrelease")),
        capabilities(text(Path.of("/proc/self/status"))),
        Files.isReadable(BTF),
        lockdown(text(Path.of("/sys/kernel/security/lockdown"))));
  }

  /** True while the kernel counts the runs of eBPF programs. */
  static boolean countsProgramRuns() {
    return text(Path.of("/proc/sys/kernel/bpf_stats_enabled")).equals("1");
  }

  boolean has(int capability) {
    return (capabilities >>> capability & 1) != 0;
  }

  /** True when the capabilities are those that loading tracing programs takes. */
  boolean mayTrace() {
    return has(CAP_SYS_ADMIN) || has(CAP_BPF) && has(CAP_PERFMON);
  }

  /** True when the kernel is at least this version; an unreadable version counts as new. */
  boolean isAtLeast(int major, int minor) {
    String[] part = kernelRelease.split("[^0-9]+", 3);
    if (part.length < 2 || part[0].isEmpty() || part[1].isEmpty()) {
      return true;
    }
    int hasMajor = Integer.parseInt(part[0]);
    return hasMajor > major || hasMajor == major && Integer.parseInt(part[1]) >= minor;
  }

  static long capabilities(String status) {
    for (String line : status.split("\n", -1)) {
      if (line.startsWith("CapEff:")) {
        return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
      }
    }
    return 0;
  }

  private static String lockdown(String modes) {
    int open = modes.indexOf('[');
    int close = modes.indexOf(']');
    return open >= 0 && close > open ? modes.substring(open + 1, close) : "";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException absent) {
      return "";
    }
  }
}
