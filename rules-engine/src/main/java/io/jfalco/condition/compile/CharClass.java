package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;

/** The character classes of POSIX, in the C locale. */
enum CharClass {
  ALNUM("alnum") {
    @Override
    boolean has(int c) {
      return ALPHA.has(c) || DIGIT.has(c);
    }
  },
  ALPHA("alpha") {
    @Override
    boolean has(int c) {
      return UPPER.has(c) || LOWER.has(c);
    }
  },
  BLANK("blank") {
    @Override
    boolean has(int c) {
      return c == ' ' || c == '\t';
    }
  },
  CNTRL("cntrl") {
    @Override
    boolean has(int c) {
      return c < 32 || c == 127;
    }
  },
  DIGIT("digit") {
    @Override
    boolean has(int c) {
      return c >= '0' && c <= '9';
    }
  },
  GRAPH("graph") {
    @Override
    boolean has(int c) {
      return c > 32 && c < 127;
    }
  },
  LOWER("lower") {
    @Override
    boolean has(int c) {
      return c >= 'a' && c <= 'z';
    }
  },
  PRINT("print") {
    @Override
    boolean has(int c) {
      return c >= 32 && c < 127;
    }
  },
  PUNCT("punct") {
    @Override
    boolean has(int c) {
      return GRAPH.has(c) && !ALNUM.has(c);
    }
  },
  SPACE("space") {
    @Override
    boolean has(int c) {
      return c == ' ' || c >= '\t' && c <= '\r';
    }
  },
  UPPER("upper") {
    @Override
    boolean has(int c) {
      return c >= 'A' && c <= 'Z';
    }
  },
  XDIGIT("xdigit") {
    @Override
    boolean has(int c) {
      return DIGIT.has(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
  };

  private static final CharClass[] ALL = values();

  private final byte[] word;

  CharClass(String word) {
    this.word = word.getBytes(StandardCharsets.US_ASCII);
  }

  abstract boolean has(int c);

  /**
   * The class named by bytes {@code from} to {@code to} of the pattern; null when there is none.
   */
  static CharClass named(Bytes pattern, int from, int to) {
    for (CharClass charClass : ALL) {
      if (charClass.isNamed(pattern, from, to)) {
        return charClass;
      }
    }
    return null;
  }

  private boolean isNamed(Bytes pattern, int from, int to) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (pattern.at(from + i) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
