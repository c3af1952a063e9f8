package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureBytesTest {
  private static final int SIZE = 1_000_000;

  @TempDir Path folder;

  private byte[] content() {
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private FileChannel file(byte[] content) throws IOException {
    return FileChannel.open(Files.write(folder.resolve("bytes"), content));
  }

  private static void walk(CaptureBytes bytes, byte[] content) throws IOException {
    int[] steps = {1, 7, 4096, 3, 100_000, 26};
    int at = 0;
    for (int i = 0; bytes.has(1); i++) {
      int step = Math.min(steps[i % steps.length], SIZE - at);
      assertThat(bytes.has(step)).isTrue();
      assertThat(bytes.offset()).isEqualTo(at);
      assertThat(bytes.buffer().get(bytes.position())).isEqualTo(content[at]);
      assertThat(bytes.buffer().get(bytes.position() + step - 1)).isEqualTo(content[at + step - 1]);
      bytes.advance(step);
      at += step;
    }
    assertThat(at).isEqualTo(SIZE);
    assertThat(bytes.available()).isZero();
  }

  @Test
  void windowMovesOverTheFile() throws IOException {
    byte[] content = content();
    try (CaptureBytes bytes = new WindowedBytes(new PlainFeed(file(content)))) {
      walk(bytes, content);
    }
  }

  @Test
  void windowMovesOverACompressedFile() throws IOException {
    byte[] content = content();
    try (CaptureBytes bytes =
        new WindowedBytes(new GzipFeed(file(CaptureFile.compress(content))))) {
      walk(bytes, content);
    }
  }

  @Test
  void mappingMovesOverTheFile() throws IOException {
    byte[] content = content();
    try (CaptureBytes bytes = new MappedBytes(file(content), 150_000)) {
      walk(bytes, content);
    }
  }

  @Test
  void askingForMoreThanThereIsCostsNoMemory() throws IOException {
    try (CaptureBytes bytes = new WindowedBytes(new PlainFeed(file(new byte[100])))) {
      assertThat(bytes.has(1 << 30)).isFalse();
      assertThat(bytes.available()).isEqualTo(100);
      assertThat(bytes.buffer().capacity()).isEqualTo(WindowedBytes.INITIAL);
    }
  }
}
