package io.jfalco.driver.proc;

import io.jfalco.event.Bytes;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadSpec;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads processes, threads, descriptors, sockets, users and network interfaces of this host: all of
 * them at start, single ones later. Owned by the thread that owns the state. Nothing that is
 * missing or strange raises an exception.
 */
public final class ProcScanner implements ThreadLookup {
  private static final int SMALL = 8192;
  private static final int COMMAND_LIMIT = 4096;
  private static final int ENVIRONMENT_LIMIT = 4096;
  private static final int EXE_LIMIT = 1024;
  private static final long SECOND = 1_000_000_000L;
  private static final long TICK = SECOND / 100;
  private static final int BOOT_TIME_TRIES = 4;
  private static final long SHARED_BY_THREADS = 1 | 1 << 13;
  private static final long SOCKETS_STAY_FRESH = SECOND;
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "io", "memory");

  private final Path root;
  private final Path proc;
  private final FdReader descriptors = new FdReader();
  private final ThreadSpec spec = new ThreadSpec();
  private long bootTime;
  private long socketsRead;

  /**
   * A scanner.
   *
   * @param hostRoot where the host's root directory is: {@code /} unless in a container
   */
  public ProcScanner(Path hostRoot) {
    root = hostRoot;
    proc = hostRoot.resolve("proc");
    bootTime = readBootTime();
  }

  /** Start of the machine, nanoseconds since the epoch. */
  public long bootTime() {
    return bootTime;
  }

  /** Fills an empty state with everything that exists now, all of it from {@code /proc}. */
  public void scan(HostState state) {
    scan(state, Snapshot.NONE);
  }

  /** Fills an empty state with everything that exists now. */
  public void scan(HostState state, Snapshot snapshot) {
    StateBuilder builder = new StateBuilder(state);
    String prefix = root.toString();
    state.hostRoot(prefix.equals("/") ? "" : prefix);
    builder.bootTime(bootTime);
    addInterfaces(builder);
    new HostAccounts(root).refresh(state.users());
    descriptors.forgetSockets();
    if (!snapshot.addThreads(builder)) {
      ProcFiles.numbers(proc, pid -> addProcess(pid, builder));
    } else {
      if (!snapshot.addFds(builder)) {
        ProcFiles.numbers(proc, pid -> descriptors.readAll(process(pid), pid, builder));
      }
      addMissingParents(builder);
    }
    builder.finish();
    snapshot.added(builder);
    descriptors.forgetSockets();
  }

  /** A kernel may hide processes from a snapshot, like the first one; others tell of them. */
  private void addMissingParents(StateBuilder builder) {
    Set<Long> looked = new HashSet<>();
    Set<Long> missing = new TreeSet<>();
    do {
      missing.forEach(pid -> addProcess(pid, builder));
      missing.clear();
      builder
          .state()
          .forEachThread(
              thread -> {
                long parent = thread.ptid();
                if (parent > 0 && builder.state().thread(parent) == null && looked.add(parent)) {
                  missing.add(parent);
                }
              });
    } while (!missing.isEmpty());
  }

  private void addProcess(long pid, StateBuilder builder) {
    Path process = process(pid);
    if (!describe(process, pid)) {
      return;
    }
    Path holder = spec.isEnded() ? other(process, pid) : process;
    builder.add(spec);
    ProcFiles.numbers(
        process.resolve("task"),
        tid -> {
          if (tid != pid && describe(process.resolve("task").resolve(Long.toString(tid)), tid)) {
            builder.add(spec);
          }
        });
    descriptors.readAll(holder, pid, builder);
  }

  /**
   * Another thread of a process whose main thread has ended: that one has no descriptors any more,
   * and its cgroups are not shown.
   */
  private static Path other(Path process, long pid) {
    Path tasks = process.resolve("task");
    long[] other = {pid};
    ProcFiles.numbers(tasks, tid -> other[0] = tid == pid ? other[0] : tid);
    return tasks.resolve(Long.toString(other[0]));
  }

  @Override
  public boolean lookup(long tid, StateBuilder into) {
    if (tid <= 0 || !describe(process(tid), tid)) {
      return false;
    }
    long pid = spec.pid();
    if (pid != tid && into.state().thread(pid) == null && describe(process(pid), pid)) {
      addMain(pid, into);
    }
    if (pid != tid && !describe(process(tid), tid)) {
      return false;
    }
    return pid == tid ? addMain(tid, into) : into.addLinked(spec);
  }

  private boolean addMain(long pid, StateBuilder into) {
    if (!into.addLinked(spec)) {
      return false;
    }
    refreshSockets();
    descriptors.readAll(process(pid), pid, into);
    return true;
  }

  @Override
  public void lookupFd(long pid, long fd, StateBuilder into) {
    refreshSockets();
    descriptors.read(process(pid), pid, fd, into);
  }

  @Override
  public boolean isAlive(long pid, long tid) {
    return Files.exists(process(pid).resolve("task").resolve(Long.toString(tid)));
  }

  /** Socket tables are long: they are read at most once in a second. */
  private void refreshSockets() {
    long now = System.nanoTime();
    if (now - socketsRead > SOCKETS_STAY_FRESH) {
      descriptors.forgetSockets();
      socketsRead = now;
    }
  }

  private Path process(long pid) {
    return proc.resolve(Long.toString(pid));
  }

  /** Describes a thread; false when it is gone, or belongs to the kernel. */
  private boolean describe(Path thread, long tid) {
    spec.clear();
    Text command = ProcFiles.strings(thread.resolve("cmdline"), COMMAND_LIMIT);
    Text exe = ProcFiles.link(thread.resolve("exe"));
    ProcStatus status = new ProcStatus();
    status.stat(ProcFiles.read(thread.resolve("stat"), SMALL));
    if (command.isEmpty() && exe.isEmpty()) {
      if (!status.isZombie || status.threads < 2) {
        return false;
      }
      spec.ended();
    }
    if (!status.status(ProcFiles.read(thread.resolve("status"), SMALL))) {
      return false;
    }
    command(command);
    put(spec.exePath(), exe);
    comm(ProcFiles.read(thread.resolve("comm"), SMALL));
    boolean isMain = status.pid == tid;
    if (isMain) {
      list(spec.env(), ProcFiles.strings(thread.resolve("environ"), ENVIRONMENT_LIMIT));
      put(spec.cwd(), ProcFiles.link(thread.resolve("cwd")));
    }
    put(spec.root(), ProcFiles.link(thread.resolve("root")));
    Path member = spec.isEnded() ? other(thread, tid) : thread;
    cgroups(ProcFiles.read(member.resolve("cgroup"), SMALL));
    long login = ProcFiles.read(thread.resolve("loginuid"), 32).number(10, 0xffffffffL);
    ids(tid, status);
    spec.users(status.uid, status.gid, login)
        .tty(status.tty)
        .flags(isMain ? 0 : SHARED_BY_THREADS)
        .fdLimit(fdLimit(ProcFiles.read(thread.resolve("limits"), SMALL)))
        .memory(status.vmSize, status.vmRss, status.vmSwap)
        .pageFaults(status.majorFaults, status.minorFaults)
        .capabilities(status.capInheritable, status.capPermitted, status.capEffective)
        .start(startTime(status), namespaceStart(thread, status, tid));
    executable(thread, status, exe);
    return true;
  }

  private void ids(long tid, ProcStatus status) {
    long vtid = status.vtid < 0 ? tid : status.vtid;
    long vpid = status.vpid < 0 ? status.pid : status.vpid;
    spec.ids(tid, status.pid, status.parent).virtualIds(vtid, vpid);
    long group = status.vpgid < 0 ? status.pgid : status.vpgid;
    spec.groups(status.sid, group, status.pgid);
  }

  private void executable(Path thread, ProcStatus status, Text exe) {
    boolean fromMemfd = exe.startsWith("/memfd:");
    ProcFiles.facts(thread.resolve("exe"))
        .ifPresent(
            facts -> {
              spec.exeFile(facts.inode(), facts.changeTime(), facts.modifyTime());
              boolean writable = facts.isWritableBy(status.uid, status.gid);
              spec.exeMarks(writable, false, false, fromMemfd);
            });
  }

  private long startTime(ProcStatus status) {
    return status.startTicks < 0 ? 0 : bootTime + status.startTicks * TICK;
  }

  /** Start of the init process that the thread sees; on the host, that of the machine. */
  private long namespaceStart(Path thread, ProcStatus status, long tid) {
    if (status.vtid < 0 || status.vtid == tid) {
      return bootTime;
    }
    ProcStatus init = new ProcStatus();
    init.stat(ProcFiles.read(thread.resolve("root/proc/1/stat"), SMALL));
    return startTime(init);
  }

  /** The first argument is the program, the others the arguments. */
  private void command(Text command) {
    if (command.isEmpty()) {
      return;
    }
    int end = command.indexOf(0, 0);
    end = end < 0 ? command.to() : end;
    put(spec.exe(), new Text(command.bytes(), command.from(), Math.min(end, EXE_LIMIT)));
    list(spec.args(), command.from(end + 1));
  }

  private void comm(Text text) {
    boolean lineFeed = !text.isEmpty() && text.bytes()[text.to() - 1] == '\n';
    put(spec.comm(), new Text(text.bytes(), text.from(), lineFeed ? text.to() - 1 : text.to()));
  }

  /** {@code number:controllers:path}; the unified hierarchy stands for all its controllers. */
  private void cgroups(Text text) {
    List<Text> unified = new ArrayList<>();
    text.lines(
        line -> {
          int first = line.indexOf(':', 0);
          int second = first < 0 ? -1 : line.indexOf(':', first + 1);
          if (second < 0) {
            return;
          }
          Text path = line.from(second + 1);
          if (second == first + 1) {
            unified.add(path);
          } else {
            new Text(line.bytes(), first + 1, second)
                .split(',', controller -> cgroup(controller, path));
          }
        });
    if (spec.cgroups().isEmpty()) {
      for (Text path : unified) {
        for (String controller : CONTROLLERS) {
          cgroup(Text.of(controller.getBytes(StandardCharsets.US_ASCII)), path);
        }
      }
    }
  }

  private void cgroup(Text controller, Text path) {
    if (controller.startsWith("name=")) {
      return;
    }
    spec.cgroups()
        .append(controller.bytes(), controller.from(), controller.length())
        .append('=')
        .append(path.bytes(), path.from(), path.length())
        .append(0);
  }

  private static long fdLimit(Text limits) {
    long[] limit = {-1};
    limits.lines(
        line -> {
          if (line.startsWith("Max open files")) {
            limit[0] = line.after("Max open files").word(0).number(10, Long.MAX_VALUE);
          }
        });
    return limit[0];
  }

  private static void put(Bytes out, Text text) {
    out.copyFrom(text.bytes(), text.from(), text.length());
  }

  /** Strings that each end with a NUL, also the last, which may have been cut off. */
  private static void list(Bytes out, Text text) {
    put(out, text);
    if (!text.isEmpty() && text.bytes()[text.to() - 1] != 0) {
      out.append(0);
    }
  }

  /** Reading takes a while, the first time above all: the quickest of some tries counts. */
  private long readBootTime() {
    long boot = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < BOOT_TIME_TRIES; i++) {
      long before = now();
      Text uptime = ProcFiles.read(proc.resolve("uptime"), 64).word(0);
      long after = now();
      int dot = uptime.indexOf('.', 0);
      if (dot >= 0 && after - before < least) {
        least = after - before;
        boot = after - uptime.number(10, 0) * SECOND - uptime.from(dot + 1).number(10, 0) * TICK;
      }
    }
    return boot;
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * SECOND + now.getNano();
  }

  private static void addInterfaces(StateBuilder builder) {
    try {
      Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
      while (all != null && all.hasMoreElements()) {
        for (InterfaceAddress address : all.nextElement().getInterfaceAddresses()) {
          byte[] ip = address.getAddress().getAddress();
          if (ip.length == 4) {
            builder.addInterface4(ip, netmask(address.getNetworkPrefixLength()));
          } else {
            builder.addInterface6(ip);
          }
        }
      }
    } catch (SocketException none) {
      // A host without network.
    }
  }

  private static byte[] netmask(int bits) {
    int mask = bits <= 0 ? 0 : -1 << 32 - Math.min(bits, 32);
    return new byte[] {
      (byte) (mask >>> 24), (byte) (mask >>> 16), (byte) (mask >>> 8), (byte) mask
    };
  }
}
