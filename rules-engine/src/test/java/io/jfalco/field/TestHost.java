package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamInfo;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.L4Proto;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadSpec;
import io.jfalco.state.UserTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A small host for tests: systemd (1), sshd (100), bash (200, the leader of its session), cat (300)
 * in bash, and sh (400) in a container, with some descriptors.
 */
public final class TestHost {
  /** Time of the first event. */
  public static final long NOW = 1_700_000_000_123_456_789L;

  /** Start of all processes. */
  public static final long START = NOW - 5_000_000_000L;

  /** Id of the container that thread 400 is in. */
  public static final String CONTAINER =
      "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";

  private final HostState state = new HostState();
  private final StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
  private final EventContext context = new EventContext(state);
  private long time = NOW;
  private long number = 1;

  /** The host. */
  public TestHost() {
    StateBuilder builder = new StateBuilder(state);
    builder.addInterface4(new byte[] {127, 0, 0, 1}, new byte[] {-1, 0, 0, 0});
    builder.addInterface4(new byte[] {10, 0, 0, 1}, new byte[] {-1, -1, -1, 0});
    builder.addUser("", user(0, "root", "/root", "/bin/bash"));
    builder.addUser("", user(1000, "alice", "/home/alice", "/bin/zsh"));
    builder.addGroup("", 0, Bytes.of("root"));
    builder.addGroup("", 1000, Bytes.of("staff"));
    builder.add(process(1, 0, "systemd", "/sbin/init", "--system").users(0, 0, -1));
    builder.add(process(100, 1, "sshd", "/usr/sbin/sshd", "-D").users(0, 0, -1));
    builder.add(process(200, 100, "bash", "-bash").users(1000, 1000, 1000));
    builder.add(cat());
    builder.add(shellInContainer());
    builder.add(orphan());
    descriptors(builder);
    builder.finish();
  }

  private static UserTable.User user(long uid, String name, String home, String shell) {
    return new UserTable.User(uid, uid, Bytes.of(name), Bytes.of(home), Bytes.of(shell));
  }

  private static ThreadSpec process(long pid, long parent, String comm, String... command) {
    ThreadSpec spec = new ThreadSpec().ids(pid, pid, parent).virtualIds(pid, pid);
    spec.groups(200, 200, 200).start(START, 0).fdLimit(1024).memory(5000, 2000, 10);
    spec.comm().copyFrom(Bytes.of(comm));
    spec.exe().copyFrom(Bytes.of(command[0]));
    spec.exePath().copyFrom(Bytes.of("/usr/bin/" + comm));
    spec.cwd().copyFrom(Bytes.of("/home/alice/"));
    spec.env().copyFrom(Bytes.of("HOME=/home/" + comm + "\0EMPTY=\0SHLVL= " + pid + " \0"));
    spec.cgroups().copyFrom(Bytes.of("cpuset=/\0memory=/user.slice\0"));
    StringBuilder args = new StringBuilder();
    for (int i = 1; i < command.length; i++) {
      args.append(command[i]).append('\0');
    }
    spec.args().copyFrom(Bytes.of(args.toString()));
    return spec;
  }

  private static ThreadSpec cat() {
    ThreadSpec cat = process(300, 200, "cat", "cat", "-n", "/etc/shadow");
    cat.users(1000, 1000, 1000).tty(34816).capabilities(0, 1L << 21 | 1, 1L << 21);
    cat.exeFile(77, START - 1000, START - 2000).exeMarks(true, true, false, true);
    cat.start(START, START - 5000).pageFaults(3, 4).virtualIds(300, 300).groups(200, 300, 300);
    return cat;
  }

  private static ThreadSpec shellInContainer() {
    ThreadSpec shell = process(400, 100, "sh", "sh", "-c", "id").virtualIds(7, 7);
    shell.groups(7, 7, 400).users(1234, 5678, -1);
    shell.cgroups().copyFrom(Bytes.of("cpuset=/\0memory=/docker/" + CONTAINER + "\0"));
    return shell;
  }

  /** A thread that shares the descriptors of a process of which nothing is known. */
  private static ThreadSpec orphan() {
    ThreadSpec thread = process(501, 500, "lost", "lost");
    return thread.ids(501, 500, 1).flags(1 | 1 << 13);
  }

  private static void descriptors(StateBuilder builder) {
    FdSpec file = new FdSpec().is(3, FdType.FILE_V2, 42).file(1, 0x00801, 0);
    file.name().copyFrom(Bytes.of("/etc/shadow"));
    builder.add(300, file);
    FdSpec terminal = new FdSpec().is(0, FdType.FILE, 43);
    terminal.name().copyFrom(Bytes.of("/dev/pts/0"));
    builder.add(300, terminal);
    builder.add(300, inet(5, 10, 0, 0, 1, 40000, 93, 184, 216, 34, 443));
    FdSpec listening = new FdSpec().is(6, FdType.IPV4_SERVER, 45).inet(L4Proto.TCP, 0, 8080);
    builder.add(300, listening);
    FdSpec pipe = new FdSpec().is(7, FdType.FIFO, 46);
    builder.add(300, pipe);
    FdSpec directory = new FdSpec().is(8, FdType.DIRECTORY, 47);
    directory.name().copyFrom(Bytes.of("/var/lib"));
    builder.add(300, directory);
    FdSpec unix = new FdSpec().is(9, FdType.UNIX, 48).unix(1, 2);
    unix.name().copyFrom(Bytes.of("/dev/log"));
    builder.add(300, unix);
    FdSpec six = new FdSpec().is(10, FdType.IPV6, 49).inet(L4Proto.UDP, 5353, 53);
    six.sourceIp()[15] = 1;
    six.destinationIp()[0] = 0x20;
    six.destinationIp()[1] = 1;
    six.destinationIp()[15] = 8;
    builder.add(300, six);
    builder.add(200, new FdSpec().is(1, FdType.FIFO, 50));
    FdSpec log = new FdSpec().is(2, FdType.FILE, 51);
    log.name().copyFrom(Bytes.of("/var/log/x"));
    builder.add(200, log);
  }

