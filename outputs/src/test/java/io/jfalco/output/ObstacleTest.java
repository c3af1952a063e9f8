package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kinds of outputs see of the places that they are to write to. */
@Timeout(60)
class ObstacleTest {
  @TempDir Path work;

  private static Optional<Obstacle> obstacle(OutputProvider kind, Map<String, String> values) {
    Map<String, String> all = new HashMap<>();
    kind.keys().forEach(key -> all.put(key.name(), key.absent()));
    all.putAll(values);
    return kind.obstacle(new OutputSettings(all, /* json= */ true, /* buffered= */ false));
  }

  private static Optional<Obstacle> ofFile(Path file) {
    return obstacle(new FileProvider(), Map.of("filename", file.toString()));
  }

  private static Optional<Obstacle> ofProgram(String program) {
    return obstacle(new ProgramProvider(), Map.of("program", program));
  }

  private static Optional<Obstacle> ofUrl(String url) {
    return obstacle(new HttpProvider(), Map.of("url", url));
  }

  @Test
  void filesAreNotMadeByLooking() throws Exception {
    assertThat(ofFile(work.resolve("new"))).isEmpty();
    assertThat(work.resolve("new")).doesNotExist();
    assertThat(ofFile(Files.createFile(work.resolve("old")))).isEmpty();
    assertThat(ofFile(work).orElseThrow().text()).contains("is a directory");
    Obstacle missing = ofFile(work.resolve("none/file")).orElseThrow();
    assertThat(missing.text()).isEqualTo(work.resolve("none") + " is not there");
    assertThat(missing.fix()).contains("create it");
  }

  @Test
  void programsAreLookedForByTheShell() {
    assertThat(ofProgram("cat >> /tmp/x")).isEmpty();
    assertThat(ofProgram("/bin/sh -c 'cat | cat'")).isEmpty();
    assertThat(ofProgram("no-such-program -x").orElseThrow().text())
        .isEqualTo("the shell does not find no-such-program");
    assertThat(ofProgram("/bin/no-such-program").orElseThrow().text()).contains("/bin/no-such");
    // Only a shell could tell.
    assertThat(ofProgram("$PROGRAM -x")).isEmpty();
  }

  @Test
  void receiversAreConnectedTo() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertThat(ofUrl("http://localhost:" + port + "/path")).isEmpty();
    }
    Obstacle gone = ofUrl("http://user:secret@localhost:" + port + "/path").orElseThrow();
    assertThat(gone.text())
        .contains("http://localhost:" + port + "/path cannot be reached")
        .doesNotContain("secret");
    assertThat(ofUrl("http://no-such-host.invalid/").orElseThrow().text())
        .contains("no-such-host.invalid has no address");
  }

  @Test
  void receiversThatDoNotSpeakTlsAreNoneForHttps() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread plain =
          new Thread(
              () -> {
                try (var client = server.accept()) {
                  client
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  // The other side shows it.
                }
              });
      plain.start();
      assertThat(
              obstacle(
                      new HttpProvider(),
                      Map.of(
                          "url",
                          "https://localhost:" + server.getLocalPort() + "/",
                          "insecure",
                          "true"))
                  .orElseThrow()
                  .text())
          .contains("cannot be reached");
      plain.join();
    }
  }
}
