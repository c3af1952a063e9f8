package io.jfalco.output.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What became of one try to deliver a message.
 *
 * @param kind what follows from it
 * @param text why it was not delivered, for logs; empty when it was
 * @param pause least time before the next try
 */
record Delivery(Kind kind, String text, Duration pause) {
  /** Kinds of results. */
  enum Kind {
    /** The server has it. */
    DONE,
    /** No answer in time. */
    TIMEOUT,
    /** No connection, or it broke. */
    UNREACHABLE,
    /** The server wants it later, or has a defect that may pass: 408, 429, 5xx. */
    LATER,
    /** Another try would end the same way. */
    REFUSED
  }

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  static Delivery of(HttpRequests.Answer answer) {
    if (answer.isSuccess()) {
      return new Delivery(Kind.DONE, "", Duration.ZERO);
    }
    int status = answer.status();
    String text =
        "the server answered with status "
            + status
            + answer.location().map(to -> ", pointing to " + to).orElse("");
    boolean later = status == 408 || status == 429 || status / 100 == 5;
    Duration pause = answer.retryAfter().orElse(Duration.ZERO);
    return new Delivery(
        later ? Kind.LATER : Kind.REFUSED,
        text,
        pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  static Delivery of(IOException failure) {
    return failure instanceof SocketTimeoutException
        ? new Delivery(Kind.TIMEOUT, "time-out: " + failure.getMessage(), Duration.ZERO)
        : new Delivery(Kind.UNREACHABLE, reason(failure), Duration.ZERO);
  }

  private static String reason(IOException failure) {
    String text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }
}
