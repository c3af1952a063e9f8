package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Falco makes of the same texts, where A is 1 and B is x$y. */
class EnvironmentTextTest {
  private static final Map<String, String> VARIABLES = Map.of("A", "1", "B", "x$y");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a, a",
        "${A}, 1",
        "${A}${A}, 11",
        "a ${A} b, a 1 b",
        "${NONE}, ``",
        "${ A }, ``",
        "${}, ``",
        "${A:-x}, ``",
        "$A, $A",
        "a ${A, a ${A",
        "$${A}, ${A}",
        "$${A} ${A}, ${A} 1",
        "$${a${A}}, ${a1}",
        "$${A, $${A",
        "$$${A}, $$${A}",
        "$5 ${A}, $5 ${A}",
        "${A} $5 ${A}, 1 $5 ${A}",
        "${B} ${A}, x$y 1",
        "a$, a$",
      })
  void expands(String text, String expected) {
    assertThat(EnvironmentText.expand(text, VARIABLES::get, Long.MAX_VALUE)).isEqualTo(expected);
  }
}
