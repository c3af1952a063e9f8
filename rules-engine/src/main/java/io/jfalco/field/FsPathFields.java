package io.jfalco.field;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import java.util.List;
import java.util.Map;

/** Paths that system calls act on without a descriptor. */
final class FsPathFields {
  private static final FieldFamily FAMILY =
      FieldFamily.syscall(
          "fs.path",
          "",
          "Paths of system calls that act on a path, such as unlink and rename, as well as of those"
              + " that open one.");

  /** Name of the parameter with the path; "fd" where it is the descriptor's name. */
  private static final Map<EventType, String> PATHS =
      Map.ofEntries(
          Map.entry(EventType.SYSCALL_MKDIR_2_X, "path"),
          Map.entry(EventType.SYSCALL_MKDIRAT_X, "path"),
          Map.entry(EventType.SYSCALL_RMDIR_2_X, "path"),
          Map.entry(EventType.SYSCALL_UNLINK_2_X, "path"),
          Map.entry(EventType.SYSCALL_UNLINKAT_2_X, "name"),
          Map.entry(EventType.SYSCALL_OPEN_X, "name"),
          Map.entry(EventType.SYSCALL_OPENAT_2_X, "name"),
          Map.entry(EventType.SYSCALL_OPENAT2_X, "name"),
          Map.entry(EventType.SYSCALL_FCHMODAT_X, "filename"),
          Map.entry(EventType.SYSCALL_CHMOD_X, "filename"),
          Map.entry(EventType.SYSCALL_FCHMOD_X, FsPath.DESCRIPTOR),
          Map.entry(EventType.SYSCALL_CHOWN_X, "path"),
          Map.entry(EventType.SYSCALL_LCHOWN_X, "path"),
          Map.entry(EventType.SYSCALL_FCHOWN_X, FsPath.DESCRIPTOR),
          Map.entry(EventType.SYSCALL_FCHOWNAT_X, "pathname"),
          Map.entry(EventType.SYSCALL_QUOTACTL_X, "special"),
          Map.entry(EventType.SYSCALL_UMOUNT_1_X, "name"),
          Map.entry(EventType.SYSCALL_UMOUNT2_X, "name"));

  private static final Map<EventType, String> SOURCES =
      Map.of(
          EventType.SYSCALL_RENAME_X, "oldpath",
          EventType.SYSCALL_RENAMEAT_X, "oldpath",
          EventType.SYSCALL_RENAMEAT2_X, "oldpath",
          EventType.SYSCALL_LINK_2_X, "newpath",
          EventType.SYSCALL_LINKAT_2_X, "newpath",
          EventType.SYSCALL_SYMLINK_X, "linkpath",
          EventType.SYSCALL_SYMLINKAT_X, "linkpath",
          EventType.SYSCALL_MOUNT_X, "dev");

  private static final Map<EventType, String> TARGETS =
      Map.of(
          EventType.SYSCALL_RENAME_X, "newpath",
          EventType.SYSCALL_RENAMEAT_X, "newpath",
          EventType.SYSCALL_RENAMEAT2_X, "newpath",
          EventType.SYSCALL_LINK_2_X, "oldpath",
          EventType.SYSCALL_LINKAT_2_X, "oldpath",
          EventType.SYSCALL_SYMLINK_X, "target",
          EventType.SYSCALL_SYMLINKAT_X, "target",
          EventType.SYSCALL_MOUNT_X, "dir");

  private FsPathFields() {}

  static List<Field> rows() {
    FieldRows rows = new FieldRows(FAMILY);
    add(rows, "name", "path that the call acts on", FsPath.Side.ONLY, PATHS);
    add(
        rows,
        "source",
        "first of the two paths of rename, link and mount",
        FsPath.Side.SOURCE,
        SOURCES);
    add(
        rows,
        "target",
        "second of the two paths of rename, link and mount",
        FsPath.Side.TARGET,
        TARGETS);
    return rows.rows();
  }

  private static void add(
      FieldRows rows,
      String name,
      String description,
      FsPath.Side side,
      Map<EventType, String> params) {
    rows.bound(
            "fs.path." + name,
            ParamType.CHARBUF,
            PrintFormat.NA,
            description + ", made absolute; only for calls that succeeded.",
            argument -> new FsPath(side, indexes(params), false))
        .bound(
            "fs.path." + name + "raw",
            ParamType.CHARBUF,
            PrintFormat.NA,
            description + ", as the process gave it; only for calls that succeeded.",
            argument -> new FsPath(side, indexes(params), true));
  }

  private static int[] indexes(Map<EventType, String> params) {
    int[] indexes = new int[EventType.COUNT];
    for (int i = 0; i < indexes.length; i++) {
      String name = params.get(EventType.of(i));
      if (name == null) {
        indexes[i] = FsPath.NONE;
      } else if (name.equals(FsPath.DESCRIPTOR)) {
        indexes[i] = FsPath.OF_DESCRIPTOR;
      } else {
        indexes[i] = EventTable.info(EventType.of(i)).param(name).orElseThrow().index();
      }
    }
    return indexes;
  }
}
