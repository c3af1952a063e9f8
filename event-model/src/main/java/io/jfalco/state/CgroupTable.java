package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Interns sets of cgroups by their bytes. Bounded: when it is full it starts anew. */
final class CgroupTable {
  private static final int CAPACITY = 8192;
  private static final byte[][] OLD_NAMES = {bytes("perf"), bytes("mem"), bytes("io")};
  private static final byte[][] NAMES = {bytes("perf_event"), bytes("memory"), bytes("blkio")};
  private static final byte[] SUFFIX = bytes("_cgroup");

  private final StateCounters counters;
  private final ContainerTable containers;
  private final Cgroups[] slots = new Cgroups[CAPACITY];
  private int size;

  CgroupTable(StateCounters counters, ContainerTable containers) {
    this.counters = counters;
    this.containers = containers;
  }

  /** The set with these bytes: {@code subsystem=path} entries, each followed by a NUL byte. */
  Cgroups intern(Bytes raw) {
    if (raw.isEmpty()) {
      return Cgroups.NONE;
    }
    int at = raw.hash() & CAPACITY - 1;
    while (slots[at] != null) {
      if (raw.sameAs(slots[at].raw)) {
        return slots[at];
      }
      at = at + 1 & CAPACITY - 1;
    }
    if (size >= CAPACITY / 2) {
      Arrays.fill(slots, null);
      counters.evictedCgroups += size;
      size = 0;
      at = raw.hash() & CAPACITY - 1;
    }
    size++;
    slots[at] = create(raw);
    return slots[at];
  }

  private Cgroups create(Bytes raw) {
    Bytes text = new Bytes();
    byte[] bytes = raw.toArray();
    int from = 0;
    while (from < bytes.length) {
      int to = indexOf(bytes, 0, from, bytes.length);
      int equals = indexOf(bytes, '=', from, to);
      if (equals < to) {
        appendSubsystem(text, bytes, from, equals);
        text.append(bytes, equals, to - equals).append(0);
      }
      from = to + 1;
    }
    byte[] normalized = text.toArray();
    return new Cgroups(bytes, normalized, containers.intern(ContainerMatcher.match(normalized)));
  }

  /** Kernels name subsystems differently; fields show one name for each. */
  private static void appendSubsystem(Bytes out, byte[] bytes, int from, int to) {
    int start = out.length();
    int at = from;
    while (at < to) {
      if (at + SUFFIX.length <= to
          && Arrays.equals(bytes, at, at + SUFFIX.length, SUFFIX, 0, SUFFIX.length)) {
        at += SUFFIX.length;
        out.append(bytes, at, to - at);
        break;
      }
      out.append(bytes[at++]);
    }
    for (int i = 0; i < NAMES.length; i++) {
      int end = out.length();
      if (Arrays.equals(out.array(), start, end, OLD_NAMES[i], 0, OLD_NAMES[i].length)) {
        out.truncate(start).append(NAMES[i], 0, NAMES[i].length);
        return;
      }
    }
  }

  private static int indexOf(byte[] bytes, int value, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != (byte) value) {
      at++;
    }
    return at;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
