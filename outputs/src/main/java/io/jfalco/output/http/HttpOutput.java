package io.jfalco.output.http;

import io.jfalco.output.Output;
import io.jfalco.output.OutputException;
import io.jfalco.output.OutputMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each alert to a server. What may pass is tried again, with growing pauses, while the
 * following alerts wait in the queue: connections that fail, for as long as it takes; 408, 429 and
 * 5xx, {@value #REFUSALS} times; time-outs, as often as configured. Other answers are final.
 */
public final class HttpOutput implements Output {
  private static final Logger LOG = LoggerFactory.getLogger(HttpOutput.class);

  /** Tries after answers that ask for another one. */
  private static final int REFUSALS = 10;

  /** Answers to compressed bodies by servers that do not know of them. */
  private static final int BAD_REQUEST = 400;

  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private final HttpEndpoint endpoint;
  private final HttpRequests requests;
  private final Optional<PrintStream> echo;
  private final int mostTimeouts;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private boolean compress;
  private long failures;

  /**
   * An output; certificates are read here.
   *
   * @param endpoint where to
   * @param requests how; owned by the output from now on
   * @param compress send gzip until the server refuses it
   * @param echo where answers are printed
   * @param mostTimeouts how often a message is sent again after a time-out
   * @throws OutputException when a certificate or key cannot be used
   */
  public HttpOutput(
      HttpEndpoint endpoint,
      HttpRequests requests,
      boolean compress,
      Optional<PrintStream> echo,
      int mostTimeouts)
      throws OutputException {
    this.endpoint = endpoint;
    this.requests = requests;
    this.compress = compress;
    this.echo = echo;
    this.mostTimeouts = mostTimeouts;
    requests.open(endpoint);
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public void write(OutputMessage message) throws IOException {
    int timeouts = 0;
    int refusals = 0;
    backoff.reset();
    while (true) {
      Delivery delivery = deliver(message.bytes());
      boolean again =
          switch (delivery.kind()) {
            case DONE, REFUSED -> false;
            case TIMEOUT -> timeouts++ < mostTimeouts;
            case LATER -> refusals++ < REFUSALS;
            case UNREACHABLE -> true;
          };
      if (delivery.kind() == Delivery.Kind.DONE) {
        recovered();
        return;
      }
      if (!again) {
        throw new IOException(endpoint + ": " + delivery.text() + "; the alert is lost");
      }
      failed(delivery.text());
      sleep(backoff.next(), delivery.pause());
    }
  }

  private Delivery deliver(byte[] message) {
    try {
      HttpRequests.Answer answer =
          requests.post(endpoint, compress ? gzip(message) : message, compress);
      if (compress
          && (answer.status() == BAD_REQUEST || answer.status() == UNSUPPORTED_MEDIA_TYPE)) {
        answer = requests.post(endpoint, message, false);
        if (answer.isSuccess()) {
          compress = false;
          LOG.warn("http: {} takes no compressed bodies, they are sent as they are", endpoint);
        }
      }
      print(answer);
      return Delivery.of(answer);
    } catch (IOException e) {
      return Delivery.of(e);
    }
  }

  private void print(HttpRequests.Answer answer) {
    echo.ifPresent(
        stream -> {
          stream.print(answer.body());
          stream.flush();
        });
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  /** The first failure is told, and how many they were in the end. */
  private void failed(String why) {
    if (failures++ == 0) {
      LOG.error("http: cannot deliver to {}: {}; trying again", endpoint, why);
    }
  }

  private void recovered() {
    if (failures > 0) {
      LOG.warn("http: {} takes alerts again, after {} failed tries", endpoint, failures);
      failures = 0;
    }
  }

  private static void sleep(Duration backoff, Duration pause) throws IOException {
    try {
      Thread.sleep(Math.max(backoff.toMillis(), pause.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("given up at the end");
    }
  }

  /** Reads the certificates again, for those that were renewed. */
  @Override
  public void reopen() throws IOException {
    requests.open(endpoint);
  }

  @Override
  public void close() {
    requests.end();
  }
}
