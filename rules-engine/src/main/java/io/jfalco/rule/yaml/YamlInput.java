package io.jfalco.rule.yaml;

/** A YAML text while it is read: bytes, and the place of the next one. */
final class YamlInput {
  /** What is seen behind the last byte; in a text it ends it. */
  static final int END = 4;

  private final byte[] bytes;
  private final int start;
  private int at;
  private int line;
  private int column;

  /** The byte that ends lines: the first line decides; 0 before its end. */
  private int lineEnd;

  YamlInput(byte[] bytes) {
    this.bytes = bytes;
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    start = marked ? 3 : 0;
    at = start;
  }

  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    int index = at + ahead;
    return index < bytes.length ? bytes[index] & 0xFF : END;
  }

  boolean isAtEnd() {
    return peek() == END;
  }

  int next() {
    int value = peek();
    at++;
    column++;
    if (lineEnd == 0 && (value == '\n' || value == '\r')) {
      lineEnd = value == '\r' && peek() != '\n' ? '\r' : '\n';
    }
    if (value == lineEnd && lineEnd != 0) {
      column = 0;
      line++;
    }
    return value;
  }

  void skip(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  void skipLine() {
    while (!isAtEnd() && !isBreak(0)) {
      next();
    }
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  int offset() {
    return at - start;
  }

  void endLine() {
    column = 0;
  }

  YamlMark mark() {
    return new YamlMark(offset(), line, column);
  }

  boolean isBlank(int ahead) {
    int value = peek(ahead);
    return value == ' ' || value == '\t';
  }

  boolean isBreak(int ahead) {
    int value = peek(ahead);
    return value == '\n' || value == '\r';
  }

  boolean isSpace(int ahead) {
    return isBlank(ahead) || isBreak(ahead);
  }

  boolean isSpaceOrEnd(int ahead) {
    return isSpace(ahead) || peek(ahead) == END;
  }

  boolean isOneOf(String characters) {
    return isOneOf(characters, 0);
  }

  boolean isOneOf(String characters, int ahead) {
    return characters.indexOf(peek(ahead)) >= 0;
  }

  int breakLength() {
    return peek() == '\r' && peek(1) == '\n' ? 2 : 1;
  }

  /** True before three of these characters at the start of a line, with nothing behind them. */
  boolean isAtMarker(char character) {
    return column == 0
        && peek() == character
        && peek(1) == character
        && peek(2) == character
        && isSpaceOrEnd(3);
  }

  boolean isAtDocumentMarker() {
    return isAtMarker('-') || isAtMarker('.');
  }

  /** True before a blank or line end with a comment behind it. */
  boolean isBeforeComment() {
    if (!isSpace(0)) {
      return false;
    }
    return peek(isBreak(0) ? breakLength() : 1) == '#';
  }
}
