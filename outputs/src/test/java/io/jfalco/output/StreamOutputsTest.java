package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.alert.Priority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StreamOutputsTest {
  @TempDir Path dir;

  private static OutputMessage message(String text) {
    return new OutputMessage(Priority.NOTICE, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stdoutFlushesEachLineUnlessBuffered() throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    StdoutOutput direct = new StdoutOutput(sink, false);
    direct.write(message("\u4f60"));
    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("\u4f60\n");

    sink.reset();
    StdoutOutput buffered = new StdoutOutput(sink, true);
    buffered.write(message("b"));
    assertThat(sink.size()).isZero();
    buffered.close();
    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("b\n");
  }

  @Test
  void fileIsAppendedToAndPrivate() throws IOException {
    Path file = dir.resolve("events.txt");
    FileOutput first = new FileOutput(file, false, false);
    first.write(message("a"));
    first.write(message("b"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    FileOutput second = new FileOutput(file, true, false);
    second.write(message("c"));
    assertThat(file).hasContent("a\nb\nc");
    second.close();
  }

  @Test
  void fileIsMadeAnewAfterItWasMovedAway() throws IOException {
    Path file = dir.resolve("events.txt");
    FileOutput output = new FileOutput(file, true, false);
    output.write(message("a"));
    Path moved = Files.move(file, dir.resolve("events.1"));
    output.write(message("b"));
    output.reopen();
    output.write(message("c"));
    output.close();
    assertThat(moved).hasContent("a\nb");
    assertThat(file).hasContent("c");
  }

  @Test
  void fileOfAFullDiskIsNamed() throws IOException {
    FileOutput output = new FileOutput(Path.of("/dev/full"), true, false);
    assertThatThrownBy(() -> output.write(message("a")))
        .hasMessage("failed to write to output file /dev/full: No space left on device");
    assertThatThrownBy(() -> output.write(message("b")))
        .hasMessage("failed to write to output file /dev/full: No space left on device");
    output.close();
  }

  @Test
  void aBufferedFileIsWrittenAtTheEndOrWhenMuchWaits() throws IOException {
    Path file = dir.resolve("events.txt");
    FileOutput output = new FileOutput(file, true, true);
    output.write(message("a"));
    assertThat(file).isEmptyFile();
    output.write(message("b".repeat(10_000)));
    assertThat(file).hasSize(10_003);
    output.write(message("c"));
    output.close();
    assertThat(file).hasSize(10_005);
  }

  @Test
  void fileThatCannotBeOpenedIsNamed() {
    FileOutput output = new FileOutput(dir.resolve("none/events.txt"), false, false);
    assertThatThrownBy(() -> output.write(message("a")))
        .isInstanceOf(IOException.class)
        .hasMessage("failed to open output file " + dir.resolve("none/events.txt"));
  }

  @Test
  void programGetsEachLineInAProcessOfItsOwn() throws IOException {
    Path file = dir.resolve("out");
    ProgramOutput output =
        new ProgramOutput("(echo start; cat) >> " + file, /* keepAlive= */ false, false);
    output.write(message("a"));
    output.write(message("b"));
    assertThat(file).hasContent("start\na\nstart\nb");
  }

  @Test
  void programKeptAliveGetsAllLines() throws IOException {
    Path file = dir.resolve("out");
    ProgramOutput output =
        new ProgramOutput("(echo start; cat) >> " + file, /* keepAlive= */ true, true);
    output.write(message("a"));
    output.write(message("b"));
    output.close();
    assertThat(file).hasContent("start\na\nb");
  }

  @Test
  void programThatEndedFailsOnceAndIsStartedAgain() throws IOException {
    Path file = dir.resolve("out");
    ProgramOutput output = new ProgramOutput("head -n 1 >> " + file, /* keepAlive= */ true, false);
    output.write(message("a"));
    int failures = 0;
    for (int i = 0; i < 1000 && failures == 0; i++) {
      try {
        output.write(message("lost"));
        Thread.sleep(1);
      } catch (IOException e) {
        failures++;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(failures).isEqualTo(1);
    output.write(message("b"));
    output.close();
    assertThat(Files.readAllLines(file)).startsWith("a").contains("b");
  }
}
