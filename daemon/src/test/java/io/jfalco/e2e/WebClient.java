package io.jfalco.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Asks the web server of a daemon whose configuration lets it choose its port. */
final class WebClient {
  private static final Pattern START =
      Pattern.compile("Starting health webserver with .* listening on 127\\.0\\.0\\.1:(\\d+)");

  private final FalcoProcess falco;
  private final Optional<SSLContext> tls;

  WebClient(FalcoProcess falco) {
    this.falco = falco;
    this.tls = Optional.empty();
  }

  /** By HTTPS. */
  WebClient(FalcoProcess falco, SSLContext tls) {
    this.falco = falco;
    this.tls = Optional.of(tls);
  }

  /** How often the server was started. */
  long starts() {
    return falco.errorLines().stream().filter(line -> START.matcher(line).find()).count();
  }

  /** The port that was told last. */
  int port() {
    int port = 0;
    for (String line : falco.errorLines()) {
      Matcher start = START.matcher(line);
      if (start.find()) {
        port = Integer.parseInt(start.group(1));
      }
    }
    return port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpClient.Builder builder = HttpClient.newBuilder();
    tls.ifPresent(builder::sslContext);
    return builder
        .build()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60))
                .build(),
            BodyHandlers.ofString());
  }

  /** Asks until an answer is as wanted. */
  HttpResponse<String> await(String path, Predicate<HttpResponse<String>> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String last = "no answer";
    while (System.nanoTime() < end) {
      if (port() != 0) {
        try {
          HttpResponse<String> response = get(path);
          if (wanted.test(response)) {
            return response;
          }
          last = response + "\n" + response.body();
        } catch (IOException notYet) {
          last = notYet.toString();
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError(path + ": " + last + "\n" + falco.text());
  }
}
