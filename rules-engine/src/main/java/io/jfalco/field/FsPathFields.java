package io.jfalco.field;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import java.util.EnumMap;
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

  /** Calls of which only the kernel's path is told: Falco has no field for theirs. */
  private static final Map<EventType, String> MORE_PATHS =
      Map.ofEntries(
          Map.entry(EventType.SYSCALL_CREAT_X, "name"),
          Map.entry(EventType.SYSCALL_OPEN_BY_HANDLE_AT_X, "path"),
          Map.entry(EventType.SYSCALL_CHDIR_X, "path"),
          Map.entry(EventType.SYSCALL_FCHDIR_X, "kpath"),
          Map.entry(EventType.SYSCALL_CHROOT_X, "path"),
          Map.entry(EventType.SYSCALL_ACCESS_X, "name"),
          Map.entry(EventType.SYSCALL_STAT_X, "path"),
          Map.entry(EventType.SYSCALL_LSTAT_X, "path"),
          Map.entry(EventType.SYSCALL_MKNOD_X, "path"));

  /** Where the kernel's path is, by the name of the parameter with the process's. */
  private static final Map<String, String> OF_KERNEL =
      Map.of("newpath", "knewpath", "linkpath", "knewpath", "dev", "");

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

  /** The same paths as the kernel used them. */
  static void addKernelPaths(FieldRows rows) {
    Map<EventType, String> all = new EnumMap<>(PATHS);
    all.putAll(MORE_PATHS);
    addKernel(rows, KernelFields.PATH, "path that the call acts on", FsPath.Side.ONLY, all);
    addKernel(
        rows,
        KernelFields.SOURCE,
        "first of the two paths of rename and link",
        FsPath.Side.SOURCE,
        SOURCES);
    addKernel(
        rows,
        KernelFields.TARGET,
        "second of the two paths of rename, link and mount",
        FsPath.Side.TARGET,
        TARGETS);
  }

  private static void addKernel(
      FieldRows rows,
      String name,
      String description,
      FsPath.Side side,
      Map<EventType, String> params) {
    rows.bound(
        name,
        ParamType.CHARBUF,
        PrintFormat.NA,
        description
            + ", made absolute, as the kernel used it, whatever the process says; only for calls that"
            + " succeeded.",
        argument -> new FsPath(side, indexes(params), kernelIndexes(params)));
  }

  private static int[] kernelIndexes(Map<EventType, String> params) {
    Map<EventType, String> names = new EnumMap<>(EventType.class);
    params.forEach(
        (type, name) -> {
          String wanted = OF_KERNEL.getOrDefault(name, "kpath");
          EventTable.info(type).param(wanted).ifPresent(param -> names.put(type, wanted));
        });
    params.forEach(
        (type, name) -> {
          if (type == EventType.SYSCALL_OPEN_BY_HANDLE_AT_X) {
            names.put(type, name);
          }
        });
    return indexes(names);
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
