package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Fields of our own that tell what the kernel used, not what the memory of the process says. */
public final class KernelFields {
  static final String FD_NAME = "fd.kernelname";
  static final String PATH = "fs.path.kernelname";
  static final String SOURCE = "fs.path.kernelsource";
  static final String TARGET = "fs.path.kerneltarget";
  static final String MARK = "evt.is_toctou";
  static final String CUT = "evt.is_truncated";

  /** Bits of the parameter toctou. */
  private static final int DIFFERS = 1;

  private static final int CUT_MARK = 2;
  private static final int NOT_LOOKED = 4;

  /** In the parameter toctou: memory does not tell what the kernel used. */
  static final int DIFFERS_OR_UNKNOWN = DIFFERS | NOT_LOOKED;

  private static final Set<String> PARAMS = Set.of("kpath", "knewpath", "kdev", "kaddr", "toctou");
  private static final Set<String> FIELDS = Set.of(FD_NAME, PATH, SOURCE, TARGET, MARK);

  private static final FieldFamily FAMILY =
      FieldFamily.syscall(
          "kernel",
          "JFalco only",
          "What the kernel used of the arguments of system calls, whatever the memory of the process"
              + " says. Rules that use one of them make calls with a path slower on the whole host.");

  private KernelFields() {}

  static List<Field> rows() {
    FieldRows rows = new FieldRows(FAMILY);
    rows.text(
        FD_NAME,
        "path of the file that the kernel opened, without symbolic links; both ends of a"
            + " connection. Not for files that were open before.",
        FdFields.known(KernelFields::descriptor));
    FsPathFields.addKernelPaths(rows);
    rows.bound(
        MARK,
        ParamType.BOOL,
        PrintFormat.NA,
        "true when a path, an address or an argument of a failed exec in the memory of the process"
            + " was not, or may not have been, what the kernel used.",
        argument -> new Mark());
    rows.bound(
        CUT,
        ParamType.BOOL,
        PrintFormat.NA,
        "true when arguments or environment of a started program were longer than"
            + " falco_libs.args_size, or a path longer than 4096 bytes. Costs nothing.",
        argument -> new Cut());
    return rows.rows();
  }

  /** True when one of these fields, with their arguments, needs what the kernel used. */
  public static boolean anyOf(Collection<String> fields) {
    for (String field : fields) {
      if (FIELDS.contains(field) || PARAMS.contains(parameter(field))) {
        return true;
      }
    }
    return false;
  }

  /** The parameter that evt.arg or evt.rawarg names, or nothing. */
  private static String parameter(String field) {
    boolean isParameter = field.startsWith("evt.arg.") || field.startsWith("evt.rawarg.");
    return isParameter ? field.substring(field.lastIndexOf('.') + 1) : "";
  }

  static boolean descriptor(EventContext context, FdInfo fd, Value out) {
    Bytes name = fd.type().isSocket() ? fd.name() : fd.kernelName();
    return name != null && !name.isEmpty() && Extractors.text(out, name);
  }

  /** Whether an argument in memory was not what the kernel used. */
  static final class Mark implements Extractor {
    private final int[] params = ParamNames.indexes("toctou");

    @Override
    public boolean extract(EventContext context, Value out) {
      int param = params[context.event().type().ordinal()];
      if (param < 0 || context.event().isMissing(param)) {
        return false;
      }
      long marks = context.event().u32(param, 0);
      return (marks & NOT_LOOKED) == 0 && Extractors.bool(out, (marks & DIFFERS) != 0);
    }
  }

  /** Whether something was longer than what is kept; a missing mark says no. */
  static final class Cut implements Extractor {
    private final int[] params = ParamNames.indexes("toctou");

    @Override
    public boolean extract(EventContext context, Value out) {
      int param = params[context.event().type().ordinal()];
      return param >= 0 && Extractors.bool(out, (context.event().u32(param, 0) & CUT_MARK) != 0);
    }
  }
}
