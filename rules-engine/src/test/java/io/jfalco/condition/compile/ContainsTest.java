package io.jfalco.condition.compile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ContainsTest {
  private static boolean contains(String text, String needle) {
    byte[] padded = ("ab" + text + "ab").getBytes(ISO_8859_1);
    Bytes value = new Bytes().view(padded, 2, text.length());
    return new Contains(needle.getBytes(ISO_8859_1)).matches(value);
  }

  @Property
  void findsWhatStringsFind(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String text,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String needle) {
    assertThat(contains(text, needle)).isEqualTo(text.contains(needle));
  }

  @Test
  void findsLongTextsAndBytesAboveAscii() {
    String needle = "y" + "x".repeat(300) + "\u00ff";
    assertThat(contains("x".repeat(400) + needle + "z", needle)).isTrue();
    assertThat(contains("x".repeat(800), needle)).isFalse();
  }
}
