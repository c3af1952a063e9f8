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
      case "kept_both" ->
          host.apply(
              EventBuilder.of(EventType.SYSCALL_RENAME_X)
                  .number(0)
                  .text("old")
                  .text("/tmp//new")
                  .missing()
                  .missing()
                  .number(0));
      case "generic" ->
          host.apply(TestHost.generic(EventTable.syscall("getpid").orElseThrow().code()));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
