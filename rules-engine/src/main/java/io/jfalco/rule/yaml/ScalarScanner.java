package io.jfalco.rule.yaml;

import io.jfalco.event.Bytes;

/** Reads the text of one scalar: line by line, folding what lies between the lines. */
final class ScalarScanner {
  private static final int NONE = -1;

  /** Kinds of scalars. */
  enum Style {
    PLAIN,
    PLAIN_IN_FLOW,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }

  private final YamlInput input;
  private final Style style;
  private final Bytes text = new Bytes();
  private int indent;
  private boolean detectIndent;
  private char chomping;

  private boolean foundText;
  private boolean pastOpeningBreak;
  private boolean emptyLine;
  private boolean moreIndented;
  private boolean escapedBreak;
  private int foldedBreaks;
  private boolean foldedBehindMoreIndented;
  private int textEnd;
  private int lastEscaped = NONE;
  private boolean endedByIndent;

  ScalarScanner(YamlInput input, Style style, int indent) {
    this.input = input;
    this.style = style;
    this.indent = indent;
    this.chomping = isPlain() ? '-' : ' ';
    pastOpeningBreak = !isBlock();
  }

  /** How a block scalar is indented, and what becomes of the line ends behind it. */
  ScalarScanner withHeader(boolean detect, char chomp) {
    detectIndent = detect;
    chomping = chomp;
    return this;
  }

  private boolean isBlock() {
    return style == Style.LITERAL || style == Style.FOLDED;
  }

  private boolean isPlain() {
    return style == Style.PLAIN || style == Style.PLAIN_IN_FLOW;
  }

  private boolean isQuoted() {
    return style == Style.SINGLE_QUOTED || style == Style.DOUBLE_QUOTED;
  }

  /** True when a line that is indented less ended the scalar. */
  boolean endedByIndent() {
    return endedByIndent;
  }

  String scan() throws YamlException {
    while (!input.isAtEnd()) {
      escapedBreak = false;
      scanLine();
      if (isDone()) {
        break;
      }
      if (!isBlock()) {
        text.truncate(textEnd);
      }
      input.skip(input.breakLength());
      skipIndent();
      fold();
      if (!emptyLine && input.column() < indent) {
        endedByIndent = true;
        break;
      }
    }
    trim();
    return text.toString();
  }

  private boolean isAtDelimiter() {
    return switch (style) {
      case PLAIN -> input.peek() == ':' && input.isSpaceOrEnd(1) || input.isBeforeComment();
      case PLAIN_IN_FLOW ->
          input.peek() == ':' && (input.isSpaceOrEnd(1) || input.isOneOf(",]}", 1))
              || input.isOneOf(",?[]{}")
              || input.isBeforeComment();
      case SINGLE_QUOTED -> input.peek() == '\'' && input.peek(1) != '\'';
      case DOUBLE_QUOTED -> input.peek() == '"';
      case LITERAL, FOLDED -> input.isAtEnd();
    };
  }

  private void scanLine() throws YamlException {
    textEnd = text.length();
    while (!isAtDelimiter() && !input.isBreak(0) && !input.isAtEnd()) {
      if (!isBlock() && input.isAtDocumentMarker()) {
        if (isQuoted()) {
          throw new YamlException("illegal document indicator in scalar", input.mark());
        }
        return;
      }
      foundText = true;
      pastOpeningBreak = true;
      if (style == Style.DOUBLE_QUOTED && input.peek() == '\\' && input.isBreak(1)) {
        input.next();
        escapedBreak = true;
        markEscape();
        return;
      }
      if (isQuoted() && input.peek() == (style == Style.SINGLE_QUOTED ? '\'' : '\\')) {
        YamlEscape.read(input, text);
        markEscape();
      } else {
        int value = input.next();
        text.append(value);
        if (value != ' ' && value != '\t') {
          textEnd = text.length();
        }
      }
    }
  }

  private void markEscape() {
    textEnd = text.length();
    lastEscaped = textEnd;
  }

  /** True when the scalar ends here; takes its closing quote. */
  private boolean isDone() throws YamlException {
    if (input.isAtEnd()) {
      if (isQuoted()) {
        throw new YamlException("illegal EOF in scalar", input.mark());
      }
      return true;
    }
    if (isPlain() && input.isAtDocumentMarker()) {
      return true;
    }
    boolean done = isAtDelimiter();
    if (done && isQuoted()) {
      input.next();
    }
    return done;
  }

  private void skipIndent() throws YamlException {
    while (input.peek() == ' '
        && (input.column() < indent || detectIndent && !foundText)
        && !isAtDelimiter()) {
      input.next();
    }
    if (detectIndent && !foundText) {
      indent = Math.max(indent, input.column());
    }
    while (input.isBlank(0)) {
      if (input.peek() == '\t' && input.column() < indent && !isQuoted()) {
        throw new YamlException("illegal tab when looking for indentation", input.mark());
      }
      if (isBlock() || isAtDelimiter()) {
        break;
      }
      input.next();
    }
  }

  private void fold() {
    boolean nextEmpty = input.isBreak(0);
    boolean nextMoreIndented = input.isBlank(0);
    if (style == Style.FOLDED && foldedBreaks == 0 && nextEmpty) {
      foldedBehindMoreIndented = moreIndented;
    }
    if (pastOpeningBreak) {
      if (style == Style.LITERAL) {
        text.append('\n');
      } else if (style == Style.FOLDED) {
        foldBlock(nextEmpty, nextMoreIndented);
      } else if (nextEmpty) {
        text.append('\n');
      } else if (!emptyLine && !escapedBreak) {
        text.append(' ');
      }
    }
    emptyLine = nextEmpty;
    moreIndented = nextMoreIndented;
    pastOpeningBreak = true;
  }

  private void foldBlock(boolean nextEmpty, boolean nextMoreIndented) {
    boolean joined = !emptyLine && !nextEmpty && !moreIndented && !nextMoreIndented;
    if (joined && input.column() >= indent) {
      text.append(' ');
    } else if (nextEmpty) {
      foldedBreaks++;
    } else {
      text.append('\n');
    }
    if (!nextEmpty && foldedBreaks > 0) {
      boolean extra = foldedBehindMoreIndented || nextMoreIndented || !foundText;
      for (int i = extra ? 0 : 1; i < foldedBreaks; i++) {
        text.append('\n');
      }
      foldedBreaks = 0;
    }
  }

  private void trim() {
    if (isPlain()) {
      int last = last(" \t");
      if (last != NONE) {
        cut(last + 1);
      }
    }
    if (chomping != '+') {
      int last = last("\n");
      if (last == NONE) {
        text.truncate(0);
      } else {
        cut(chomping == '-' ? last + 1 : last + 2);
      }
    }
  }

  private void cut(int length) {
    text.truncate(Math.min(length, text.length()));
  }

  /** Index of the last character that is none of these or was escaped. */
  private int last(String characters) {
    int last = text.length() - 1;
    while (last >= 0 && characters.indexOf(text.at(last)) >= 0) {
      last--;
    }
    return Math.max(last, lastEscaped);
  }
}
