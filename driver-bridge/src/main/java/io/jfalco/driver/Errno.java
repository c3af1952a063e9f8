package io.jfalco.driver;

/** Names of the error numbers that the kernel answers with. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int ENXIO = 6;
  static final int E2BIG = 7;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int ENOTTY = 25;
  static final int ENOSPC = 28;
  static final int ERANGE = 34;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;
  static final int ENOTSUPP = 524;

  private Errno() {}

  /** Name and meaning, as in {@code EPERM (operation not permitted)}. */
  static String text(int errno) {
    switch (errno) {
      case EPERM:
        return "EPERM (operation not permitted)";
      case ENOENT:
        return "ENOENT (no such file or object)";
      case ESRCH:
        return "ESRCH (no such kernel type or symbol)";
      case EINTR:
        return "EINTR (interrupted)";
      case EIO:
        return "EIO (refused by the device)";
      case ENXIO:
        return "ENXIO (no such device)";
      case E2BIG:
        return "E2BIG (too large)";
      case ENOMEM:
        return "ENOMEM (out of memory)";
      case EACCES:
        return "EACCES (permission denied)";
      case EBUSY:
        return "EBUSY (in use)";
      case ENODEV:
        return "ENODEV (no such device)";
      case EINVAL:
        return "EINVAL (invalid argument)";
      case EMFILE:
        return "EMFILE (too many open files)";
      case ENOTTY:
        return "ENOTTY (unknown request)";
      case ENOSPC:
        return "ENOSPC (no space left)";
      case ERANGE:
        return "ERANGE (out of range)";
      case ENOSYS:
        return "ENOSYS (system call not available)";
      case EOPNOTSUPP:
        return "EOPNOTSUPP (not supported)";
      case ENOTSUPP:
        return "ENOTSUPP (not supported by this kernel)";
      default:
        return "errno " + errno;
    }
  }
}
