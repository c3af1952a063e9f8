package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.Paths;
import java.util.Arrays;
import java.util.Optional;

/** {@code evt.abspath}: the absolute path of a call that takes a directory and a name. */
final class AbsolutePath implements Extractor {
  private static final long WORKING_DIRECTORY = -100;
  private static final Bytes NOWHERE = new Bytes();
  private static final Bytes UNKNOWN_DIRECTORY = Bytes.of("<UNKNOWN>/");

  private final int[] directories = new int[EventType.COUNT];
  private final int[] paths = new int[EventType.COUNT];
  private final Bytes path = new Bytes();
  private final Bytes directory = new Bytes();

  private AbsolutePath(boolean target) {
    Arrays.fill(paths, -1);
    String side = target ? "new" : "old";
    with(EventType.SYSCALL_RENAMEAT_X, side + "dirfd", side + "path");
    with(EventType.SYSCALL_RENAMEAT2_X, side + "dirfd", side + "path");
    with(EventType.SYSCALL_LINKAT_2_X, side + "dir", side + "path");
    with(EventType.SYSCALL_SYMLINKAT_X, "linkdirfd", "linkpath");
    with(EventType.SYSCALL_OPENAT_2_X, "dirfd", "name");
    with(EventType.SYSCALL_OPENAT2_X, "dirfd", "name");
    with(EventType.SYSCALL_UNLINKAT_2_X, "dirfd", "name");
    with(EventType.SYSCALL_MKDIRAT_X, "dirfd", "path");
    with(EventType.SYSCALL_FCHMODAT_X, "dirfd", "filename");
    with(EventType.SYSCALL_FCHOWNAT_X, "dirfd", "pathname");
  }

  private void with(EventType type, String directoryName, String pathName) {
    EventInfo info = EventTable.info(type);
    directories[type.ordinal()] = info.param(directoryName).orElseThrow().index();
    paths[type.ordinal()] = info.param(pathName).orElseThrow().index();
  }

  static Extractor bind(Optional<String> argument) throws FieldException {
    return switch (argument.orElse("")) {
      case "", ".src" -> new AbsolutePath(false);
      case ".dst" -> new AbsolutePath(true);
      default -> throw FieldException.noField();
    };
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    if (context.thread() == null) {
      return false;
    }
    EventView event = context.event();
    int type = event.type().ordinal();
    if (event.type() == EventType.SYSCALL_OPEN_BY_HANDLE_AT_X) {
      if (Extractors.result(context) <= 0 || !event.text(3, path)) {
        return false;
      }
      Paths.join(out.addText(), NOWHERE, path);
      return true;
    }
    if (paths[type] < 0 || event.isMissing(directories[type]) || !event.text(paths[type], path)) {
      return false;
    }
    Paths.join(out.addText(), directory(context, event.s64(directories[type], 0)), path);
    return true;
  }

  /** The directory that a relative path starts from. */
  private Bytes directory(EventContext context, long number) {
    if (number == WORKING_DIRECTORY) {
      return context.thread().cwd();
    }
    FdInfo fd = context.thread().fds().get(number);
    return fd == null ? UNKNOWN_DIRECTORY : directory.clear().append(fd.name()).append('/');
  }
}
