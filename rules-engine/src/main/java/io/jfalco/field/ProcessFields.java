package io.jfalco.field;

import static io.jfalco.event.ParamType.ABSTIME;
import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.INT64;
import static io.jfalco.event.ParamType.UINT64;
import static io.jfalco.field.FieldFlag.ARG_ALLOWED;
import static io.jfalco.field.FieldFlag.LINEAGE;
import static io.jfalco.field.FieldFlag.NO_RHS;
import static io.jfalco.field.FieldFlag.NO_TRANSFORMER;
import static io.jfalco.field.FieldFlag.PROCESS_STATE;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Names, arguments and ids of the process that caused the event, and of its ancestors. */
final class ProcessFields {
  static final FieldFamily FAMILY =
      FieldFamily.syscall(
          "process", "", "The process and thread that made the system call, and their ancestors.");

  private static final int ENV_LEVELS = 20;

  private ProcessFields() {}

  static List<Field> rows() {
    FieldRows rows = new FieldRows(FAMILY);
    programs(rows);
    arguments(rows);
    environment(rows);
    ProcessIdFields.add(rows);
    executable(rows);
    ThreadFields.add(rows);
    return rows.rows();
  }

  /** A text that is part of the process's own state. */
  static Extractor own(Lineage.Part part) {
    return (context, out) -> {
      if (context.thread() == null) {
        return false;
      }
      part.append(context.thread(), out.addText());
      return true;
    };
  }

  /** A text that is looked at where it is kept. */
  private static Extractor view(ViewOf view) {
    return (context, out) ->
        context.thread() != null && Extractors.text(out, view.of(context.thread()));
  }

  private interface ViewOf {
    Bytes of(ThreadInfo thread);
  }

  /** A number of the thread. */
  static Extractor number(Lineage.Id number) {
    return (context, out) ->
        context.thread() != null && Extractors.number(out, number.of(context.thread()));
  }

  /** A number of the thread that is missing when it has a certain value. */
  static Extractor numberUnless(long missing, Lineage.Id number) {
    return (context, out) ->
        context.thread() != null
            && number.of(context.thread()) != missing
            && Extractors.number(out, number.of(context.thread()));
  }

  static Extractor flag(FlagOf flag) {
    return (context, out) ->
        context.thread() != null && Extractors.bool(out, flag.of(context.thread()));
  }

  interface FlagOf {
    boolean of(ThreadInfo thread);
  }

  private static void programs(FieldRows rows) {
    rows.text(
            "proc.exe",
            "first argument of the process, usually the program as it was called.",
            view(thread -> thread.image().exe()),
            PROCESS_STATE)
        .text("proc.pexe", "proc.exe of the parent.", Lineage.at(1, ProcessText::exe), LINEAGE);
    ancestors(rows, "proc.aexe", "proc.exe of an ancestor", ProcessText::exe);
    rows.text(
            "proc.exepath",
            "full path of the executable file.",
            view(thread -> thread.image().exePath()),
            PROCESS_STATE)
        .text(
            "proc.pexepath",
            "proc.exepath of the parent.",
            Lineage.at(1, ProcessText::exePath),
            LINEAGE);
    ancestors(rows, "proc.aexepath", "proc.exepath of an ancestor", ProcessText::exePath);
    rows.text(
            "proc.name",
            "name of the executable, without path, at most 15 bytes.",
            view(ThreadInfo::comm),
            PROCESS_STATE)
        .text("proc.pname", "proc.name of the parent.", Lineage.at(1, ProcessText::comm), LINEAGE);
    ancestors(rows, "proc.aname", "proc.name of an ancestor", ProcessText::comm);
  }

  private static void ancestors(
      FieldRows rows, String name, String description, Lineage.Part part) {
    rows.bound(
        name,
        CHARBUF,
        PrintFormat.NA,
        description
            + ": [1] is the parent, [2] its parent, [0] the process itself; without a number a"
            + " condition asks for any ancestor, and an output shows all of them.",
        argument -> ancestor(argument, part, Lineage.all(part)),
        ARG_ALLOWED,
        LINEAGE,
        NO_RHS,
        NO_TRANSFORMER,
        FieldFlag.ANY_VALUE);
  }

  /** A field of the ancestor that the argument tells; of all when it is -1 or missing. */
  private static Extractor ancestor(Optional<String> argument, Lineage.Part part, Extractor all)
      throws FieldException {
    int level = level(argument);
    return level == -1 ? all : Lineage.at(level, part);
  }

