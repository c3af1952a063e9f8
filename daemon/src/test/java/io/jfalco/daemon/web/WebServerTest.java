package io.jfalco.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.config.Config;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebServerTest {
  private static final Map<String, Page> PAGES =
      Map.of(
          "/healthz", () -> Optional.of(Answer.json(200, "{\"status\": \"ok\"}")),
          "/bad", () -> Optional.of(Answer.json(503, "{}")),
          "/defect",
              () -> {
                throw new IllegalStateException("a defect");
              },
          "/none", Optional::empty);

  @TempDir Path dir;
  private WebServer server;
  private int port;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Config.Web config(int port, Optional<Path> certificate) {
    return new Config.Web(
        true, "127.0.0.1", port, 1, "/healthz", false, certificate.map(Path::toString));
  }

  private void start() throws WebException {
    server = WebServer.start(config(0, Optional.empty()), PAGES);
    port = server.port();
  }

  private HttpResponse<String> request(String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60))
                .build(),
            BodyHandlers.ofString());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** What comes back on bytes; all of it, to the end of the connection. */
  private String exchange(byte[] sent) throws IOException {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(sent);
      } catch (IOException closedBefore) {
        return "";
      }
      return readAll(socket);
    }
  }

  private static String readAll(Socket socket) {
    StringBuilder text = new StringBuilder();
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        text.append((char) b);
      }
    } catch (SocketTimeoutException open) {
      throw new AssertionError("the server has not closed the connection: " + text, open);
    } catch (IOException reset) {
      // The end as well.
    }
    return text.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void pagesAreAnsweredWithTheirStatusAndType() throws Exception {
    start();
    HttpResponse<String> ok = request("GET", "/healthz?verbose=1");
    assertThat(ok.statusCode()).isEqualTo(200);
    assertThat(ok.body()).isEqualTo("{\"status\": \"ok\"}");
    assertThat(ok.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(request("GET", "/bad").statusCode()).isEqualTo(503);
  }

  @Test
  void headGivesTheHeadersAlone() throws Exception {
    start();
    HttpResponse<String> head = request("HEAD", "/healthz");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("16");
    // The connection is good for a second request.
    String both =
        exchange(
            ascii(
                """
                HEAD /healthz HTTP/1.1
                Host: x

                GET /bad HTTP/1.1
                Host: x
                Connection: close

                """
                    .replace("\n", "\r\n")));
    assertThat(both).contains(" 200 OK\r\n").contains(" 503 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/none", "/healthz/", "/healthzz", "/healthz/x", "/..", "/%2e"})
  void otherPathsAreNotFound(String path) throws Exception {
    start();
    HttpResponse<String> response = request("GET", path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"})
  void otherMethodsAreNotFound(String method) throws Exception {
    start();
    assertThat(request(method, "/healthz").statusCode()).isEqualTo(404);
  }

  @Test
  void aDefectOfAPageEndsItsConnectionOnly() throws Exception {
    start();
    assertThat(exchange(ascii("GET /defect HTTP/1.1\r\nHost: x\r\n\r\n"))).doesNotContain("200");
    assertThat(request("GET", "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void slowSendersHoldUpNobodyAndAreDropped() throws Exception {
    start();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = connect();
        socket.getOutputStream().write(ascii("GET /healthz HTTP/1.1\r\nX-Never-"));
        slow.add(socket);
      }
      slow.add(connect());
      assertThat(request("GET", "/healthz").statusCode()).isEqualTo(200);
      for (Socket socket : slow) {
        // Ends when the server closes it; the read would time out otherwise.
        assertThat(readAll(socket)).doesNotContain("200 OK");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void manyConnectionsAreClosedAndAgainThereIsRoom() throws Exception {
    start();
    List<Socket> many = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * WebLimits.CONNECTIONS; i++) {
        many.add(connect());
      }
    } finally {
      for (Socket socket : many) {
        socket.close();
      }
    }
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!exchange(ascii("GET /healthz HTTP/1.0\r\n\r\n")).contains(" 200 OK")) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  @Test
  void longRequestLinesAndHeadersAreRefused() throws Exception {
    start();
    byte[] line = ascii("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\n\r\n");
    assertThat(exchange(line)).doesNotContain("200 OK");
    byte[] header = ascii("GET /healthz HTTP/1.1\r\nX: " + "a".repeat(1 << 20) + "\r\n\r\n");
    assertThat(exchange(header)).doesNotContain("200 OK");
    byte[] many = ascii("GET /healthz HTTP/1.1\r\n" + "X: y\r\n".repeat(1000) + "\r\n");
    assertThat(exchange(many)).doesNotContain("200 OK");
    assertThat(request("GET", "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void bodiesAreNotWaitedFor() throws Exception {
    start();
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(ascii("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"));
      assertThat(readAll(socket)).contains("200 OK");
    }
    assertThat(request("GET", "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aBusyPortIsTold() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> WebServer.start(config(other.getLocalPort(), Optional.empty()), PAGES))
          .isInstanceOf(WebException.class)
          .hasMessageContaining("an error occurred while starting webserver")
          .hasMessageContaining("webserver.listen_port");
    }
  }

  @Test
  void thePortIsFreeAsSoonAsItIsClosed() throws Exception {
    start();
    for (int i = 0; i < 10; i++) {
      assertThat(request("GET", "/healthz").statusCode()).isEqualTo(200);
      server.close();
      server = WebServer.start(config(port, Optional.empty()), PAGES);
    }
  }

  @Test
  void tlsTakesCertificateAndKeyFromOneFile() throws Exception {
    OwnCertificate own = new OwnCertificate();
    Path file = own.write(dir.resolve("falco.pem"));
    server = WebServer.start(config(0, Optional.of(file)), PAGES);
    port = server.port();
    // Neither garbage nor silence nor plain HTTP hold it up.
    try (Socket silent = connect();
        Socket garbage = connect();
        Socket plain = connect()) {
      OutputStream out = garbage.getOutputStream();
      out.write(new byte[] {0x16, 3, 1, 0x7f, -1, 1, 2, 3});
      plain.getOutputStream().write(ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
      assertThat(secure(own.trusting()).statusCode()).isEqualTo(200);
      assertThat(readAll(garbage)).doesNotContain("200");
      assertThat(readAll(plain)).doesNotContain("200");
      assertThat(readAll(silent)).isEmpty();
    }
    SSLContext stranger = new OwnCertificate().trusting();
    assertThatThrownBy(() -> secure(stranger)).isInstanceOf(IOException.class);
    assertThat(secure(own.trusting()).body()).isEqualTo("{\"status\": \"ok\"}");
  }

  private HttpResponse<String> secure(SSLContext context) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/healthz"))
                .timeout(Duration.ofSeconds(60))
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void aCertificateThatCannotBeUsedIsTold() throws Exception {
    Path file = Files.writeString(dir.resolve("falco.pem"), "nothing");
    for (Path bad : List.of(file, dir.resolve("missing.pem"))) {
      assertThatThrownBy(() -> WebServer.start(config(0, Optional.of(bad)), PAGES))
          .isInstanceOf(WebException.class)
          .hasMessageStartingWith("invalid webserver configuration: ")
          .hasMessageContaining(bad.toString());
    }
  }
}
