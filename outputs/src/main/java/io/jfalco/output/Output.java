package io.jfalco.output;

import java.io.IOException;

/**
 * A place that alerts go to. Used by one thread, that of its {@link OutputChannel}; may block
 * there.
 */
public interface Output {
  /** Falco's name of the kind: stdout, syslog, file, program. */
  String name();

  /**
   * Delivers one message.
   *
   * @throws IOException when it could not be delivered; the channel reports it and goes on with the
   *     next message
   */
  void write(OutputMessage message) throws IOException;

  /** Called on request of the user, after log files were moved away. */
  default void reopen() throws IOException {}

  /** Delivers what is still buffered and gives everything back. */
  default void close() throws IOException {}
}
