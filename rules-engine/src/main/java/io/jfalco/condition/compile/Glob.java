package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Shell patterns as fnmatch(3) without flags reads them: {@code *} and {@code ?} match any byte,
 * slashes and leading dots too; brackets and backslashes as usual. The time is bounded by the
 * product of both lengths, since only the last star is ever tried again.
 */
final class Glob implements BytesMatcher {
  private final GlobPattern pattern;
  private final Optional<Alternatives> necessary;

  Glob(byte[] pattern, boolean foldCase) {
    this.necessary =
        foldCase
            ? Optional.empty()
            : RequiredText.ofGlob(new String(pattern, StandardCharsets.ISO_8859_1));
    Bytes bytes = new Bytes().view(pattern, 0, pattern.length);
    this.pattern = new GlobPattern().read(bytes, foldCase);
  }

  @Override
  public boolean matches(Bytes value) {
    return pattern.matches(value, 0, value.length());
  }

  @Override
  public Optional<Alternatives> necessary() {
    return necessary;
  }

  /** True when the pattern matches the bytes {@code from} to {@code to} of the text. */
  boolean matches(Bytes text, int from, int to) {
    return pattern.matches(text, from, to);
  }

  /** Patterns that come with the event. */
  static Nodes.BytesRelation relation(boolean foldCase) {
    GlobPattern pattern = new GlobPattern();
    return (text, glob) -> pattern.read(glob, foldCase).matches(text, 0, text.length());
  }
}
