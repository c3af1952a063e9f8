package io.jfalco.driver;

/** A call on a device of the kernel module failed. Turned into a {@link DriverException}. */
final class DeviceError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int errno;

  DeviceError(String operation, int errno) {
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
