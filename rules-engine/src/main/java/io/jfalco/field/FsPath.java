package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import io.jfalco.state.Paths;

/** One of the {@code fs.path} fields. */
final class FsPath implements Extractor {
  static final String DESCRIPTOR = "fd";
  static final int NONE = -1;
  static final int OF_DESCRIPTOR = -2;

  private static final long WORKING_DIRECTORY = -100;
  private static final Bytes NOWHERE = new Bytes();
  private static final Bytes UNKNOWN = Bytes.of("<UNKNOWN>");

  /** Which of the paths of a call. */
  enum Side {
    ONLY,
    SOURCE,
    TARGET
  }

  private final Side side;
  private final int[] params;
  private final boolean raw;
  private final boolean kernel;
  private final int[] kernelParams;
  private final int[] marks;
  private final Bytes path = new Bytes();
  private final Bytes directory = new Bytes();

  FsPath(Side side, int[] params, boolean raw) {
    this.side = side;
    this.params = params;
    this.raw = raw;
    kernel = false;
    kernelParams = params;
    marks = params;
  }

  /**
   * The path that the kernel used: from these parameters, or that of the call where it is the same.
   */
  FsPath(Side side, int[] params, int[] kernelParams) {
    this.side = side;
    this.params = params;
    this.kernelParams = kernelParams;
    raw = false;
    kernel = true;
    marks = ParamNames.indexes("toctou");
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    int param = params[context.event().type().ordinal()];
    if (kernel) {
      param = kernelParam(context, param);
    }
    if (param == NONE || !hasSucceeded(context) || !read(context, param)) {
      return false;
    }
    if (raw) {
      out.addText().view(path);
      return true;
    }
    if (context.thread() == null) {
      return false;
    }
    if (!path.isEmpty() && path.at(0) == '/') {
      absolute(out);
    } else {
      relative(context, out.addText());
    }
    return true;
  }

  /** Falco's limit is not for our own fields. */
  private void absolute(Value out) {
    if (kernel && path.length() > Paths.LIMIT) {
      out.addText().view(path);
    } else {
      Paths.join(out.addText(), NOWHERE, path);
    }
  }

  private int kernelParam(EventContext context, int param) {
    EventView event = context.event();
    int type = event.type().ordinal();
    if (kernelParams[type] >= 0 && !event.isMissing(kernelParams[type])) {
      return kernelParams[type];
    }
    // The same as in memory, unless nobody looked, or it got lost. The device of mount is told
    // always, or not known.
    boolean same =
        !(side == Side.SOURCE && event.type() == EventType.SYSCALL_MOUNT_X)
            && marks[type] >= 0
            && !event.isMissing(marks[type])
            && (event.u32(marks[type], 1) & KernelFields.DIFFERS_OR_UNKNOWN) == 0;
    return same || param == OF_DESCRIPTOR ? param : NONE;
  }

  private static boolean hasSucceeded(EventContext context) {
    EventView event = context.event();
    if (event.isMissing(0)) {
      return false;
    }
    long result = Extractors.result(context);
    return switch (event.type()) {
      case SYSCALL_OPEN_X, SYSCALL_OPENAT_2_X, SYSCALL_OPENAT2_X -> result != -1;
      case SYSCALL_CREAT_X -> result >= 0;
      default -> result == 0;
    };
  }

  private boolean read(EventContext context, int param) {
    if (param != OF_DESCRIPTOR) {
      Extractors.textOrMark(context.event(), param, path);
      return true;
    }
    FdInfo fd = FdFields.fd(context);
    if (fd == null) {
      return !kernel && FdFields.hasFd(context) && context.nameFromEvent(path, false);
    }
    Bytes name = kernel ? fd.kernelName() : fd.name();
    if (name == null) {
      return false;
    }
    path.copyFrom(name);
    return true;
  }

  private void relative(EventContext context, Bytes out) {
    EventType type = context.event().type();
    if (type == EventType.SYSCALL_OPENAT_2_X || type == EventType.SYSCALL_OPENAT2_X) {
      FdInfo fd = context.fd();
      Paths.join(out, NOWHERE, fd == null ? UNKNOWN : fd.name());
      return;
    }
    Paths.join(out, base(context, type), path);
  }

  /** The directory that a relative path starts from. */
  private Bytes base(EventContext context, EventType type) {
    return switch (type) {
      case SYSCALL_FCHOWNAT_X, SYSCALL_FCHMODAT_X, SYSCALL_MKDIRAT_X, SYSCALL_UNLINKAT_2_X ->
          ofDescriptor(context);
      case SYSCALL_SYMLINKAT_X -> side == Side.SOURCE ? ofDescriptor(context) : UNKNOWN;
      case SYSCALL_RENAMEAT2_X ->
          directory(context, context.event().s64(side == Side.TARGET ? 3 : 1, -1));
      default -> context.thread().cwd();
    };
  }

  /** The event's own descriptor, which is the directory of these calls. */
  private Bytes ofDescriptor(EventContext context) {
    FdInfo fd = context.fd();
    if (fd == null || fd.type() != FdType.DIRECTORY) {
      return UNKNOWN;
    }
    return withSlash(fd.name());
  }

  private Bytes directory(EventContext context, long number) {
    if (number == WORKING_DIRECTORY) {
      return context.thread().cwd();
    }
    FdInfo fd = context.thread().fds().get(number);
    return fd == null ? UNKNOWN : withSlash(fd.name());
  }

  private Bytes withSlash(Bytes name) {
    if (name.isEmpty() || name.at(name.length() - 1) == '/') {
      return name;
    }
    return directory.clear().append(name).append('/');
  }
}
