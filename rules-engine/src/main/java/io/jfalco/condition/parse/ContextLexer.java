package io.jfalco.condition.parse;

import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/**
 * What the lexer of conditions needs beyond its grammar: a look at the characters behind a word,
 * and the end of the input at the first character that fits nowhere (the parser stops there anyway,
 * and reading on could try the rest of the text again and again).
 */
abstract class ContextLexer extends Lexer {
  private static final List<String> KEYWORDS = List.of("and", "or", "not");

  private boolean stopped;
  private int depth;

  ContextLexer(CharStream input) {
    super(input);
  }

  @Override
  public Token nextToken() {
    if (stopped) {
      return emitEOF();
    }
    Token token = super.nextToken();
    stopped = token.getType() == ConditionLexer.UNEXPECTED;
    checkDepth(token);
    return token;
  }

  private void checkDepth(Token token) {
    switch (token.getType()) {
      case ConditionLexer.OPEN,
          ConditionLexer.NOT_OPEN,
          ConditionLexer.AND_OPEN,
          ConditionLexer.OR_OPEN,
          ConditionLexer.LIST_OPEN,
          ConditionLexer.TRANSFORMER,
          ConditionLexer.VAL ->
          depth++;
      case ConditionLexer.CLOSE, ConditionLexer.CLOSE_BRACKET -> depth--;
      default -> {}
    }
    if (depth > ConditionParser.MAX_DEPTH) {
      throw new SyntaxError(
          "exceeded max depth limit of " + ConditionParser.MAX_DEPTH, token.getStartIndex());
    }
  }

  /** True before a blank. */
  boolean blankFollows() {
    return switch (_input.LA(1)) {
      case ' ', '\t', '\b', '\r', '\n' -> true;
      default -> false;
    };
  }

  /** True before a list or the name of one, and not before "and", "or", "not". */
  boolean listFollows() {
    int next = _input.LA(1);
    return next == '(' || (isLetter(next) && !keywordFollows());
  }

  private boolean keywordFollows() {
    for (String keyword : KEYWORDS) {
      int length = keyword.length();
      int i = 0;
      while (i < length && _input.LA(i + 1) == keyword.charAt(i)) {
        i++;
      }
      int behind = _input.LA(length + 1);
      if (i == length && !isLetter(behind) && !(behind >= '0' && behind <= '9')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(int character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }
}
