package io.jfalco.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SanitizerTest {
  private static String sanitized(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return sanitized(array);
  }

  private static String sanitized(byte[] bytes) {
    Bytes out = new Bytes();
    Sanitizer.append(new Bytes().view(bytes, 0, bytes.length), out);
    return out.toString();
  }

  @Test
  void printableTextStays() {
    for (String text : new String[] {"", "a b~", "诶比西", "😀", "АБВ", "é"}) {
      assertThat(sanitized(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
      assertThat(Sanitizer.isClean(Bytes.of(text))).isTrue();
    }
  }

  @Test
  void controlCharactersAreReplaced() {
    assertThat(sanitized('a', 1, 0x1f, 'b', 0x7f, '\n')).isEqualTo("a\ufffd\ufffdb\ufffd\ufffd");
    assertThat(sanitized('a', 0xc2, 0x85, 'b')).isEqualTo("a\ufffdb");
  }

  @Test
  void brokenSequencesAreReplacedOnceEach() {
    assertThat(sanitized(0xff, 0xfe)).isEqualTo("\ufffd\ufffd");
    assertThat(sanitized(0xe1, 0x80, 'x')).isEqualTo("\ufffdx");
    assertThat(sanitized('h', 0xe1, 0x80)).isEqualTo("h\ufffd");
    assertThat(sanitized(0xed, 0xa0, 0x80)).isEqualTo("\ufffd\ufffd\ufffd");
    assertThat(sanitized(0xe0, 0x9f, 0xbf)).isEqualTo("\ufffd\ufffd\ufffd");
    assertThat(sanitized(0xc3, 0xa9, 0xff)).isEqualTo("é\ufffd");
  }

  @Test
  void nonCharactersAreReplaced() {
    assertThat(sanitized(0xef, 0xb7, 0x90)).isEqualTo("\ufffd");
    assertThat(sanitized(0xef, 0xbf, 0xbf)).isEqualTo("\ufffd");
    assertThat(sanitized(0xf0, 0x9f, 0xbf, 0xbe)).isEqualTo("\ufffd");
  }

  @Property
  void theResultIsCleanAndStays(@ForAll byte[] bytes) {
    Bytes once = new Bytes();
    Sanitizer.append(new Bytes().view(bytes, 0, bytes.length), once);
    assertThat(Sanitizer.isClean(once)).isTrue();
    Bytes twice = new Bytes();
    Sanitizer.append(once, twice);
    assertThat(twice.sameAs(once)).isTrue();
    assertThat(once.toString().getBytes(StandardCharsets.UTF_8)).isEqualTo(once.toArray());
  }
}
