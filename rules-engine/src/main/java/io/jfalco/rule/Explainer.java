package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.ExprVisitor;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Position;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.compile.Source;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.event.Bytes;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Explains what rules make of events, beside the compiled conditions: every part is evaluated, none
 * is left out because others decide. Slow, and allocates. Owned by the event-loop thread.
 */
public final class Explainer {
  private final RuleSet rules;
  private final ConditionCompiler compiler;
  private final Map<String, Macro> macros = new HashMap<>();

  /** Explains rules of this set, which were loaded with this catalogue. */
  public Explainer(RuleSet rules, FieldCatalog catalog) {
    this.rules = rules;
    this.compiler = new ConditionCompiler(catalog);
    rules.macros().forEach(macro -> macros.put(macro.name(), macro));
  }

  /**
   * Why the rule does or does not match the event, by the state as it is now: to be called where
   * the rules are tested, between the update of the state and the end of the event.
   */
  public Explanation explain(Rule rule, EventContext context) {
    context.nextEvaluation();
    RuleSource source = rules.details(rule).source();
    Explanation whole = source.expression().accept(new Visitor(source.text(), context));
    int first = whole.parts().size() - source.exceptions().size();
    List<Explanation> parts = new ArrayList<>(whole.parts());
    for (int i = 0; i < source.exceptions().size(); i++) {
      parts.set(first + i, parts.get(first + i).ofException(source.exceptions().get(i)));
    }
    return node(whole.kind(), whole.text(), whole.result(), whole.position(), parts);
  }

  private static Explanation node(
      Explanation.Kind kind,
      String text,
      boolean result,
      Position position,
      List<Explanation> parts) {
    return new Explanation(
        kind, text, result, Optional.empty(), List.of(), Optional.empty(), position, parts);
  }

  private final class Visitor implements ExprVisitor<Explanation> {
    private final String text;
    private final EventContext context;

    /** Explains what stands in one text: that of the rule, or that of a macro. */
    Visitor(String text, EventContext context) {
      this.text = text;
      this.context = context;
    }

    @Override
    public Explanation visitAnd(Expr.And and) {
      List<Explanation> parts = all(and.operands());
      boolean result = parts.stream().allMatch(Explanation::result);
      return group(Explanation.Kind.AND, and, result, parts);
    }

    @Override
    public Explanation visitOr(Expr.Or or) {
      List<Explanation> parts = all(or.operands());
      boolean result = parts.stream().anyMatch(Explanation::result);
      return group(Explanation.Kind.OR, or, result, parts);
    }

    @Override
    public Explanation visitNot(Expr.Not not) {
      Explanation part = not.operand().accept(this);
      return group(Explanation.Kind.NOT, not, !part.result(), List.of(part));
    }

    private List<Explanation> all(List<Expr> operands) {
      return operands.stream().map(operand -> operand.accept(this)).toList();
    }

    private Explanation group(
        Explanation.Kind kind, Expr expr, boolean result, List<Explanation> parts) {
      return node(kind, AstPrinter.print(expr), result, expr.position(), parts);
    }

    @Override
    public Explanation visitMacroRef(Expr.MacroRef reference) {
      Macro macro = macros.get(reference.name());
      Explanation body = macro.source().accept(new Visitor(macro.condition(), context));
      return node(
          Explanation.Kind.MACRO,
          reference.name(),
          body.result(),
          reference.position(),
          List.of(body));
    }

    @Override
    public Explanation visitExists(Expr.Exists exists) {
      return check(exists, exists.left(), List.of());
    }

    @Override
    public Explanation visitComparison(Expr.Comparison comparison) {
      return check(comparison, comparison.left(), lists(comparison.right()));
    }

    private Explanation check(Expr expr, Operand left, List<String> lists) {
      try {
        return new Explanation(
            Explanation.Kind.CHECK,
            AstPrinter.print(expr),
            compiler.compile(expr).test(context),
            value(compiler.source(left)),
            lists,
            Optional.empty(),
            expr.position(),
            List.of());
      } catch (ConditionException e) {
        throw new IllegalStateException("a loaded condition does not compile", e);
      }
    }

    /** All values, as conditions see them, joined by commas. */
    private Optional<String> value(Source source) {
      Value value = new Value();
      if (!source.extractor().extract(context, value)) {
        return Optional.empty();
      }
      List<String> all = new ArrayList<>();
      for (int i = 0; i < value.count(); i++) {
        Bytes shown = new Bytes();
        all.add(ValueText.append(source, value, i, shown) ? shown.toString() : "<NA>");
      }
      return Optional.of(String.join(", ", all));
    }

    /** Names of lists in the text whose items are all in the operand, in their order. */
    private List<String> lists(Operand right) {
      if (!(right instanceof Operand.ListOf list)) {
        return List.of();
      }
      List<String> items = new ArrayList<>();
      for (Operand item : list.items()) {
        items.add(item instanceof Operand.Literal literal ? literal.text() : "");
      }
      List<String> found = new ArrayList<>();
      for (RuleList each : rules.lists()) {
        List<String> wanted = each.compiledItems().stream().map(Explainer::unquoted).toList();
        if (!wanted.isEmpty()
            && hasWord(text, each.name())
            && Collections.indexOfSubList(items, wanted) >= 0) {
          found.add(each.name());
        }
      }
      return found;
    }
  }

  private static String unquoted(String item) {
    int last = item.length() - 1;
    boolean quoted =
        last > 0 && item.charAt(0) == item.charAt(last) && "\"'".indexOf(item.charAt(0)) >= 0;
    return quoted ? item.substring(1, last) : item;
  }

  /** True when the name stands between characters that end a list's name. */
  private static boolean hasWord(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (isEdge(text, at - 1) && isEdge(text, at + name.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEdge(String text, int at) {
    return at < 0 || at >= text.length() || " \t\r\n(),=".indexOf(text.charAt(at)) >= 0;
  }
}
