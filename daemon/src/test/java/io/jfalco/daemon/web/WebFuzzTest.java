package io.jfalco.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.SilentCloseable;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jfalco.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Any bytes at the real server: it answers in HTTP or not at all, closes the connection soon, and
 * answers the next one.
 */
class WebFuzzTest {
  private static final String BODY = "{\"status\": \"ok\"}";
  private static final int PATIENCE_MILLIS = 60_000;
  private static final WebServer SERVER = start();
  private static int inputs;

  private static WebServer start() {
    try {
      return WebServer.start(
          new Config.Web(true, "127.0.0.1", 0, 2, "/healthz", false, Optional.empty()),
          Map.of("/healthz", () -> Optional.of(Answer.json(200, BODY))));
    } catch (WebException e) {
      throw new IllegalStateException(e);
    }
  }

  @FuzzTest
  void request(byte[] bytes) throws IOException {
    SilentCloseable permission = BugDetectors.allowNetworkConnections();
    try {
      check(bytes);
    } finally {
      permission.close();
    }
  }

  private static void check(byte[] bytes) throws IOException {
    String answer = exchange(bytes);
    if (!answer.isEmpty()) {
      assertThat(answer).containsPattern("\\AHTTP/1\\.1 [1-5]\\d\\d ");
    }
    if (inputs++ % 32 == 0) {
      assertThat(exchange("GET /healthz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
          .endsWith(BODY);
    }
  }

  private static String exchange(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketTimeoutException hangs) {
        throw new AssertionError("neither answered nor closed", hangs);
      } catch (IOException closed) {
        return "";
      }
    }
  }
}
