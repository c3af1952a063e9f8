package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A state with init (1) and a shell (100, child of 1), and events to apply to it. */
final class StateFixture {
  static final long BOOT = 1_000_000_000_000L;
  static final int CREATE = 4;
  static final int CLOSE_ON_EXEC = 4096;

  final HostState state;
  final EventContext context;
  final StateUpdater updater;
  private long time = BOOT + 1_000_000_000L;

  StateFixture() {
    this(ThreadLookup.NONE);
  }

  StateFixture(ThreadLookup lookup) {
    this(lookup, new HostState());
  }

  StateFixture(HostState state) {
    this(ThreadLookup.NONE, state);
  }

  private StateFixture(ThreadLookup lookup, HostState state) {
    this.state = state;
    context = new EventContext(state);
    updater = new StateUpdater(state, lookup);
    StateBuilder builder = new StateBuilder(state).bootTime(BOOT);
    builder.add(spec(1, 1, 0, "systemd", "/"));
    builder.add(spec(100, 100, 1, "bash", "/home/user"));
    builder.finish();
  }

  static ThreadSpec spec(long tid, long pid, long parent, String comm, String cwd) {
    ThreadSpec spec = new ThreadSpec();
    spec.ids(tid, pid, parent).virtualIds(tid, pid).groups(pid, pid, pid).users(1000, 1000, 1000);
    set(spec.comm(), comm);
    set(spec.exe(), comm);
    set(spec.exePath(), "/usr/bin/" + comm);
    set(spec.cwd(), cwd);
    set(spec.env(), "HOME=/root\0");
    return spec;
  }

  static void set(Bytes out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.copyFrom(bytes, 0, bytes.length);
  }

  /** An event of a thread, a millisecond after the one before. */
  EventBuilder event(EventType type, long tid) {
    time += 1_000_000;
    return EventBuilder.of(type).tid(tid).timestamp(time);
  }

  long time() {
    return time;
  }

  void passTime(long nanoseconds) {
    time += nanoseconds;
  }

  /** Applies an event, and leaves it to the test to finish it. */
  EventContext apply(EventBuilder event) {
    EventView view = event.view();
    updater.apply(view, context);
    return context;
  }

  /** Applies an event and finishes it. */
  void run(EventBuilder event) {
    apply(event);
    updater.finish(context);
  }

  EventBuilder openat(long tid, long fd, long dirfd, String path, long flags) {
    return event(EventType.SYSCALL_OPENAT_2_X, tid)
        .number(fd)
        .number(dirfd)
        .text(path)
        .number(flags)
        .number(0)
        .number(2049)
        .number(77);
  }

  EventBuilder open(long tid, long fd, String path, long flags) {
    return openat(tid, fd, -100, path, flags);
  }

  EventBuilder close(long tid, long fd) {
    return event(EventType.SYSCALL_CLOSE_X, tid).number(0).number(fd);
  }

  /** Parameters of clone and fork; what is not given has a usual value. */
  EventBuilder clone(EventType type, long tid, long result, Clone given) {
    return event(type, tid)
        .number(result)
        .text(given.exe)
        .texts(given.args)
        .number(tid)
        .number(given.pid)
        .number(given.ptid)
        .text("")
        .number(1024)
        .number(0)
        .number(0)
        .number(100)
        .number(50)
        .number(0)
        .text(given.comm)
        .texts(given.cgroups)
        .number(given.flags)
        .number(1000)
        .number(1000)
        .number(given.vtid)
        .number(given.vpid)
        .number(5_000_000_000L);
  }

  static final class Clone {
    String exe = "bash";
    String comm = "bash";
    List<String> args = List.of();
    List<String> cgroups = List.of("cpu=/user.slice");
    long pid;
    long ptid;
    long vtid;
    long vpid;
    long flags;

    Clone(long pid, long ptid) {
      this.pid = pid;
      this.ptid = ptid;
      this.vtid = pid;
      this.vpid = pid;
    }
  }

  /** fork() of a process: what the caller tells, then what the child tells. */
  void fork(long parent, long child) {
    Clone caller = new Clone(parent, state.thread(parent).ptid());
    caller.exe = state.thread(parent).image().exe().toString();
    caller.comm = state.thread(parent).comm().toString();
    run(clone(EventType.SYSCALL_CLONE_20_X, parent, child, caller));
    Clone own = new Clone(child, parent);
    own.exe = caller.exe;
    own.comm = caller.comm;
    run(clone(EventType.SYSCALL_CLONE_20_X, child, 0, own));
  }

