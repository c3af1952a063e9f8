package io.jfalco.condition.compile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A regular expression that must match the whole value. Nothing in one matches bytes that are no
 * UTF-8. The last results are kept, since values repeat and the matcher of the library allocates.
 */
final class PosixRegex implements BytesMatcher {
  private static final int MEMORY = 64;

  private final Matcher matcher;
  private final Optional<Alternatives> necessary;
  private final Bytes[] remembered = new Bytes[MEMORY];
  private final boolean[] results = new boolean[MEMORY];

  private PosixRegex(Pattern pattern, Optional<Alternatives> necessary) {
    this.matcher = pattern.matcher("");
    this.necessary = necessary;
  }

  static PosixRegex of(String regex) {
    String translated = new PosixSyntax(regex).translate();
    try {
      return new PosixRegex(
          Pattern.compile(translated, Pattern.MULTILINE), RequiredText.ofRegex(regex));
    } catch (PatternSyntaxException e) {
      throw new CompileFailure(
          "invalid regex pattern: " + e.getDescription() + ": " + e.getPattern());
    }
  }

  @Override
  public Optional<Alternatives> necessary() {
    return necessary;
  }

  @Override
  public boolean matches(Bytes value) {
    int at = value.hash() & MEMORY - 1;
    Bytes before = remembered[at];
    if (before == null) {
      before = new Bytes();
      remembered[at] = before;
    } else if (before.sameAs(value)) {
      return results[at];
    }
    before.copyFrom(value);
    byte[] bytes = value.toArray();
    // Not as bytes: the library takes the place behind a character of several bytes for a line
    // start.
    results[at] =
        Utf8.isValid(bytes) && matcher.reset(new String(bytes, StandardCharsets.UTF_8)).matches();
    return results[at];
  }
}
