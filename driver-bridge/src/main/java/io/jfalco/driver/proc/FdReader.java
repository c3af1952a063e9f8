package io.jfalco.driver.proc;

import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.StateBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the descriptors of a process from {@code /proc/PID/fd}. */
final class FdReader {
  private static final int FDINFO_LIMIT = 512;
  private static final Map<String, FdType> ANONYMOUS =
      Map.ofEntries(
          Map.entry("anon_inode:[eventfd]", FdType.EVENT),
          Map.entry("anon_inode:[eventpoll]", FdType.EVENTPOLL),
          Map.entry("anon_inode:inotify", FdType.INOTIFY),
          Map.entry("anon_inode:[signalfd]", FdType.SIGNALFD),
          Map.entry("anon_inode:[timerfd]", FdType.TIMERFD),
          Map.entry("anon_inode:[io_uring]", FdType.IO_URING),
          Map.entry("anon_inode:[userfaultfd]", FdType.USERFAULTFD),
          Map.entry("anon_inode:[pidfd]", FdType.PIDFD),
          Map.entry("anon_inode:bpf-map", FdType.BPF),
          Map.entry("anon_inode:bpf-prog", FdType.BPF),
          Map.entry("anon_inode:bpf-link", FdType.BPF),
          Map.entry("anon_inode:bpf_iter", FdType.BPF));

  private final Map<String, SocketTables> tables = new HashMap<>();
  private final FdSpec spec = new FdSpec();
  private long flags;
  private long mountId;

  /** Forgets the sockets that were read, so that the next need reads them again. */
  void forgetSockets() {
    tables.clear();
  }

  /** Adds all descriptors of a process. */
  void readAll(Path process, long pid, StateBuilder into) {
    ProcFiles.numbers(process.resolve("fd"), fd -> read(process, pid, fd, into));
  }

  /** Adds one descriptor, if it is still there. */
  void read(Path process, long pid, long fd, StateBuilder into) {
    Path link = process.resolve("fd").resolve(Long.toString(fd));
    Text target = ProcFiles.link(link);
    if (!target.isEmpty() && describe(process, link, fd, target)) {
      into.add(pid, spec);
    }
  }

  private boolean describe(Path process, Path link, long fd, Text target) {
    spec.clear();
    if (target.startsWith("socket:[")) {
      long inode = inode(target, "socket:[");
      return sockets(process).describe(inode, fd, spec);
    }
    if (target.startsWith("pipe:[")) {
      spec.is(fd, FdType.FIFO, inode(target, "pipe:["));
      name(target);
      return true;
    }
    if (target.startsWith("anon_inode:")) {
      FdType type = ANONYMOUS.getOrDefault(ascii(target), FdType.UNSUPPORTED);
      spec.is(fd, type, ProcFiles.facts(link).map(FileFacts::inode).orElse(0L));
      return true;
    }
    return file(process, link, fd, target);
  }

  private boolean file(Path process, Path link, long fd, Text target) {
    Optional<FileFacts> facts = ProcFiles.facts(link);
    if (facts.isEmpty()) {
      return false;
    }
    long inode = facts.get().inode();
    if (facts.get().isFifo()) {
      spec.is(fd, FdType.FIFO, inode);
    } else if (facts.get().isSocket()) {
      spec.is(fd, FdType.UNSUPPORTED, inode);
    } else if (facts.get().isDirectory()) {
      spec.is(fd, FdType.DIRECTORY, inode);
    } else if (target.startsWith("/memfd:")) {
      spec.is(fd, FdType.MEMFD, inode);
    } else {
      spec.is(fd, FdType.FILE_V2, inode);
      Path info = process.resolve("fdinfo").resolve(Long.toString(fd));
      ProcFiles.read(info, FDINFO_LIMIT).lines(this::infoLine);
      spec.file(flags, 0, mountId);
      flags = 0;
      mountId = 0;
    }
    name(target);
    return true;
  }

  private void infoLine(Text line) {
    if (line.startsWith("flags:")) {
      flags = OpenFlags.portable(line.after("flags:").word(0).number(8, 0));
    } else if (line.startsWith("mnt_id:")) {
      mountId = line.after("mnt_id:").word(0).number(10, 0);
    }
  }

  /** The tables of the process's network namespace, read once for each namespace. */
  private SocketTables sockets(Path process) {
    String namespace = ascii(ProcFiles.link(process.resolve("ns/net")));
    return tables.computeIfAbsent(namespace, key -> SocketTables.read(process.resolve("net")));
  }

  private void name(Text target) {
    spec.name().copyFrom(target.bytes(), target.from(), target.length());
  }

  private static long inode(Text target, String prefix) {
    return target.after(prefix).number(10, 0);
  }

  private static String ascii(Text text) {
    return new String(text.toBytes(), StandardCharsets.ISO_8859_1);
  }
}