  EventBuilder execve(long tid, String exePath, List<String> argv, List<String> env) {
    return execve(tid, 1, exePath, argv, env);
  }

  EventBuilder execve(long tid, long parent, String exePath, List<String> argv, List<String> env) {
    String comm = exePath.substring(exePath.lastIndexOf('/') + 1);
    return event(EventType.SYSCALL_EXECVE_19_X, tid)
        .number(0)
        .text(argv.get(0))
        .texts(argv.subList(1, argv.size()))
        .number(tid)
        .number(tid)
        .number(parent)
        .text("")
        .number(2048)
        .number(1)
        .number(2)
        .number(300)
        .number(200)
        .number(10)
        .text(comm)
        .texts(List.of("cpu=/user.slice"))
        .texts(env)
        .number(34816)
        .number(tid)
        .number(1000)
        .number(1)
        .number(1)
        .number(2)
        .number(4)
        .number(4711)
        .number(BOOT + 5)
        .number(BOOT + 6)
        .number(0)
        .text(exePath)
        .number(tid)
        .number(0)
        .text(exePath);
  }

  EventBuilder exit(long tid, long reaper) {
    return event(EventType.PROCEXIT_1_E, tid)
        .number(0)
        .number(0)
        .number(0)
        .number(0)
        .number(reaper);
  }

  static byte[] tuple4(String source, int sourcePort, String destination, int port) {
    ByteBuffer out = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 2).put(ip4(source)).putShort((short) sourcePort);
    out.put(ip4(destination)).putShort((short) port);
    return out.array();
  }

  static byte[] address4(String ip, int port) {
    ByteBuffer out = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
    return out.put((byte) 2).put(ip4(ip)).putShort((short) port).array();
  }

  static byte[] tuple6(byte[] source, int sourcePort, byte[] destination, int port) {
    ByteBuffer out = ByteBuffer.allocate(37).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 10).put(source).putShort((short) sourcePort);
    return out.put(destination).putShort((short) port).array();
  }

  static byte[] unixTuple(long source, long destination, String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(18 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    return out.put((byte) 1).putLong(source).putLong(destination).put(bytes).array();
  }

  static byte[] ip4(String ip) {
    String[] part = ip.split("\\.", -1);
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) Integer.parseInt(part[i]);
    }
    return bytes;
  }

  /** What is known of all threads, a line for each; when a thread was made is left out. */
  String snapshot() {
    TreeMap<Long, String> lines = new TreeMap<>();
    state.forEachThread(
        thread -> {
          TreeMap<Integer, String> fds = new TreeMap<>();
          thread
              .fds()
              .forEach(fd -> fds.put(fd.number(), fd.name() + (fd.isCloseOnExec() ? "!" : "")));
          lines.put(
              thread.tid(),
              "%d pid=%d parent=%d virtual=%d/%d groups=%d/%d/%d user=%d/%d caps=%x %s %s %s [%s]"
                      .formatted(
                          thread.tid(),
                          thread.pid(),
                          thread.ptid(),
                          thread.vtid(),
                          thread.vpid(),
                          thread.sid(),
                          thread.pgid(),
                          thread.vpgid(),
                          thread.uid(),
                          thread.gid(),
                          thread.capEffective(),
                          thread.comm(),
                          thread.image().exe(),
                          thread.image().exePath(),
                          thread.image().args().toString().replace('\0', ' '))
                  + (" env=" + thread.env()).replace('\0', ' ')
                  + " cwd="
                  + thread.cwd()
                  + " namespace="
                  + thread.pidNamespaceStart()
                  + " threads="
                  + thread.liveThreads()
                  + (thread.isDead() ? " dead " : " ")
                  + fds);
        });
    return String.join("\n", lines.values());
  }

  /** Names of all descriptors of a process by number. */
  Map<Integer, String> fds(long tid) {
    Map<Integer, String> names = new TreeMap<>();
    state.thread(tid).fds().forEach(fd -> names.put(fd.number(), fd.name().toString()));
    return names;
  }
}
