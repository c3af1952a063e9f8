package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through the kernel's sockets. */
class UnixDatagramsTest {
  @TempDir Path work;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void reaches(String name) throws IOException {
    try (DatagramReceiver receiver = new DatagramReceiver(name);
        UnixDatagrams sender = UnixDatagrams.to(name)) {
      sender.send(utf8("READY=1"));
      sender.send(utf8("STATUS=\u4f60\u597d\n"));
      assertThat(receiver.pollText()).contains("READY=1");
      assertThat(receiver.pollText()).contains("STATUS=\u4f60\u597d\n");
      assertThat(receiver.pollText()).isEmpty();
    }
  }

  @Test
  void reachesPaths() throws Exception {
    reaches(work.resolve("socket").toString());
  }

  @Test
  void reachesAbstractNames() throws Exception {
    reaches("@jfalco/" + UUID.randomUUID());
  }

  @Test
  void aReceiverThatIsNotThereIsAnError() throws Exception {
    try (UnixDatagrams sender = UnixDatagrams.to(work.resolve("nobody").toString())) {
      assertThatThrownBy(() -> sender.send(utf8("x")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nobody")
          .hasMessageContaining("errno 2");
    }
  }

  @Test
  void aDatagramThatIsTooLongIsAnError() throws Exception {
    String name = work.resolve("socket").toString();
    try (DatagramReceiver receiver = new DatagramReceiver(name);
        UnixDatagrams sender = UnixDatagrams.to(name)) {
      assertThatThrownBy(() -> sender.send(new byte[64 << 20])).isInstanceOf(IOException.class);
      assertThat(receiver.poll()).isEmpty();
    }
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> UnixDatagrams.to("vsock:2:1")).hasMessageContaining("vsock:2:1");
    assertThatThrownBy(() -> UnixDatagrams.to("/" + "x".repeat(108)))
        .hasMessageContaining("too long");
  }
}
