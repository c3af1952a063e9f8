package io.jfalco.condition.parse;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Ends parsing at the first mistake, with Falco's words for what was expected there. */
final class SyntaxErrors extends DefaultErrorStrategy {
  private static final String CHECK = "expected a '(' token, a field check, or an identifier";
  static final String CLOSE = "expected a ')' token";
  private static final String CLOSE_TRANSFORMER = "expected a ')' token closing the transformer";
  private static final String OPERATORS =
      quoted(
          Stream.of(
              ("exists <= < >= > == = != glob iglob contains icontains bcontains startswith "
                      + "bstartswith endswith regex intersects in pmatch")
                  .split(" ")));
  private static final String TRANSFORMERS =
      quoted(Arrays.stream("val tolower toupper b64 basename len join concat getopt".split(" ")));
  private static final String OR_TRANSFORMER =
      " or a field with a valid transformer: " + TRANSFORMERS;

  private static String quoted(Stream<String> words) {
    return words.map(word -> "'" + word + "'").collect(Collectors.joining(", "));
  }

  @Override
  public void sync(Parser parser) {
    // Nothing is repaired: a mistake shows where its token is used.
  }

  @Override
  public Token recoverInline(Parser parser) {
    boolean closing = parser.getExpectedTokens().contains(ConditionGrammar.CLOSE);
    throw error(parser, message(parser, closing));
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    // recover tells
  }

  @Override
  public void recover(Parser parser, RecognitionException e) {
    throw error(parser, message(parser, false));
  }

  private static SyntaxError error(Parser parser, String message) {
    Token token = parser.getCurrentToken();
    return switch (token.getType()) {
      case ConditionGrammar.AND_ALONE, ConditionGrammar.OR_ALONE ->
          new SyntaxError(
              "expected blank or '(' after '" + token.getText() + "'", token.getStopIndex() + 1);
      // The list ends here; what must follow is the end of the transformer around it.
      case ConditionGrammar.CLOSE_BRACKET ->
          parser.getContext().getRuleIndex() == ConditionGrammar.RULE_transformerList
              ? new SyntaxError(CLOSE_TRANSFORMER, token.getStopIndex())
              : new SyntaxError(message, token.getStartIndex());
      default -> new SyntaxError(message, token.getStartIndex());
    };
  }

  /**
   * What is missing.
   *
   * @param closing true when only the closing parenthesis of what the rule opened may follow
   */
  private static String message(Parser parser, boolean closing) {
    return switch (parser.getContext().getRuleIndex()) {
      case ConditionGrammar.RULE_condition ->
          "unexpected token after '" + last(parser) + "', expecting 'or', 'and'";
      case ConditionGrammar.RULE_comparison ->
          "expected a valid check operator: one of " + OPERATORS;
      case ConditionGrammar.RULE_numberValue -> "expected a number value" + OR_TRANSFORMER;
      case ConditionGrammar.RULE_textValue -> "expected a string value" + OR_TRANSFORMER;
      case ConditionGrammar.RULE_modifiedValue -> "expected a list or an identifier";
      case ConditionGrammar.RULE_listValue -> "expected a list, an identifier," + OR_TRANSFORMER;
      case ConditionGrammar.RULE_listItem -> "expected a string value";
      case ConditionGrammar.RULE_list -> CLOSE;
      case ConditionGrammar.RULE_field, ConditionGrammar.RULE_val ->
          "expected a field within 'val' transformer";
      case ConditionGrammar.RULE_argument -> argument(parser);
      case ConditionGrammar.RULE_transformer, ConditionGrammar.RULE_transformerEnd ->
          CLOSE_TRANSFORMER;
      case ConditionGrammar.RULE_transformerArgument ->
          "expected field transformer argument: field, transformer, quoted string, number, or"
              + " transformer list";
      case ConditionGrammar.RULE_transformerList ->
          closing ? "expected ')'" : transformerListItem();
      case ConditionGrammar.RULE_transformerListItem -> transformerListItem();
      default -> closing ? CLOSE : CHECK;
    };
  }

  private static String argument(Parser parser) {
    return parser.getExpectedTokens().contains(ConditionGrammar.BRACKET_CLOSE)
        ? "expected a ']' token"
        : "expected a valid field argument: a quoted string or a bare string";
  }

  private static String transformerListItem() {
    return "expected transformer list argument: field, transformer, quoted string, or number";
  }

  private static String last(Parser parser) {
    Token token = parser.getInputStream().LT(-1);
    return token.getType() == ConditionGrammar.STRING
        ? QuotedText.unquote(token.getText(), token.getStopIndex() + 1)
        : token.getText();
  }
}
