package io.jfalco.output;

/** Sends each alert to the system's log, with the severity of its priority. */
public final class SyslogOutput implements Output {
  private final Syslog syslog;

  /** An output to a log that is open. */
  public SyslogOutput(Syslog syslog) {
    this.syslog = syslog;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public void write(OutputMessage message) {
    syslog.log(message.priority(), message.bytes());
  }

  @Override
  public void reopen() {
    // The C library connects anew by itself.
  }

  @Override
  public void close() {
    // The connection is the process's, not this output's.
  }
}
