package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.state.ThreadSpec;
import io.jfalco.state.UserTable;
import java.io.IOException;

/**
 * Reads the entries of a capture's process list. Which fields an entry has depends on the version
 * of the list; from version 9 on an entry knows its length, and new fields are only appended.
 */
final class ThreadReader {
  /** Bytes behind the root directory in lists that know no pid namespace and no terminal. */
  private static final int TAIL_WITHOUT_NAMESPACE = 29;

  private final BlockReader in;
  private final ThreadSpec spec = new ThreadSpec();

  ThreadReader(BlockReader in) {
    this.in = in;
  }

  /** Reads one entry; valid until the next. */
  ThreadSpec read(int version) throws IOException, DamageException {
    spec.clear();
    long start = in.remaining();
    long length = version >= 9 ? in.u32() : 0;
    long end = start - length;
    if (end < 0) {
      throw new DamageException("the length of a process goes beyond its block");
    }
    spec.ids(in.s64(), in.s64(), in.s64());
    long session = version >= 6 ? in.s64() : -1;
    long virtualGroup = version >= 8 ? in.s64() : -1;
    in.sized(spec.comm());
    in.sized(spec.exe());
    if (version >= 7) {
      in.sized(spec.exePath());
    }
    strings(spec.args());
    in.sized(spec.cwd());
    spec.fdLimit(in.s64());
    spec.flags(in.u32());
    long uid = in.u32();
    long gid = in.u32();
    if (version >= 2) {
      readMemory(version);
    }
    long group = -1;
    long login = UserTable.UNKNOWN;
    if (length != 0) {
      if (in.remaining() - end > TAIL_WITHOUT_NAMESPACE) {
        spec.start(0, in.s64());
        spec.tty(in.u32());
      }
      login = optional(end, 4, login);
      readTail(end);
      group = optional(end, 8, -1);
      if (in.remaining() < end) {
        throw new DamageException("the length of a process does not fit its content");
      }
      in.skip(in.remaining() - end);
    }
    spec.groups(session, virtualGroup, group);
    spec.users(uid, gid, login == UserTable.UNKNOWN ? -1 : login);
    return spec;
  }

  private void readMemory(int version) throws IOException, DamageException {
    spec.memory(in.u32(), in.u32(), in.u32());
    spec.pageFaults(in.s64(), in.s64());
    if (version >= 3) {
      strings(spec.env());
    }
    if (version >= 4) {
      spec.virtualIds(in.s64(), in.s64());
      strings(spec.cgroups());
    }
    if (version >= 5) {
      in.sized(spec.root());
    }
  }

  /** Fields that are there as far as the entry reaches; {@code end} is what remains behind it. */
  private void readTail(long end) throws IOException, DamageException {
    final boolean writable = optional(end, 1, 0) != 0;
    spec.capabilities(optional(end, 8, 0), optional(end, 8, 0), optional(end, 8, 0));
    final boolean upper = optional(end, 1, 0) != 0;
    spec.exeFile(optional(end, 8, 0), optional(end, 8, 0), optional(end, 8, 0));
    final boolean memfd = optional(end, 1, 0) != 0;
    final boolean lower = optional(end, 1, 0) != 0;
    spec.exeMarks(writable, upper, lower, memfd);
  }

  private long optional(long end, int size, long missing) throws IOException, DamageException {
    if (in.remaining() - end < size) {
      return missing;
    }
    return switch (size) {
      case 1 -> in.u8();
      case 4 -> in.u32();
      default -> in.s64();
    };
  }

  /** Reads strings that each end with a NUL byte; the last one's is missing in some captures. */
  private void strings(Bytes out) throws IOException, DamageException {
    in.sized(out);
    if (!out.isEmpty() && out.at(out.length() - 1) != 0) {
      out.append(0);
    }
  }
}
