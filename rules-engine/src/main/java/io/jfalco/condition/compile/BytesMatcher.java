package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Modifier;
import io.jfalco.event.Bytes;
import java.util.Optional;

/** A test of one text, byte buffer or address. Allocates nothing. */
interface BytesMatcher {
  boolean matches(Bytes value);

  /** Something simpler that holds for all values that match; empty when nothing is known. */
  default Optional<Alternatives> necessary() {
    return Optional.empty();
  }

  /** Holds when a number of the matchers hold. */
  static BytesMatcher counting(Modifier modifier, BytesMatcher[] parts) {
    if (parts.length == 0) {
      return value -> false;
    }
    return switch (modifier) {
      case ONEOF -> value -> countUpToTwo(parts, value) == 1;
      case ANYOF -> value -> any(parts, value);
      case ALLOF -> value -> all(parts, value);
      case NONE -> parts[0];
    };
  }

  private static int countUpToTwo(BytesMatcher[] parts, Bytes value) {
    int count = 0;
    for (BytesMatcher part : parts) {
      if (part.matches(value) && ++count > 1) {
        break;
      }
    }
    return count;
  }

  private static boolean any(BytesMatcher[] parts, Bytes value) {
    for (BytesMatcher part : parts) {
      if (part.matches(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(BytesMatcher[] parts, Bytes value) {
    for (BytesMatcher part : parts) {
      if (!part.matches(value)) {
        return false;
      }
    }
    return true;
  }
}
