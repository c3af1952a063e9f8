package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jfalco.driver.DriverException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whatever the bytes of a capture are: it is replayed and printed to its end, or up to a message
 * that says where and why it ends.
 */
class ReplayFuzzTest {
  private static final Path FILE = newFile();

  private static Path newFile() {
    try {
      Path file = Files.createTempFile("fuzz", ".scap");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest
  void replay(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    try {
      assertThat(CaptureParityTest.replay(FILE)).hasSizeLessThan(bytes.length + 1);
    } catch (DriverException e) {
      assertThat(e).hasMessageContaining(FILE.toString());
    }
  }

  /** Writes the seeds into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.write(folder.resolve("everything"), CaptureFuzzTest.capture());
    Files.write(folder.resolve("compressed"), CaptureFile.compress(CaptureFuzzTest.capture()));
    byte[] old = OldEvents.capture(true);
    Files.write(folder.resolve("old"), CaptureFile.compress(old));
  }
}