  static int level(Optional<String> argument) throws FieldException {
    if (argument.isEmpty()) {
      return -1;
    }
    try {
      return Numbers.parseIndex(argument.get());
    } catch (FieldException e) {
      throw FieldException.noField();
    }
  }

  private static void arguments(FieldRows rows) {
    rows.bound(
            "proc.args",
            CHARBUF,
            PrintFormat.NA,
            "arguments of the process, without the first, joined by blanks; [n] is one of them,"
                + " from 0.",
            ProcessFields::args,
            ARG_ALLOWED,
            PROCESS_STATE)
        .bound(
            "proc.aargs",
            CHARBUF,
            PrintFormat.NA,
            "proc.args of an ancestor: [1] is the parent; without a number those of all ancestors.",
            argument -> {
              Extractor all = Lineage.all(ProcessText::args);
              return ancestor(argument, ProcessText::args, all::print);
            },
            ARG_ALLOWED,
            LINEAGE)
        .text(
            "proc.cmdline",
            "proc.name and proc.args.",
            own(ProcessText::commandLine),
            PROCESS_STATE)
        .text(
            "proc.pcmdline",
            "proc.cmdline of the parent.",
            Lineage.at(1, ProcessText::commandLine),
            LINEAGE);
    ancestors(rows, "proc.acmdline", "proc.cmdline of an ancestor", ProcessText::commandLine);
    rows.number(
            "proc.cmdnargs",
            UINT64,
            "number of arguments, without the first.",
            number(thread -> ProcessText.count(thread.image().args())),
            PROCESS_STATE)
        .number(
            "proc.cmdlenargs",
            UINT64,
            "bytes of all arguments, without the first and without blanks between them.",
            number(ProcessFields::argumentBytes),
            PROCESS_STATE)
        .text("proc.exeline", "proc.exe and proc.args.", own(ProcessText::exeLine), PROCESS_STATE);
  }

  private static Extractor args(Optional<String> argument) throws FieldException {
    int index = level(argument);
    return index < 0
        ? own(ProcessText::args)
        : own((thread, out) -> ProcessText.item(thread.image().args(), index, out));
  }

  private static long argumentBytes(ThreadInfo thread) {
    Bytes args = thread.image().args();
    long bytes = 0;
    for (int i = 0; i < args.length(); i++) {
      if (args.at(i) != 0) {
        bytes++;
      }
    }
    return bytes;
  }

  private static void environment(FieldRows rows) {
    rows.bound(
            "proc.env",
            CHARBUF,
            PrintFormat.NA,
            "environment of the process, joined by blanks; [NAME] is the value of one variable.",
            ProcessFields::env,
            ARG_ALLOWED,
            PROCESS_STATE)
        .bound(
            "proc.aenv",
            CHARBUF,
            PrintFormat.NA,
            "environment of an ancestor: [1] is the parent; [NAME] is the value of one variable in"
                + " the nearest ancestor that has it. Without a name, a condition asks for any"
                + " ancestor.",
            ProcessFields::ancestorEnv,
            ARG_ALLOWED,
            LINEAGE,
            NO_RHS,
            NO_TRANSFORMER,
            FieldFlag.ANY_VALUE)
        .text(
            "proc.cwd",
            "working directory, ending in a slash.",
            view(ThreadInfo::cwd),
            PROCESS_STATE);
  }

  private static boolean isNumber(String argument) {
    return argument.matches("[0-9]+");
  }

  private static Extractor env(Optional<String> argument) throws FieldException {
    if (argument.isEmpty() || argument.get().isEmpty() || isNumber(argument.get())) {
      return own(ProcessText::env);
    }
    byte[] name = argument.get().getBytes(StandardCharsets.UTF_8);
    return own((thread, out) -> ProcessText.variable(thread.env(), name, out));
  }

  private static Extractor ancestorEnv(Optional<String> argument) throws FieldException {
    if (argument.isPresent() && !argument.get().isEmpty() && !isNumber(argument.get())) {
      byte[] name = argument.get().getBytes(StandardCharsets.UTF_8);
      return (context, out) -> nearestVariable(context, name, out);
    }
    int level = argument.isPresent() && !argument.get().isEmpty() ? level(argument) : 0;
    Extractor any = Lineage.all(ProcessText::env);
    Extractor printed =
        level <= 0
            ? own(ProcessText::env)
            : (context, out) -> environmentAbove(context, level, out);
    return new Extractor() {
      @Override
      public boolean extract(EventContext context, Value out) {
        return any.extract(context, out);
      }

      @Override
      public boolean print(EventContext context, Value out) {
        return printed.extract(context, out);
      }
    };
  }

