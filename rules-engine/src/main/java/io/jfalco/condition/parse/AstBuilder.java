package io.jfalco.condition.parse;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Turns parse trees into syntax trees. */
final class AstBuilder {
  private final ConditionText text;

  AstBuilder(ConditionText text) {
    this.text = text;
  }

  Expr disjunction(ConditionGrammar.DisjunctionContext context) {
    Expr first = conjunction(context.conjunction());
    if (context.getChildCount() == 1) {
      return first;
    }
    List<Expr> operands = new ArrayList<>();
    operands.add(first);
    for (ConditionGrammar.OrTailContext tail : context.orTail()) {
      operands.add(
          tail.OR() != null ? conjunction(tail.conjunction()) : disjunction(tail.disjunction()));
    }
    return new Expr.Or(operands, position(context));
  }

  private Expr conjunction(ConditionGrammar.ConjunctionContext context) {
    Expr first = negation(context.negation());
    if (context.getChildCount() == 1) {
      return first;
    }
    List<Expr> operands = new ArrayList<>();
    operands.add(first);
    for (ConditionGrammar.AndTailContext tail : context.andTail()) {
      operands.add(
          tail.AND() != null ? negation(tail.negation()) : disjunction(tail.disjunction()));
    }
    return new Expr.And(operands, position(context));
  }

  private Expr negation(ConditionGrammar.NegationContext context) {
    int nots = context.NOT().size() + (context.NOT_OPEN() != null ? 1 : 0);
    Expr operand = operand(context);
    return nots % 2 == 0 ? operand : new Expr.Not(operand, position(context));
  }

  private Expr operand(ConditionGrammar.NegationContext context) {
    if (context.disjunction() != null) {
      return disjunction(context.disjunction());
    }
    if (context.MACRO() != null) {
      Token macro = context.MACRO().getSymbol();
      return new Expr.MacroRef(macro.getText(), position(macro));
    }
    ConditionGrammar.LeftContext left = context.left();
    Operand operand = left.field() != null ? field(left.field()) : transformer(left.transformer());
    return comparison(operand, context.comparison(), position(left));
  }

  private Expr comparison(
      Operand left, ConditionGrammar.ComparisonContext context, Position position) {
    if (context.EXISTS() != null) {
      return new Expr.Exists(left, position);
    }
    Operator operator = Operator.parse(context.start.getText()).orElseThrow();
    Modifier modifier = Modifier.NONE;
    Operand right;
    if (context.numberValue() != null) {
      right = numberValue(context.numberValue());
    } else if (context.listValue() != null) {
      right = listValue(context.listValue());
    } else {
      ConditionGrammar.TextValueContext value = context.textValue();
      if (value.MODIFIER() != null) {
        modifier = modifier(value.MODIFIER().getText().replaceAll("[^a-z]", ""));
      }
      right = textValue(value);
    }
    return new Expr.Comparison(left, operator, modifier, right, position);
  }

  private static Modifier modifier(String word) {
    for (Modifier modifier : Modifier.values()) {
      if (modifier.word().equals(word)) {
        return modifier;
      }
    }
    throw new IllegalArgumentException(word);
  }

  private Operand numberValue(ConditionGrammar.NumberValueContext context) {
    if (context.NUMBER() != null) {
      return literal(context.start);
    }
    return context.val() != null ? val(context.val()) : transformer(context.transformer());
  }

  private Operand textValue(ConditionGrammar.TextValueContext context) {
    if (context.modifiedValue() != null) {
      ConditionGrammar.ModifiedValueContext value = context.modifiedValue();
      return value.list() != null ? list(value.list()) : literal(value.start);
    }
    if (context.val() != null) {
      return val(context.val());
    }
    return context.transformer() != null
        ? transformer(context.transformer())
        : literal(context.start);
  }

  private Operand listValue(ConditionGrammar.ListValueContext context) {
    if (context.list() != null) {
      return list(context.list());
    }
    if (context.val() != null) {
      return val(context.val());
    }
    return context.transformer() != null
        ? transformer(context.transformer())
        : literal(context.start);
  }

  private Operand list(ConditionGrammar.ListContext context) {
    List<Operand> items = new ArrayList<>();
    for (ConditionGrammar.ListItemContext item : context.listItem()) {
      if (!items.isEmpty() || !FirstItem.isDropped(item.start, context.stop)) {
        items.add(literal(item.start));
      }
    }
    return new Operand.ListOf(items, position(context));
  }

  private Operand.Field field(ConditionGrammar.FieldContext context) {
    String name = context.start.getText();
    if (context.argument() == null) {
      return new Operand.Field(name, Optional.empty(), position(context));
    }
    return new Operand.Field(
        name.substring(0, name.length() - 1),
        Optional.of(argument(context.argument())),
        position(context));
  }

  private String argument(ConditionGrammar.ArgumentContext context) {
    return text(context.start);
  }

  private Operand transformer(ConditionGrammar.TransformerContext context) {
    List<Operand> arguments = new ArrayList<>();
    for (ConditionGrammar.TransformerArgumentContext argument : context.transformerArgument()) {
      arguments.add(transformerArgument(argument));
    }
    return transformer(context.TRANSFORMER(), arguments, context.transformerEnd());
  }

  private Operand val(ConditionGrammar.ValContext context) {
    return transformer(context.VAL(), List.of(field(context.field())), context.transformerEnd());
  }

  private Operand transformer(
      TerminalNode open, List<Operand> arguments, ConditionGrammar.TransformerEndContext end) {
    String name = open.getText();
    return new Operand.Transformer(
        name.substring(0, name.length() - 1),
        arguments,
        Optional.ofNullable(end.argument()).map(this::argument),
        position(open.getSymbol()));
  }

  private Operand transformerArgument(ConditionGrammar.TransformerArgumentContext context) {
    if (context.field() != null) {
      return field(context.field());
    }
    if (context.transformer() != null) {
      return transformer(context.transformer());
    }
    return context.transformerList() != null
        ? transformerList(context.transformerList())
        : literal(context.start);
  }

  private Operand transformerList(ConditionGrammar.TransformerListContext context) {
    List<Operand> items = new ArrayList<>();
    for (ConditionGrammar.TransformerListItemContext item : context.transformerListItem()) {
      if (item.field() != null) {
        items.add(field(item.field()));
      } else if (item.transformer() != null) {
        items.add(transformer(item.transformer()));
      } else {
        items.add(literal(item.start));
      }
    }
    return new Operand.ListOf(items, position(context));
  }

  private Operand.Literal literal(Token token) {
    return new Operand.Literal(
        text(token), token.getType() == ConditionGrammar.STRING, position(token));
  }

  private static String text(Token token) {
    return token.getType() == ConditionGrammar.STRING
        ? QuotedText.unquote(token.getText(), token.getStopIndex() + 1)
        : token.getText();
  }

  private Position position(ParserRuleContext context) {
    return position(context.start);
  }

  private Position position(Token token) {
    return text.position(token.getStartIndex());
  }
}
