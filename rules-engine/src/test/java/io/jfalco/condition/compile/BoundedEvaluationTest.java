package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that a backtracking matcher would not finish in a lifetime, on the longest of paths. */
class BoundedEvaluationTest {
  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final Bytes TEXT = Bytes.of("a".repeat(4096));

  private static boolean matches(BytesMatcher matcher) {
    return assertTimeoutPreemptively(ENOUGH, () -> matcher.matches(TEXT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*a", "*", "*[a-z]", "a*", "?*", "*[[:alpha:]]*", "*\\a"})
  void globs(String part) {
    String pattern = part.repeat(4096 / part.length());
    assertThat(matches(new Glob(bytes(pattern + "b"), false))).isFalse();
    assertThat(matches(new Glob(bytes(pattern + "b"), true))).isFalse();
    assertThat(matches(new Glob(bytes(part.repeat(20) + "*"), true))).isTrue();
    Bytes dynamic = Bytes.of(pattern + "b");
    boolean related =
        assertTimeoutPreemptively(ENOUGH, () -> Glob.relation(false).holds(TEXT, dynamic));
    assertThat(related).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a", "[[:alpha:]", "[!", "[[.", "[[=a"})
  void bracketsThatNobodyCloses(String part) {
    String pattern = "*" + part.repeat(4096 / part.length());
    assertThat(matches(new Glob(bytes(pattern), false))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*)*b",
        "(a|a)*b",
        "((a*)*)*b",
        "(a|aa)+b",
        "(.*)*b",
        "(a?){500}a{500}b",
        "(a*a*)*b"
      })
  void regularExpressions(String regex) {
    assertThat(matches(PosixRegex.of(regex))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/*", "/?", "/[a]"})
  void paths(String part) {
    Bytes path = Bytes.of("/a".repeat(2048));
    BytesMatcher matcher =
        new PathPrefixes(List.of(bytes(part.repeat(80) + "/b"), bytes("/a".repeat(80) + "/b")));
    assertThat(assertTimeoutPreemptively(ENOUGH, () -> matcher.matches(path))).isFalse();
  }
}
