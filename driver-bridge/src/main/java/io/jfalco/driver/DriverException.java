package io.jfalco.driver;

/**
 * The environment does not let a source work. Says what was tried, what the kernel answered, why
 * that probably is, and what helps.
 */
public final class DriverException extends Exception {
  /** What kind of failure it is. */
  public enum Code {
    /** A file that belongs to JFalco is missing: the eBPF object or the native library. */
    MISSING_FILE,
    /** The kernel carries no type information of its own (BTF). */
    MISSING_BTF,
    /** The process may not use eBPF. */
    MISSING_CAPABILITY,
    /** The kernel cannot do what the source needs. */
    UNSUPPORTED_KERNEL,
    /** Memory or another resource ran out. */
    OUT_OF_RESOURCES,
    /** The kernel refused to load the eBPF object as a whole. */
    LOAD_FAILED,
    /** Programs were loaded but could not be attached. */
    ATTACH_FAILED,
    /** A ring or another map could not be mapped, or does not look as expected. */
    MAP_FAILED,
    /** Falco's kernel module is not loaded. */
    MODULE_MISSING,
    /** The kernel module speaks another version of its interface, or has another event table. */
    MODULE_VERSION,
    /** The kernel module refuses what it was asked. */
    MODULE_REFUSED,
    /** CPUs came or went; the kernel module has no ring for them. */
    CPUS_CHANGED,
    /** A capture file cannot be read. */
    CAPTURE_UNREADABLE,
    /** A capture file contradicts itself. */
    CAPTURE_INVALID
  }

  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String operation;
  private final int errno;
  private final String reason;
  private final String fix;

  /**
   * A failure.
   *
   * @param code kind
   * @param operation what was tried, with the object it was tried on
   * @param errno what the kernel answered (positive), or 0 when it was not asked
   * @param reason the likely cause, as part of a sentence
   * @param fix what the reader can do, as part of a sentence; may be empty
   */
  public DriverException(Code code, String operation, int errno, String reason, String fix) {
    super(text(operation, errno, reason, fix));
    this.code = code;
    this.operation = operation;
    this.errno = errno;
    this.reason = reason;
    this.fix = fix;
  }

  /** A failure below which lies another. */
  public DriverException(
      Code code, String operation, int errno, String reason, String fix, Throwable cause) {
    this(code, operation, errno, reason, fix);
    initCause(cause);
  }

  /** Kind of failure. */
  public Code code() {
    return code;
  }

  /** What was tried. */
  public String operation() {
    return operation;
  }

  /** What the kernel answered (positive), or 0. */
  public int errno() {
    return errno;
  }

  /** The likely cause. */
  public String reason() {
    return reason;
  }

  /** What the reader can do; may be empty. */
  public String fix() {
    return fix;
  }

  private static String text(String operation, int errno, String reason, String fix) {
    StringBuilder text = new StringBuilder(operation).append(": ");
    if (errno != 0) {
      text.append(Errno.text(errno)).append(": ");
    }
    text.append(reason);
    if (!fix.isEmpty()) {
      text.append("; ").append(fix);
    }
    return text.toString();
  }
}
