package io.jfalco.condition.compile;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.util.List;

/** Events by name, for tables. */
public final class TestEvents {
  /** All names. */
  public static final List<String> NAMES =
      List.of(
          "read",
          "inet",
          "six",
          "listen",
          "pipe",
          "log",
          "failed",
          "unlink",
          "container",
          "unknown",
          "gone",
          "generic");

  private TestEvents() {}

  private static EventBuilder switched() {
    return EventBuilder.of(EventType.SCHEDSWITCH_6_E)
        .number(0)
        .number(7)
        .number(8)
        .number(4096)
        .number(2048)
        .number(12);
  }

  /** Applies the event of this name. */
  public static EventContext apply(String name, TestHost host) {
    return switch (name) {
      case "read" -> host.apply(TestHost.read(3, "data"));
      case "inet" -> host.apply(TestHost.write(5, "x"));
      case "six" -> host.apply(TestHost.connect6(10));
      case "listen" -> host.apply(TestHost.read(6, "x"));
      case "pipe" -> host.apply(TestHost.read(7, "x"));
      case "log" -> host.apply(TestHost.write(9, "x"));
      case "failed" -> host.apply(TestHost.openat(-2, "/etc/missing", 1));
      case "unlink" -> host.apply(TestHost.unlink(0, "a/../b"));
      case "container" -> host.apply(TestHost.unlink(0, "/tmp/x"), 400);
      case "unknown" -> host.apply(TestHost.read(3, "x"), 999);
      case "rename" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_RENAME_X).number(0).text("old").text("/tmp//new"));
      case "symlink" ->
          host.apply(EventBuilder.of(EventType.SYSCALL_SYMLINK_X).number(0).text("t").text("/l"));
      case "chmod" ->
          host.apply(EventBuilder.of(EventType.SYSCALL_CHMOD_X).number(0).text("f").number(0111));
      case "setuid" -> host.apply(EventBuilder.of(EventType.SYSCALL_SETUID_X).number(-1).number(0));
      case "socket" ->
          host.apply(
              EventBuilder.of(EventType.SOCKET_SOCKET_X).number(20).number(2).number(1).number(0));
      case "ptrace" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_PTRACE_X)
                  .number(0)
                  .missing()
                  .missing()
                  .number(11)
                  .number(1));
      case "bpf" -> host.apply(EventBuilder.of(EventType.SYSCALL_BPF_2_X).number(21).number(5));
      case "created" -> host.apply(TestHost.openat(22, "/tmp/new", 2 | 4 | 16384, 0755));
      case "empty" -> host.apply(TestHost.read(3, ""));
      case "poll" -> host.apply(TestHost.poll(3, 5));
      case "exec" -> host.apply(TestHost.execve());
      case "gone" -> host.apply(EventBuilder.of(EventType.PROCEXIT_1_E).number(0), 998);
      case "swapped" ->
          host.apply(TestHost.openat(22, "/tmp/new", 1).text("/etc/shadow").number(1));
      case "moved" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_RENAME_X)
                  .number(0)
                  .text("old")
                  .text("/tmp//new")
                  .text("other")
                  .missing()
                  .number(1));
      case "kept" -> host.apply(TestHost.unlink(0, "a/../b").missing().number(0));
      case "cut" -> host.apply(TestHost.unlink(0, "b").missing().number(2));
      case "cut_unseen" -> host.apply(TestHost.unlink(0, "b").missing().number(6));
      case "kept_both" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_RENAME_X)
                  .number(0)
                  .text("old")
                  .text("/tmp//new")
                  .missing()
                  .missing()
                  .number(0));
      case "procinfo" -> {
        host.apply(EventBuilder.of(EventType.PROCINFO_E).number(100).number(40));
        yield host.apply(EventBuilder.of(EventType.PROCINFO_E).number(107).number(70));
      }
      case "switch" -> {
        host.apply(switched());
        yield host.apply(switched());
      }
      case "infra" ->
          host.apply(
              EventBuilder.of(EventType.INFRASTRUCTURE_EVENT_E)
                  .text("docker")
                  .text("docker")
                  .text(
                      "Event: pull; ID: 0123456789abcdef; name: db ;Image: mysql@sha256:00;Scope:x")
                  .text("host"));
      case "mount" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_MOUNT_X)
                  .number(0)
                  .missing()
                  .text("/mnt")
                  .text("tmpfs")
                  .number(1));
      case "handle" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_OPEN_BY_HANDLE_AT_X)
                  .number(-9)
                  .number(999)
                  .number(1)
                  .missing()
                  .number(0)
                  .number(0));
      case "long" -> host.apply(TestHost.read(3, "x".repeat(1100)));
      case "mkdirat" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_MKDIRAT_X)
                  .number(0)
                  .number(8)
                  .text("new")
                  .number(0755));
      case "linkat" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_LINKAT_2_X)
                  .number(0)
                  .number(8)
                  .text("one")
                  .number(-100)
                  .text("two")
                  .number(0));
      case "sleep" ->
          host.apply(EventBuilder.of(EventType.SYSCALL_NANOSLEEP_X).number(0).number(5));
      case "async" ->
          host.apply(EventBuilder.of(EventType.ASYNCEVENT_E).number(0).text("news").text("x"), 300);
      case "brk" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_MUNMAP_X)
                  .number(-22)
                  .number(1)
                  .number(2)
                  .number(3)
                  .number(4)
                  .number(5));
      case "writefile" -> host.apply(TestHost.write(3, "abc"));
      case "failedread" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_READ_X).number(-5).missing().number(3).number(9));
      case "failedsend" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_WRITE_X).number(-32).missing().number(5).number(9));
      case "tmpfile" -> host.apply(TestHost.openat(23, "/tmp", 2 | 1 << 10, 0700));
      case "shell" -> host.apply(TestHost.unlink(0, "x"), 200);
      case "orphan" -> host.apply(TestHost.read(3, "x"), 501);
      case "generic" ->
          host.apply(TestHost.generic(EventTable.syscall("getpid").orElseThrow().code()));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
