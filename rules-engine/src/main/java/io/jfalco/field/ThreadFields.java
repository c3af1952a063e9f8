package io.jfalco.field;

import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.DOUBLE;
import static io.jfalco.event.ParamType.INT64;
import static io.jfalco.event.ParamType.RELTIME;
import static io.jfalco.event.ParamType.UINT64;
import static io.jfalco.field.FieldFlag.PROCESS_STATE;
import static io.jfalco.field.FieldFlag.TABLE_ONLY;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.PrintFormat;
import io.jfalco.render.Capabilities;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Capabilities, resources and ids of the thread that caused the event. */
final class ThreadFields {
  private ThreadFields() {}

  static void add(FieldRows rows) {
    capabilities(rows);
    resources(rows);
    threads(rows);
    memory(rows);
    standardStreams(rows);
  }

  private static void capabilities(FieldRows rows) {
    rows.text(
            "thread.cap_permitted",
            "permitted capabilities, joined by blanks.",
            ProcessFields.own((thread, out) -> Capabilities.append(thread.capPermitted(), out)),
            PROCESS_STATE)
        .text(
            "thread.cap_inheritable",
            "inheritable capabilities, joined by blanks.",
            ProcessFields.own((thread, out) -> Capabilities.append(thread.capInheritable(), out)),
            PROCESS_STATE)
        .text(
            "thread.cap_effective",
            "effective capabilities, joined by blanks.",
            ProcessFields.own((thread, out) -> Capabilities.append(thread.capEffective(), out)),
            PROCESS_STATE);
  }

  private static void resources(FieldRows rows) {
    rows.number(
            "proc.fdopencount",
            UINT64,
            "number of open descriptors.",
            ProcessFields.number(ThreadInfo::openDescriptors))
        .number(
            "proc.fdlimit",
            INT64,
            "highest number of descriptors.",
            ProcessFields.number(ThreadInfo::fdLimit),
            PROCESS_STATE)
        .row(
            "proc.fdusage",
            DOUBLE,
            PrintFormat.NA,
            "open descriptors in percent of the highest number.",
            ProcessFields.number(ThreadFields::fdUsage))
        .number(
            "proc.vmsize",
            UINT64,
            "virtual memory of the process in kB.",
            ProcessFields.number(ThreadInfo::vmSize))
        .number(
            "proc.vmrss",
            UINT64,
            "resident memory of the process in kB.",
            ProcessFields.number(ThreadInfo::vmRss))
        .number(
            "proc.vmswap",
            UINT64,
            "swapped memory of the process in kB.",
            ProcessFields.number(ThreadInfo::vmSwap))
        .number(
            "thread.pfmajor",
            UINT64,
            "major page faults since the start of the thread.",
            ProcessFields.number(ThreadInfo::pageFaultsMajor))
        .number(
            "thread.pfminor",
            UINT64,
            "minor page faults since the start of the thread.",
            ProcessFields.number(ThreadInfo::pageFaultsMinor));
  }

  private static long fdUsage(ThreadInfo thread) {
    long limit = thread.fdLimit();
    double used = limit <= 0 ? 0 : Math.min(100, thread.openDescriptors() * 100.0 / limit);
    return Double.doubleToRawLongBits(used);
  }

  private static void threads(FieldRows rows) {
    rows.row(
            "thread.tid",
            INT64,
            PrintFormat.ID,
            "id of the thread.",
            (context, out) -> Extractors.number(out, context.event().tid()))
        .bool(
            "thread.ismain",
            "true for the main thread of its process.",
            ProcessFields.flag(ThreadInfo::isMain),
            PROCESS_STATE)
        .row(
            "thread.vtid",
            INT64,
            PrintFormat.ID,
            "id of the thread in its own pid namespace.",
            ProcessFields.numberUnless(-1, ThreadInfo::vtid),
            PROCESS_STATE)
        .text(
            "thread.nametid",
            "name of the process and id of the thread in one text.",
            ThreadFields::nameAndId,
            TABLE_ONLY)
        .number(
            "thread.exectime",
            RELTIME,
            "for context switches the nanoseconds that the thread ran; 0 for other events.",
            (context, out) -> Extractors.number(out, context.runTime()))
        .number(
            "thread.totexectime",
            RELTIME,
            "nanoseconds that the thread ran, as far as context switches told of it.",
            ProcessFields.number(ThreadInfo::runTime))
        .text(
            "thread.cgroups",
            "cgroups of the thread, subsystem=path, joined by blanks.",
            new CgroupTexts(),
            PROCESS_STATE)
        .bound(
            "thread.cgroup",
            CHARBUF,
            PrintFormat.NA,
            "cgroup of the thread in one subsystem: thread.cgroup.cpuacct.",
            ThreadFields::cgroup,
            FieldFlag.ARG_REQUIRED,
            FieldFlag.ARG_DOTTED,
            PROCESS_STATE)
        .number(
            "proc.nthreads",
            UINT64,
            "living threads of the process.",
            ProcessFields.number(ThreadInfo::liveThreads))
        .number(
            "proc.nchilds",
            UINT64,
            "living threads of the process without the main thread.",
            ProcessFields.number(ThreadInfo::liveNonMainThreads));
    processor(rows);
  }

