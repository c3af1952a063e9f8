package io.jfalco.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  private static String text(Consumer<Bytes> writer) {
    Bytes out = new Bytes();
    writer.accept(out);
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1e-09s",
    "50000000, 0.05s",
    "1000000000, 1s",
    "1500000000, 1.5s",
    "999999, 0.000999999s",
    "100000, 0.0001s",
    "99999, 9.9999e-05s",
    "123456789, 0.123457s",
    "9999995000, 10s",
    "999999499999999, 999999s",
    "999999500000001, 1e+06s",
    "60000000000, 60s",
    "100000000000000000, 1e+08s",
    "123456500000000000, 1.23456e+08s",
    "-2, 1.84467e+10s"
  })
  void secondsAreWrittenAsByPrintf(long nanoseconds, String expected) {
    assertThat(text(out -> NumberText.seconds(nanoseconds, out)) + "s").isEqualTo(expected);
  }

  @Property
  void octalAndHexAreThoseOfTheLibrary(@ForAll long value) {
    String octal = value == 0 ? "0" : "0" + Long.toOctalString(value);
    assertThat(text(out -> NumberText.octal(value, out))).isEqualTo(octal);
    assertThat(text(out -> NumberText.hex(value, out))).isEqualTo(String.format("%X", value));
    assertThat(text(out -> NumberText.lowerHex(value, out))).isEqualTo(Long.toHexString(value));
    assertThat(text(out -> NumberText.unsigned(value, out)))
        .isEqualTo(Long.toUnsignedString(value));
  }

  @Property
  void paddingIsThatOfTheLibrary(@ForAll int value) {
    assertThat(text(out -> NumberText.padded(value, 9, out)))
        .isEqualTo(String.format("%09d", value));
  }

  @Test
  void secondsOfHalfWayValuesFollowTheBinaryFraction() {
    assertThat(text(out -> NumberText.seconds(1_234_565, out))).isEqualTo("0.00123456");
    assertThat(text(out -> NumberText.seconds(1_000_005_000, out))).isEqualTo("1.00001");
    assertThat(text(out -> NumberText.seconds(2_000_015_000, out))).isEqualTo("2.00001");
  }
}
