package io.jfalco.condition.parse;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/**
 * The first item of a list of values. Falco takes a wrong escape in it for the end of an empty
 * list, so that {@code in ("\\q")} is {@code in ()}.
 */
final class FirstItem {
  private FirstItem() {}

  /** True for the first item of a list of values (not of a transformer's list). */
  static boolean is(CommonTokenStream tokens, int index) {
    if (index < 2 || tokens.get(index - 1).getType() != ConditionLexer.LIST_OPEN) {
      return false;
    }
    int before = tokens.get(index - 2).getType();
    return before == ConditionLexer.LIST_OPERATOR || before == ConditionLexer.MODIFIER;
  }

  /**
   * True when the item is not there for Falco.
   *
   * @param next what follows the item or ends the list
   * @throws SyntaxError when the item has a wrong escape and the list goes on
   */
  static boolean isDropped(Token item, Token next) {
    if (item.getType() != ConditionLexer.STRING || isReadable(item)) {
      return false;
    }
    int end = item.getStopIndex() + 1;
    if (next.getType() == ConditionLexer.CLOSE && next.getStartIndex() == end) {
      return true;
    }
    throw new SyntaxError(SyntaxErrors.CLOSE, end);
  }

  private static boolean isReadable(Token item) {
    try {
      QuotedText.unquote(item.getText(), item.getStopIndex() + 1);
      return true;
    } catch (SyntaxError e) {
      return false;
    }
  }
}
