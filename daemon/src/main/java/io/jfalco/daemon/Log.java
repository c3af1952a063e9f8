package io.jfalco.daemon;

import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;

/** The daemon's log, with Falco's levels. Any thread may use it. */
public final class Log {
  private static final Logger LOGGER = LoggerFactory.getLogger("io.jfalco.daemon");

  private Log() {}

  /** Follows the configuration from now on. */
  public static void configure(Config.Log log, boolean iso8601) {
    LogAppender.instance().configure(log, iso8601);
  }

  /** True when errors go to standard error. */
  public static boolean isOnStandardError() {
    return LogAppender.instance().isOnStandardError();
  }

  /** From now on no reader of the log that hangs delays a thread that logs. */
  static void detach() {
    LogAppender.instance().detach();
  }

  /** Waits until all that was logged is written, but no longer than a second. */
  public static void settle() {
    LogAppender.instance().settle();
  }

  /** A message that the daemon ends after. */
  public static void critical(String text) {
    LOGGER.error(MarkerFactory.getMarker("critical"), text);
  }

  /** A failure. */
  public static void error(String text) {
    LOGGER.error(text);
  }

  /** Something the user should know. */
  public static void warning(String text) {
    LOGGER.warn(text);
  }

  /** What the daemon does. */
  public static void info(String text) {
    LOGGER.info(text);
  }

  /** Details; the text is made only if it is written. */
  public static void debug(Supplier<String> text) {
    if (LogAppender.instance().isWritten(Priority.DEBUG)) {
      LOGGER.debug(text.get());
    }
  }
}