  private static FdSpec inet(long number, int... parts) {
    FdSpec spec = new FdSpec().is(number, FdType.IPV4, 44).inet(L4Proto.TCP, parts[4], parts[9]);
    for (int i = 0; i < 4; i++) {
      spec.sourceIp()[i] = (byte) parts[i];
      spec.destinationIp()[i] = (byte) parts[i + 5];
    }
    return spec;
  }

  /** The state. */
  public HostState state() {
    return state;
  }

  /** Applies an event of thread 300. */
  public EventContext apply(EventBuilder event) {
    return apply(event, 300);
  }

  /** Applies an event. */
  public EventContext apply(EventBuilder event, long tid) {
    EventView view = event.timestamp(time).tid(tid).view();
    view.position(3, number++);
    time += 1_000_000;
    updater.apply(view, context);
    return context;
  }

  /** A successful openat of a path, read-only unless flags say more. */
  public static EventBuilder openat(long fd, String path, long flags) {
    return openat(fd, path, flags, 0);
  }

  /** An openat with a mode. */
  public static EventBuilder openat(long fd, String path, long flags, long mode) {
    return EventBuilder.of(EventType.SYSCALL_OPENAT_2_X)
        .number(fd)
        .number(-100)
        .text(path)
        .number(flags)
        .number(mode)
        .number(0x801)
        .number(42);
  }

  /** A read of a descriptor. */
  public static EventBuilder read(long fd, String data) {
    return EventBuilder.of(EventType.SYSCALL_READ_X)
        .number(data.length())
        .bytes(data.getBytes(StandardCharsets.UTF_8))
        .number(fd)
        .number(100);
  }

  /** A write to a descriptor. */
  public static EventBuilder write(long fd, String data) {
    return EventBuilder.of(EventType.SYSCALL_WRITE_X)
        .number(data.length())
        .bytes(data.getBytes(StandardCharsets.UTF_8))
        .number(fd)
        .number(100);
  }

  /** A connect of an IPv6 socket to [2001::8]:53. */
  public static EventBuilder connect6(long fd) {
    byte[] tuple = new byte[37];
    tuple[0] = 10;
    tuple[16] = 1;
    tuple[17] = (byte) (5354 & 0xff);
    tuple[18] = 5354 >> 8;
    tuple[19] = 0x20;
    tuple[20] = 1;
    tuple[34] = 8;
    tuple[35] = 53;
    return EventBuilder.of(EventType.SOCKET_CONNECT_X).number(0).bytes(tuple).number(fd).missing();
  }

  /** An execve of {@code id -u}, of an executable that changed 3000 ns before the process began. */
  public static EventBuilder execve() {
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("exe", "id"),
            Map.entry("args", "-u"),
            Map.entry("comm", "id"),
            Map.entry("trusted_exepath", "/usr/bin/id"),
            Map.entry("filename", "/usr/bin/id"),
            Map.entry("tid", 300L),
            Map.entry("pid", 300L),
            Map.entry("ptid", 200L),
            Map.entry("exe_ino", 88L),
            Map.entry("exe_ino_ctime", START - 3000),
            Map.entry("exe_ino_mtime", START - 3000),
            Map.entry("pidns_init_start_ts", START - 5000));
    EventBuilder event = EventBuilder.of(EventType.SYSCALL_EXECVE_19_X);
    for (ParamInfo param : EventType.SYSCALL_EXECVE_19_X.info().params()) {
      Object value = values.get(param.name());
      if (value instanceof String text) {
        event.text(text);
      } else if (param.type().size() > 0) {
        event.number(value == null ? 0 : (Long) value);
      } else {
        event.missing();
      }
    }
    return event;
  }

  /** A poll of descriptors. */
  public static EventBuilder poll(int... fds) {
    ByteBuffer list = ByteBuffer.allocate(2 + 10 * fds.length).order(ByteOrder.LITTLE_ENDIAN);
    list.putShort((short) fds.length);
    for (int fd : fds) {
      list.putLong(fd).putShort((short) 1);
    }
    return EventBuilder.of(EventType.SYSCALL_POLL_X).number(1).bytes(list.array()).number(0);
  }

  /** An event that concerns no descriptor: unlink. */
  public static EventBuilder unlink(long result, String path) {
    return EventBuilder.of(EventType.SYSCALL_UNLINK_2_X).number(result).text(path);
  }

  /** A system call that shares the generic event type. */
  public static EventBuilder generic(int code) {
    return EventBuilder.of(EventType.GENERIC_X).number(code).number(39);
  }

  /** Names of the processes. */
  public static List<String> names() {
    return List.of("systemd", "sshd", "bash", "cat", "sh");
  }
}
