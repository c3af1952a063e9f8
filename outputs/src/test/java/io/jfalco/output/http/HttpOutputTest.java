package io.jfalco.output.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.alert.Priority;
import io.jfalco.output.OutputException;
import io.jfalco.output.OutputMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against real servers. */
@Timeout(60)
class HttpOutputTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path dir;

  private static OutputMessage message(String text) {
    return new OutputMessage(Priority.NOTICE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpRequests requests(Optional<TlsSettings> tls, Duration patience) {
    return new HttpRequests("agent/1", "application/json", true, tls, patience);
  }

  private static HttpOutput plain(int port, Duration patience, int timeouts)
      throws OutputException {
    return new HttpOutput(
        HttpEndpoint.parse("http://localhost:" + port + "/in?x=1"),
        requests(Optional.empty(), patience),
        false,
        Optional.empty(),
        timeouts);
  }

  @Test
  void postsEachAlert() throws Exception {
    try (Receiver receiver = Receiver.http(0, Receiver.statuses(200))) {
      HttpOutput output = plain(receiver.port(), LONG, 0);
      output.write(message("{\"a\":\"\u4f60\"}"));
      output.write(message("b"));
      output.close();
      assertThat(receiver.requests())
          .extracting(Receiver.Request::text)
          .containsExactly("{\"a\":\"\u4f60\"}", "b");
      Receiver.Request first = receiver.requests().get(0);
      assertThat(first.method()).isEqualTo("POST");
      assertThat(first.header("user-agent")).isEqualTo("agent/1");
      assertThat(first.header("content-type")).isEqualTo("application/json");
      assertThat(first.header("content-encoding")).isEmpty();
      assertThat(first.header("content-length")).isEqualTo("11");
    }
  }

  @Test
  void answersThatMayPassAreTriedAgain() throws Exception {
    try (Receiver receiver = Receiver.http(0, Receiver.statuses(500, 503, 408, 429, 204))) {
      HttpOutput output = plain(receiver.port(), LONG, 0);
      output.write(message("a"));
      output.write(message("b"));
      output.close();
      assertThat(receiver.requests())
          .extracting(Receiver.Request::text)
          .containsExactly("a", "a", "a", "a", "a", "b");
    }
  }

  @Test
  void otherAnswersAreFinal() throws Exception {
    try (Receiver receiver = Receiver.http(0, Receiver.statuses(404, 200))) {
      HttpOutput output = plain(receiver.port(), LONG, 0);
      assertThatThrownBy(() -> output.write(message("a")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("status 404")
          .hasMessageContaining("lost");
      output.write(message("b"));
      output.close();
      assertThat(receiver.requests()).extracting(Receiver.Request::text).containsExactly("a", "b");
    }
  }

  @Test
  void redirectsAreToldAndNotFollowed() throws Exception {
    try (Receiver receiver =
        Receiver.http(
            0,
            (n, request, exchange) -> {
              exchange.getResponseHeaders().add("Location", "/elsewhere");
              exchange.sendResponseHeaders(301, -1);
            })) {
      HttpOutput output = plain(receiver.port(), LONG, 0);
      assertThatThrownBy(() -> output.write(message("a")))
          .hasMessageContaining("301")
          .hasMessageContaining("/elsewhere");
      output.close();
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    try (Receiver receiver =
        Receiver.http(
            0,
            (n, request, exchange) -> {
              exchange.getResponseHeaders().add("Retry-After", "1");
              exchange.sendResponseHeaders(n == 0 ? 429 : 200, -1);
            })) {
      HttpOutput output = plain(receiver.port(), LONG, 0);
      long before = System.nanoTime();
      output.write(message("a"));
      output.close();
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(1_000_000_000L);
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  @Test
  void serverThatIsNotThereYetGetsTheAlertWhenItIs() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    HttpOutput output = plain(port, LONG, 0);
    Thread writer =
        new Thread(
            () -> {
              try {
                output.write(message("early"));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    Thread.sleep(300);
    assertThat(writer.isAlive()).isTrue();
    try (Receiver receiver = Receiver.http(port, Receiver.statuses(200))) {
      writer.join();
      assertThat(receiver.requests()).extracting(Receiver.Request::text).containsExactly("early");
    }
    output.close();
  }

  @Test
  void hungServerIsGivenUpAfterTheTimeouts() throws Exception {
    try (Receiver receiver =
        Receiver.http(
            0,
            (n, request, exchange) -> {
              if (request.text().equals("a")) {
                sleep(5_000);
              } else {
                exchange.sendResponseHeaders(200, -1);
              }
            })) {
      HttpOutput output = plain(receiver.port(), SHORT, 2);
      assertThatThrownBy(() -> output.write(message("a"))).hasMessageContaining("time-out");
      // On a busy machine the time may be over before a request has arrived.
      assertThat(receiver.requests()).hasSizeBetween(1, 3);
      output.write(message("b"));
      output.close();
      assertThat(receiver.requests()).last().extracting(Receiver.Request::text).isEqualTo("b");
    }
  }

  @Test
  void serverThatTricklesIsATimeoutToo() throws Exception {
    try (Receiver receiver =
        Receiver.http(
            0,
            (n, request, exchange) -> {
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                  body.write('.');
                  body.flush();
                  sleep(50);
                }
              }
            })) {
      HttpOutput output = plain(receiver.port(), SHORT, 0);
      assertThatThrownBy(() -> output.write(message("a"))).hasMessageContaining("time-out");
      output.close();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void interruptEndsTheTries() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    HttpOutput output = plain(port, LONG, 0);
    Thread.currentThread().interrupt();
    // The client may take the interrupt itself; the next pause ends either way.
    assertThatThrownBy(() -> output.write(message("a"))).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    output.close();
  }

  @Test
  void answerIsPrintedIfWanted() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (Receiver receiver =
        Receiver.http(
            0,
            (n, request, exchange) -> {
              exchange.sendResponseHeaders(200, 2);
              exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            })) {
      HttpOutput output =
          new HttpOutput(
              HttpEndpoint.parse("'http://localhost:" + receiver.port() + "'"),
              requests(Optional.empty(), LONG),
              false,
              Optional.of(new PrintStream(shown, true, StandardCharsets.UTF_8)),
              0);
      output.write(message("a"));
      output.close();
    }
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("ok");
  }

  private static HttpOutput compressing(int port) throws OutputException {
    return new HttpOutput(
        HttpEndpoint.parse("http://u:p@localhost:" + port),
        requests(Optional.empty(), LONG),
        true,
        Optional.empty(),
        0);
  }

  @Test
  void bodiesAreCompressedIfWanted() throws Exception {
    try (Receiver receiver = Receiver.http(0, Receiver.statuses(200))) {
      HttpOutput output = compressing(receiver.port());
      output.write(message("abc"));
      output.close();
      Receiver.Request request = receiver.requests().get(0);
      assertThat(request.header("content-encoding")).isEqualTo("gzip");
      assertThat(request.header("authorization")).isEqualTo("Basic dTpw");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("abc");
    }
  }

  @Test
  void serverThatDoesNotKnowCompressionGetsPlainBodies() throws Exception {
    try (Receiver receiver =
        Receiver.http(
            0,
            (n, request, exchange) ->
                exchange.sendResponseHeaders(
                    request.header("content-encoding").isEmpty() ? 200 : 415, -1))) {
      HttpOutput output = compressing(receiver.port());
      output.write(message("a"));
      output.write(message("b"));
      output.close();
      assertThat(receiver.requests()).hasSize(3);
      assertThat(receiver.requests().get(1).text()).isEqualTo("a");
      assertThat(receiver.requests().get(2).text()).isEqualTo("b");
    }
  }

  private static HttpRequests.Answer postTls(int port, TlsSettings settings) throws IOException {
    HttpRequests requests = requests(Optional.of(settings), LONG);
    try {
      HttpEndpoint endpoint = HttpEndpoint.parse("https://localhost:" + port);
      requests.open(endpoint);
      return requests.post(endpoint, new byte[] {'a'}, false);
    } finally {
      requests.end();
    }
  }

  private static SSLContext server(TlsSettings.Identity identity) throws OutputException {
    return TlsContexts.server(
        PemFiles.certificates(identity.certificate()), PemFiles.key(identity.key()));
  }

  @Test
  void certificatesAreChecked() throws Exception {
    TestCertificates ours = TestCertificates.authority(dir);
    Path authority = ours.file();
    Path stranger = TestCertificates.authority(Files.createDirectory(dir.resolve("x"))).file();
    try (Receiver receiver =
        Receiver.https(server(ours.issue("s", "localhost")), false, Receiver.statuses(200))) {
      assertThat(trusting(receiver, false, authority).status()).isEqualTo(200);
      assertThatThrownBy(() -> trusting(receiver, false, stranger))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("PKIX");
      assertThat(trusting(receiver, true, stranger).status()).isEqualTo(200);
      assertThat(trusting(receiver, false, dir).status()).as("directory").isEqualTo(200);
    }
    try (Receiver receiver =
        Receiver.https(server(ours.issue("o", "other.example")), false, Receiver.statuses(200))) {
      assertThatThrownBy(() -> trusting(receiver, false, authority))
          .as("certificate for another host")
          .isInstanceOf(IOException.class);
      assertThat(trusting(receiver, true, authority).status()).isEqualTo(200);
    }
  }

  private static HttpRequests.Answer trusting(Receiver receiver, boolean insecure, Path authorities)
      throws IOException {
    return postTls(receiver.port(), new TlsSettings(insecure, authorities, Optional.empty()));
  }

  @Test
  void clientCertificateIsShownIfWanted() throws Exception {
    TestCertificates ours = TestCertificates.authority(dir);
    TlsSettings.Identity identity = ours.issue("server", "localhost");
    TlsSettings clients = new TlsSettings(false, ours.file(), Optional.of(identity));
    try (Receiver receiver =
        Receiver.https(TlsContexts.client(clients), true, Receiver.statuses(200))) {
      TlsSettings with =
          new TlsSettings(false, ours.file(), Optional.of(ours.issue("me", "client")));
      assertThat(postTls(receiver.port(), with).status()).isEqualTo(200);
      TlsSettings without = new TlsSettings(false, ours.file(), Optional.empty());
      assertThatThrownBy(() -> postTls(receiver.port(), without)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    Path none = dir.resolve("none.pem");
    Path empty = Files.writeString(dir.resolve("empty.pem"), "# nothing\n");
    for (Path file : List.of(none, empty)) {
      assertThatThrownBy(() -> PemFiles.certificates(file))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> PemFiles.key(file))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
