package io.jfalco.field;

import static io.jfalco.event.ParamType.INT64;
import static io.jfalco.event.ParamType.RELTIME;
import static io.jfalco.event.ParamType.UINT32;
import static io.jfalco.field.FieldFlag.ARG_ALLOWED;
import static io.jfalco.field.FieldFlag.LINEAGE;
import static io.jfalco.field.FieldFlag.NO_RHS;
import static io.jfalco.field.FieldFlag.NO_TRANSFORMER;
import static io.jfalco.field.FieldFlag.PROCESS_STATE;

import io.jfalco.event.Bytes;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.ThreadInfo;
import java.util.Optional;

/** Ids of the process, its session and groups, and when it began. */
final class ProcessIdFields {
  private ProcessIdFields() {}

  static void add(FieldRows rows) {
    ids(rows);
    leaders(rows);
    times(rows);
  }

  private static void ids(FieldRows rows) {
    id(
        rows,
        "proc.loginshellid",
        "pid of the oldest shell among the process and its ancestors.",
        ProcessIdFields::loginShell,
        LINEAGE);
    rows.row(
        "proc.tty",
        UINT32,
        PrintFormat.ID,
        "number of the controlling terminal, 0 for none.",
        ProcessFields.number(ThreadInfo::tty),
        PROCESS_STATE);
    id(rows, "proc.pid", "process id.", ProcessFields.number(ThreadInfo::pid), PROCESS_STATE);
    id(rows, "proc.ppid", "process id of the parent.", ProcessIdFields::parentPid, LINEAGE);
    rows.bound(
        "proc.apid",
        INT64,
        PrintFormat.ID,
        "process id of an ancestor: [1] is the parent, [0] the process itself; without a number a"
            + " condition asks for any ancestor.",
        ProcessIdFields::ancestorPid,
        ARG_ALLOWED,
        LINEAGE,
        NO_RHS,
        NO_TRANSFORMER,
        FieldFlag.ANY_VALUE);
    id(
        rows,
        "proc.vpid",
        "process id in its own pid namespace.",
        ProcessFields.numberUnless(-1, ThreadInfo::vpid),
        PROCESS_STATE);
    id(rows, "proc.pvpid", "proc.vpid of the parent.", ProcessIdFields::parentVirtualPid, LINEAGE);
    id(rows, "proc.sid", "session id.", ProcessFields.number(ThreadInfo::sid), PROCESS_STATE);
  }

  static void id(
      FieldRows rows, String name, String description, Extractor extractor, FieldFlag... flags) {
    rows.row(name, INT64, PrintFormat.ID, description, extractor, flags);
  }

  private static boolean loginShell(EventContext context, Value out) {
    if (context.thread() == null) {
      return false;
    }
    ThreadInfo found = null;
    ThreadInfo thread = context.thread().knownMain();
    for (int i = 0; thread != null && i < 4096; i++) {
      Bytes comm = thread.comm();
      int length = comm.length();
      if (length >= 2 && comm.at(length - 2) == 's' && comm.at(length - 1) == 'h') {
        found = thread;
      }
      thread = Lineage.next(context.state(), thread);
    }
    return found != null && Extractors.number(out, found.pid());
  }

  private static boolean parentPid(EventContext context, Value out) {
    ThreadInfo parent = Lineage.ancestor(context, 1);
    return parent != null && Extractors.number(out, parent.pid());
  }

  private static Extractor ancestorPid(Optional<String> argument) throws FieldException {
    int level = ProcessFields.level(argument);
    if (level == -1) {
      return new Lineage.Pids();
    }
    return (context, out) -> {
      ThreadInfo ancestor = Lineage.ancestor(context, level);
      return ancestor != null && Extractors.number(out, ancestor.pid());
    };
  }

  /** The thread that made this one, which need not be the main thread of its process. */
  private static ThreadInfo maker(EventContext context) {
    ThreadInfo thread = context.thread();
    return thread == null ? null : context.state().thread(thread.ptid());
  }

  private static boolean parentVirtualPid(EventContext context, Value out) {
    ThreadInfo maker = maker(context);
    return maker != null && Extractors.number(out, maker.vpid());
  }

  private static void leaders(FieldRows rows) {
    leader(rows, "proc.sname", "proc.sid", "session", HostState::sessionLeader);
    id(
        rows,
        "proc.vpgid",
        "process group id in its own pid namespace.",
        ProcessFields.number(ThreadInfo::vpgid),
        PROCESS_STATE);
    leader(rows, "proc.vpgid.name", "proc.vpgid", "group", HostState::virtualGroupLeader);
    id(
        rows,
        "proc.pgid",
        "process group id.",
        ProcessFields.number(ThreadInfo::pgid),
        PROCESS_STATE);
    leader(rows, "proc.pgid.name", "proc.pgid", "group", HostState::groupLeader);
  }

  private static void leader(
      FieldRows rows, String name, String base, String what, Lineage.Leader leader) {
    String of = " of the leader of the " + what + ".";
    rows.text(name, "proc.name" + of, Lineage.ofLeader(leader, ProcessText::comm))
        .text(base + ".exe", "proc.exe" + of, Lineage.ofLeader(leader, ProcessText::exe))
        .text(
            base + ".exepath", "proc.exepath" + of, Lineage.ofLeader(leader, ProcessText::exePath));
  }

  private static void times(FieldRows rows) {
    rows.number(
            "proc.duration",
            RELTIME,
            "nanoseconds since the start of the process.",
            (context, out) -> since(context, context.thread(), out))
        .number(
            "proc.ppid.duration",
            RELTIME,
            "proc.duration of the parent.",
            ProcessIdFields::parentDuration)
        .number(
            "proc.pid.ts",
            RELTIME,
            "start of the process, nanoseconds since 1970.",
            ProcessFields.numberUnless(0, ThreadInfo::cloneTime),
            PROCESS_STATE)
        .number(
            "proc.ppid.ts",
            RELTIME,
            "proc.pid.ts of the parent.",
            (context, out) -> {
              ThreadInfo maker = maker(context);
              return maker != null && Extractors.number(out, maker.cloneTime());
            },
            LINEAGE);
  }

  private static boolean since(EventContext context, ThreadInfo thread, Value out) {
    return thread != null
        && thread.cloneTime() != 0
        && Extractors.number(out, context.event().timestamp() - thread.cloneTime());
  }

  /** Falco gives the number of descriptors where the parent's start is not known. */
  private static boolean parentDuration(EventContext context, Value out) {
    ThreadInfo parent = Lineage.ancestor(context, 1);
    if (parent == null) {
      return false;
    }
    return since(context, parent, out)
        || Extractors.number(out, context.thread().openDescriptors());
  }
}
