package io.jfalco.driver;

/** A native call failed. Turned into a {@link DriverException} by {@link Diagnosis}. */
final class BpfError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int errno;

  BpfError(String operation, int errno) {
    super(operation + ": " + Errno.text(errno));
    this.operation = operation;
    this.errno = errno;
  }

  String operation() {
    return operation;
  }

  int errno() {
    return errno;
  }
}
