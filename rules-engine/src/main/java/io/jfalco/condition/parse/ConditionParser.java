package io.jfalco.condition.parse;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Position;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Parses conditions, in time proportional to their length. The first mistake ends parsing; its
 * message has Falco's words.
 */
public final class ConditionParser {
  /** Longest condition. */
  public static final int MAX_LENGTH = 1 << 20;

  /** How deep parentheses of any kind may be nested. */
  public static final int MAX_DEPTH = 1000;

  private ConditionParser() {}

  /**
   * The syntax tree of a condition. Names of macros are left in it as references; lists must have
   * been put in before.
   *
   * <p>Trees may be {@link #MAX_DEPTH} levels deep: who walks through them needs a stack for that.
   *
   * @throws ConditionException when the text is no condition, longer than {@link #MAX_LENGTH} or
   *     nested deeper than {@link #MAX_DEPTH}
   */
  public static Expr parse(String condition) throws ConditionException {
    if (condition.length() > MAX_LENGTH) {
      throw new ConditionException(
          "condition exceeds " + MAX_LENGTH + " characters", Position.START);
    }
    ConditionText text = new ConditionText(condition);
    try {
      if (condition.isEmpty()) {
        throw new SyntaxError("filter input string is empty", 0);
      }
      return new AstBuilder(text).disjunction(tree(tokens(condition)).disjunction());
    } catch (SyntaxError e) {
      throw new ConditionException(e.getMessage(), text.position(e.index()));
    }
  }

  private static CommonTokenStream tokens(String condition) {
    ConditionLexer lexer = new ConditionLexer(CharStreams.fromString(condition));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    return tokens;
  }

  private static ConditionGrammar.ConditionContext tree(CommonTokenStream tokens) {
    ConditionGrammar parser = new ConditionGrammar(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new SyntaxErrors());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return parser.condition();
    } catch (SyntaxError e) {
      checkEscapes(tokens, e.index());
      throw e;
    }
  }

  /** A wrong escape before the mistake that was found is the first mistake. */
  private static void checkEscapes(CommonTokenStream tokens, int end) {
    for (Token token : tokens.getTokens()) {
      if (token.getStartIndex() < end && token.getType() == ConditionLexer.STRING) {
        int index = token.getTokenIndex();
        boolean dropped =
            FirstItem.is(tokens, index) && FirstItem.isDropped(token, tokens.get(index + 1));
        if (!dropped) {
          QuotedText.unquote(token.getText(), token.getStopIndex() + 1);
        }
      }
    }
  }
}