  /** Empty, but there, for a thread whose process is not known. */
  private static boolean environmentAbove(EventContext context, int level, Value out) {
    if (context.thread() == null) {
      return false;
    }
    Bytes text = out.addText();
    if (context.thread().knownMain() == null) {
      return true;
    }
    ThreadInfo ancestor = Lineage.first(context);
    for (int i = 1; i < level && ancestor != null; i++) {
      ancestor = Lineage.next(context.state(), ancestor);
    }
    if (ancestor != null) {
      ProcessText.env(ancestor, text);
    }
    return ancestor != null;
  }

  private static boolean nearestVariable(EventContext context, byte[] name, Value out) {
    if (context.thread() == null) {
      return false;
    }
    Bytes text = out.addText();
    ThreadInfo ancestor = Lineage.first(context);
    for (int i = 0; i < ENV_LEVELS && ancestor != null; i++) {
      if (ProcessText.variable(ancestor.env(), name, text)) {
        return true;
      }
      ancestor = Lineage.next(context.state(), ancestor);
    }
    text.clear();
    return true;
  }

  private static void executable(FieldRows rows) {
    rows.bool(
            "proc.is_exe_writable",
            "true when the user that runs the process may write the executable.",
            flag(thread -> thread.image().isWritable()),
            PROCESS_STATE)
        .bool(
            "proc.is_exe_upper_layer",
            "true when the executable lies in the upper layer of an overlay file system.",
            flag(thread -> thread.image().isUpperLayer()),
            PROCESS_STATE)
        .bool(
            "proc.is_exe_lower_layer",
            "true when the executable lies in the lower layer of an overlay file system.",
            flag(thread -> thread.image().isLowerLayer()),
            PROCESS_STATE)
        .bool(
            "proc.is_exe_from_memfd",
            "true when the executable lies in memory only.",
            flag(thread -> thread.image().isFromMemfd()),
            PROCESS_STATE)
        .bool(
            "proc.is_sid_leader",
            "true for the leader of a session.",
            flag(thread -> thread.sid() == thread.vpid()),
            PROCESS_STATE)
        .bool(
            "proc.is_vpgid_leader",
            "true for the leader of a process group, by ids of its own pid namespace.",
            flag(thread -> thread.vpgid() == thread.vpid()),
            PROCESS_STATE)
        .bool(
            "proc.is_pgid_leader",
            "true for the leader of a process group.",
            flag(thread -> thread.pgid() == thread.pid()),
            PROCESS_STATE);
    inode(rows);
  }

  private static void inode(FieldRows rows) {
    rows.number(
        "proc.exe_ino",
        INT64,
        "inode of the executable.",
        numberUnless(0, thread -> thread.image().inode()),
        PROCESS_STATE);
    time(
        rows,
        "proc.exe_ino.ctime",
        "last change of the executable's inode, nanoseconds since 1970.",
        thread -> thread.image().changeTime());
    time(
        rows,
        "proc.exe_ino.mtime",
        "last change of the executable's content, nanoseconds since 1970.",
        thread -> thread.image().modifyTime());
    time(
        rows,
        "proc.exe_ino.ctime_duration_proc_start",
        "nanoseconds from the last change of the executable's inode to the start of the process.",
        ThreadInfo::exeChangeToStart);
    time(
        rows,
        "proc.exe_ino.ctime_duration_pidns_start",
        "nanoseconds from the start of the pid namespace to the last change of the executable's"
            + " inode.",
        ThreadInfo::exeChangeAfterNamespaceStart);
    rows.number(
        "proc.pidns_init_start_ts",
        UINT64,
        "start of the pid namespace, nanoseconds since 1970.",
        numberUnless(0, ThreadInfo::pidNamespaceStart),
        PROCESS_STATE);
  }

  private static void time(FieldRows rows, String name, String description, Lineage.Id value) {
    ParamType type = ABSTIME;
    rows.number(name, type, description, numberUnless(0, value), PROCESS_STATE);
  }
}