  private static void processor(FieldRows rows) {
    String of = " in percent, for process information events of old captures.";
    processor(rows, "thread.cpu", "CPU use of the last second" + of, true, true);
    processor(rows, "thread.cpu.user", "CPU use in user mode of the last second" + of, true, false);
    processor(
        rows, "thread.cpu.system", "CPU use in the kernel of the last second" + of, false, true);
  }

  private static void processor(
      FieldRows rows, String name, String description, boolean user, boolean system) {
    rows.row(
        name,
        DOUBLE,
        PrintFormat.NA,
        description,
        (context, out) -> processor(context, out, user, system));
  }

  /** The events count hundredths of a second. */
  private static boolean processor(EventContext context, Value out, boolean user, boolean system) {
    if (context.event().type() != EventType.PROCINFO_E || context.thread() == null) {
      return false;
    }
    long before =
        (user ? context.previousUserTime() : 0) + (system ? context.previousSystemTime() : 0);
    long now = (user ? context.event().s64(0, 0) : 0) + (system ? context.event().s64(1, 0) : 0);
    boolean much = Long.compareUnsigned(now - before, 100) > 0;
    double percent = before == 0 ? 0 : much ? 100 : now - before;
    return Extractors.number(out, Double.doubleToRawLongBits(percent));
  }

  private static boolean nameAndId(EventContext context, Value out) {
    if (context.thread() == null) {
      return false;
    }
    out.addText().append(context.thread().comm()).appendDecimal(context.event().tid());
    return true;
  }

  private static Extractor cgroup(Optional<String> argument) throws FieldException {
    String text = argument.orElse("");
    if (!text.startsWith(".")) {
      throw FieldException.syntax();
    }
    if (!text.matches("\\.[A-Za-z_]+")) {
      throw FieldException.noField();
    }
    return new CgroupText(text.substring(1));
  }

  private static void memory(FieldRows rows) {
    rows.number(
            "thread.vmsize",
            UINT64,
            "virtual memory of the process in kB, 0 for all but its main thread.",
            ProcessFields.number(thread -> thread.isMain() ? thread.vmSize() : 0))
        .number(
            "thread.vmrss",
            UINT64,
            "resident memory of the process in kB, 0 for all but its main thread.",
            ProcessFields.number(thread -> thread.isMain() ? thread.vmRss() : 0))
        .number(
            "thread.vmsize.b",
            UINT64,
            "thread.vmsize in bytes.",
            ProcessFields.number(thread -> thread.isMain() ? thread.vmSize() * 1024 : 0),
            TABLE_ONLY)
        .number(
            "thread.vmrss.b",
            UINT64,
            "thread.vmrss in bytes.",
            ProcessFields.number(thread -> thread.isMain() ? thread.vmRss() * 1024 : 0),
            TABLE_ONLY);
  }

  private static void standardStreams(FieldRows rows) {
    String[] names = {"proc.stdin", "proc.stdout", "proc.stderr"};
    for (int i = 0; i < names.length; i++) {
      int number = i;
      rows.text(
          names[i] + ".type",
          "type of descriptor " + i + ".",
          (context, out) -> {
            FdInfo fd = stream(context, number);
            return fd != null && Extractors.text(out, FdText.type(fd.type()));
          });
    }
    for (int i = 0; i < names.length; i++) {
      int number = i;
      rows.text(
          names[i] + ".name",
          "name of descriptor " + i + ".",
          (context, out) -> {
            FdInfo fd = stream(context, number);
            return fd != null && Extractors.text(out, fd.name());
          });
    }
  }

  private static FdInfo stream(EventContext context, int number) {
    return context.thread() == null ? null : context.thread().fds().get(number);
  }

  /** All cgroups. */
  private static final class CgroupTexts implements Extractor {
    private final Bytes scratch = new Bytes();

    @Override
    public boolean extract(EventContext context, Value out) {
      if (context.thread() == null) {
        return false;
      }
      context.thread().cgroups().text(scratch.clear());
      ProcessText.joined(scratch, out.addText());
      return !scratch.isEmpty();
    }
  }

  /** The cgroup of one subsystem. */
  private static final class CgroupText implements Extractor {
    private final byte[] start;
    private final Bytes all = new Bytes();

    CgroupText(String subsystem) {
      start = (subsystem + "=").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean extract(EventContext context, Value out) {
      if (context.thread() == null) {
        return false;
      }
      context.thread().cgroups().text(all.clear());
      int at = 0;
      Bytes entry = out.addText();
      while (at < all.length()) {
        int nul = all.indexOf(0, at);
        int end = nul < 0 ? all.length() : nul;
        entry.view(all.array(), all.offset() + at, end - at);
        if (entry.startsWith(start)) {
          int skip = start.length;
          entry.view(all.array(), all.offset() + at + skip, end - at - skip);
          return true;
        }
        at = end + 1;
      }
      return false;
    }
  }
}
