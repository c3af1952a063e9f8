package io.jfalco.rule.yaml;

/** What may turn out to be the key of a mapping. */
final class SimpleKey {
  /** Longest key, in bytes. */
  static final int MAX_LENGTH = 1024;

  final int line;
  final int offset;
  final int flowLevel;
  final Token key;

  /** The indentation and the start of the mapping that begins with this key; null without one. */
  final Indent indent;

  SimpleKey(YamlInput input, int flowLevel, Token key, Indent indent) {
    this.line = input.line();
    this.offset = input.offset();
    this.flowLevel = flowLevel;
    this.key = key;
    this.indent = indent;
  }

  boolean canEndAt(YamlInput input) {
    return input.line() == line && !isTooLong(input);
  }

  boolean isTooLong(YamlInput input) {
    return input.offset() - offset > MAX_LENGTH;
  }

  void settle(Token.Status status) {
    dropTokens(status);
    if (indent != null) {
      indent.status = status;
    }
  }

  /** Lets the tokens go or makes them valid, the indentation stays as it is. */
  void dropTokens(Token.Status status) {
    key.status = status;
    if (indent != null) {
      indent.start.status = status;
    }
  }

  /** Columns of a block collection. */
  static final class Indent {
    final int column;
    final boolean sequence;

    /** The token that opened it; null for the document's own. */
    final Token start;

    Token.Status status = Token.Status.VALID;

    Indent(int column, boolean sequence, Token start) {
      this.column = column;
      this.sequence = sequence;
      this.start = start;
    }
  }
}
