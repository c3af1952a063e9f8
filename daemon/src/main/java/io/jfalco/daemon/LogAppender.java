package io.jfalco.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.output.Syslog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Marker;

/**
 * Writes log messages as Falco does: {@code Mon Nov 23 03:22:43 2026: message} to standard error,
 * the bare message to the system's log. Until it is told otherwise, to standard error from level
 * info on.
 */
final class LogAppender extends AppenderBase<ILoggingEvent> {
  private static final LogAppender INSTANCE = new LogAppender();
  private static final String LIBRARIES = "io.jfalco.driver";
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final PrintStream stderr =
      new PrintStream(
          new FileOutputStream(FileDescriptor.err), /* autoFlush= */ true, StandardCharsets.UTF_8);
  private volatile Settings settings =
      new Settings(
          new Config.Log(true, false, Priority.INFORMATIONAL, Optional.of(Priority.INFORMATIONAL)),
          false,
          Optional.empty());

  /** Present from the time when events are taken. */
  private volatile Optional<LogQueue> queue = Optional.empty();

  private record Settings(Config.Log log, boolean iso8601, Optional<Syslog> syslog) {}

  private LogAppender() {
    setName("falco");
  }

  static LogAppender instance() {
    return INSTANCE;
  }

  /** Follows the configuration from now on. */
  void configure(Config.Log log, boolean iso8601) {
    settings =
        new Settings(log, iso8601, log.syslog() ? Optional.of(Syslog.open()) : Optional.empty());
  }

  /** True when messages of this level are written. */
  boolean isWritten(Priority level) {
    return level.compareTo(settings.log().level()) <= 0;
  }

  /** True when errors go to standard error. */
  boolean isOnStandardError() {
    return settings.log().stderr() && isWritten(Priority.ERROR);
  }

  @Override
  protected void append(ILoggingEvent event) {
    Settings now = settings;
    Priority level = level(event);
    String text = text(event);
    boolean shown = level.compareTo(now.log().level()) <= 0;
    if (event.getLoggerName().startsWith(LIBRARIES)) {
      text = "[libs]: " + text;
      shown = now.log().libraries().map(least -> level.compareTo(least) <= 0).orElse(false);
    }
    if (!shown) {
      return;
    }
    String shownText = text;
    Instant time = event.getInstant();
    queue.ifPresentOrElse(
        waiting ->
            waiting.add(
                () -> {
                  tellDropped(waiting, now, time);
                  write(now, level, shownText, time);
                }),
        () -> write(now, level, shownText, time));
  }

  private void tellDropped(LogQueue waiting, Settings now, Instant time) {
    long dropped = waiting.takeDropped();
    if (dropped > 0) {
      write(now, Priority.WARNING, dropped + " log messages were dropped", time);
    }
  }

  private void write(Settings now, Priority level, String text, Instant time) {
    if (now.log().stderr()) {
      stderr.println((now.iso8601() ? UTC : LOCAL).format(time) + ": " + text);
    }
    if (now.syslog().isPresent()) {
      now.syslog().get().log(level, text);
    }
  }

  /** From now on a thread of its own writes. */
  void detach() {
    if (queue.isEmpty()) {
      queue = Optional.of(new LogQueue());
    }
  }

  /** Waits until all is written, but no longer than a second. */
  void settle() {
    queue.ifPresent(LogQueue::settle);
  }

  private static String text(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    return event.getThrowableProxy() == null
        ? message
        : message
            + ": "
            + event.getThrowableProxy().getClassName()
            + ": "
            + event.getThrowableProxy().getMessage();
  }

  /** Levels that slf4j does not have come as markers. */
  private static Priority level(ILoggingEvent event) {
    List<Marker> markers = event.getMarkerList();
    if (markers != null) {
      for (Marker marker : markers) {
        Optional<Priority> named = Priority.parse(marker.getName());
        if (named.isPresent()) {
          return named.get();
        }
      }
    }
    return switch (event.getLevel().toInt()) {
      case Level.ERROR_INT -> Priority.ERROR;
      case Level.WARN_INT -> Priority.WARNING;
      case Level.INFO_INT -> Priority.INFORMATIONAL;
      default -> Priority.DEBUG;
    };
  }
}
