package io.jfalco.driver.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTest {
  private static Text text(String text) {
    return Text.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String string(Text text) {
    return new String(text.toBytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void words() {
    Text line = text("  a\t bc  d ");
    assertThat(string(line.word(0))).isEqualTo("a");
    assertThat(string(line.word(1))).isEqualTo("bc");
    assertThat(string(line.word(2))).isEqualTo("d");
    assertThat(line.word(3).isEmpty()).isTrue();
    assertThat(string(line.lastWord())).isEqualTo("d");
    assertThat(text("   ").lastWord().isEmpty()).isTrue();
  }

  @Test
  void numbers() {
    assertThat(text("12x").number(10, -1)).isEqualTo(12);
    assertThat(text("-5").number(10, 0)).isEqualTo(-5);
    assertThat(text("ff").number(16, 0)).isEqualTo(255);
    assertThat(text("x").number(10, 7)).isEqualTo(7);
    assertThat(Text.EMPTY.number(10, 7)).isEqualTo(7);
  }

  @Test
  void lines() {
    List<String> lines = new ArrayList<>();
    text("a\n\nb").lines(line -> lines.add(string(line)));
    assertThat(lines).containsExactly("a", "", "b");
  }

  @Test
  void flagsOfTheKernel() {
    assertThat(OpenFlags.portable(0)).isEqualTo(1);
    assertThat(OpenFlags.portable(1)).isEqualTo(2);
    assertThat(OpenFlags.portable(02)).isEqualTo(3);
    assertThat(OpenFlags.portable(02000000 | 02000 | 01000 | 0100 | 1))
        .isEqualTo(4096 | 8 | 256 | 4 | 2);
  }

  @Test
  void noiseIsNoProblem() {
    Random random = new Random(5);
    String letters = "0123456789abcdefNStgid:Uid \t\n().-:/";
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      for (int j = 0; j < noise.length; j++) {
        noise[j] =
            random.nextInt(10) == 0
                ? (byte) random.nextInt()
                : (byte) letters.charAt(random.nextInt(letters.length()));
      }
      Text text = Text.of(noise);
      ProcStatus status = new ProcStatus();
      status.status(text);
      status.stat(text);
      SocketTables tables = new SocketTables();
      text.lines(
          line -> {
            tables.inet(line, io.jfalco.state.L4Proto.TCP, 4);
            tables.inet(line, io.jfalco.state.L4Proto.TCP, 16);
            tables.unix(line);
            tables.netlink(line);
          });
      assertThat(status.pid).isGreaterThanOrEqualTo(Long.MIN_VALUE);
    }
    ProcStatus status = new ProcStatus();
    assertThat(status.status(text("Tgid:\t12\n"))).isTrue();
    assertThat(status.pid).isEqualTo(12);
  }
}
