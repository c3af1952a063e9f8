package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Position;
import io.jfalco.condition.check.EventSearchException;
import io.jfalco.condition.check.ListSubstitution;
import io.jfalco.condition.check.MacroResolver;
import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes rules, macros and lists of all that was collected: one run behind each file. */
final class RulesCompiler {
  private final Collector collector;
  private final RuleCompiler rules;
  private final Consumer<Issue> issues;
  private final Map<String, ListSubstitution.Items> substitutions = new LinkedHashMap<>();
  private final Map<String, List<String>> listItems = new LinkedHashMap<>();
  private final Map<String, Expr> macros = new LinkedHashMap<>();
  private final Map<String, Expr> macroSources = new HashMap<>();
  private final Map<String, RuleDetails> details = new HashMap<>();
  private final Set<String> usedLists = new HashSet<>();
  private final Set<String> usedMacros = new HashSet<>();
  private final MacroResolver resolver = new MacroResolver();

  RulesCompiler(Collector collector, RuleCompiler rules, Consumer<Issue> issues) {
    this.collector = collector;
    this.rules = rules;
    this.issues = issues;
  }

  RuleSet compile() throws IssueException, EventSearchException {
    compileLists();
    compileMacros();
    List<Rule> compiled = compileRules();
    warnUnused();
    return new RuleSet(
        compiled,
        details,
        macroList(),
        listList(),
        collector.engineVersion(),
        collector.plugins(),
        rules.plugins());
  }

  private void compileLists() {
    for (ListDefinition list : collector.lists().values()) {
      List<String> items = new ArrayList<>();
      for (String item : list.items) {
        ListDefinition other = collector.lists().get(item);
        if (other != null && other.index < list.visibility) {
          usedLists.add(other.name);
          items.addAll(other.items);
        } else {
          items.add(item);
        }
      }
      listItems.put(list.name, items);
      substitutions.put(list.name, ListSubstitution.Items.of(list.name, items));
    }
  }

  private void compileMacros() throws IssueException {
    for (MacroDefinition macro : collector.macros().values()) {
      Expr source = parse(macro.condition, macro.conditionContext);
      macroSources.put(macro.name, source);
      resolver.add(macro.name, macro.index, source);
    }
    for (MacroDefinition macro : collector.macros().values()) {
      try {
        MacroResolver.Result result = resolver.resolveMacro(macro.name, macro.visibility);
        usedMacros.addAll(result.used());
        macros.put(macro.name, result.expression());
      } catch (ConditionException e) {
        throw unresolved(e, macro.condition, macro.context);
      }
    }
  }

  private static IssueException unresolved(
      ConditionException e, String condition, IssueContext context) {
    return new IssueException(
        IssueCode.LOAD_ERR_VALIDATE, e.getMessage(), expression(condition, e.position(), context));
  }

  private Expr parse(String condition, IssueContext context) throws IssueException {
    String text = condition;
    try {
      ListSubstitution.checkLength(text);
      Set<String> words = ListSubstitution.words(text);
      for (ListSubstitution.Items list : substitutions.values()) {
        if (words.contains(list.name()) || !ListSubstitution.isWord(list.name())) {
          String substituted = ListSubstitution.substitute(text, list);
          if (!substituted.equals(text)) {
            usedLists.add(list.name());
            text = substituted;
            words = ListSubstitution.words(text);
          }
        }
      }
      return rules.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IssueException(
          IssueCode.LOAD_ERR_COMPILE_CONDITION,
          e.getMessage(),
          expression(condition, Position.START, context));
    } catch (ConditionException e) {
      throw new IssueException(
          IssueCode.LOAD_ERR_COMPILE_CONDITION,
          e.getMessage(),
          expression(text, e.position(), context));
    }
  }

  static IssueContext expression(String condition, Position position, IssueContext context) {
    return context.expression(condition, position.index(), position.line(), position.column());
  }

  private List<Rule> compileRules() throws IssueException, EventSearchException {
    List<Rule> compiled = new ArrayList<>();
    for (RuleDefinition rule : collector.rules().values()) {
      if (!rule.unknownSource) {
        Set<String> exceptionFields = new TreeSet<>();
        String condition = ExceptionCondition.of(rule, exceptionFields);
        RuleCompiler.Output output = rules.output(rule, issues);
        if (output != null) {
          Expr parsed = parse(condition, rule.conditionContext);
          Expr expression = resolve(rule, condition, parsed);
          Rule made = rules.compile(rule, condition, expression, output, compiled.size(), issues);
          if (made != null) {
            compiled.add(made);
            RuleSource source = new RuleSource(condition, parsed, appliedExceptions(rule));
            details.put(rule.name, details(rule, output.text(), exceptionFields, source));
          }
        }
      }
    }
    return compiled;
  }

  private static List<String> appliedExceptions(RuleDefinition rule) {
    return rule.exceptions.stream()
        .filter(exception -> !exception.values.isEmpty())
        .map(exception -> exception.name)
        .toList();
  }

  private Expr resolve(RuleDefinition rule, String condition, Expr parsed) throws IssueException {
    try {
      MacroResolver.Result result = resolver.resolve(parsed);
      usedMacros.addAll(result.used());
      return result.expression();
    } catch (ConditionException e) {
      throw unresolved(e, condition, rule.context);
    }
  }

  private static RuleDetails details(
      RuleDefinition rule, String output, Set<String> exceptionFields, RuleSource source) {
    Set<String> operators = new TreeSet<>();
    List<String> names = new ArrayList<>();
    for (RuleException exception : rule.exceptions) {
      names.add(exception.name);
      if (exception.comparisons.isList()) {
        exception.comparisons.items().forEach(item -> operators.add(item.text()));
      } else {
        operators.add(exception.comparisons.text());
      }
    }
    return new RuleDetails(
        rule.condition,
        rule.output,
        output,
        rule.capture,
        rule.captureDuration,
        names,
        exceptionFields,
        operators,
        source);
  }

  private void warnUnused() {
    for (MacroDefinition macro : collector.macros().values()) {
      if (!usedMacros.contains(macro.name)) {
        issues.accept(
            new Issue(
                IssueCode.LOAD_UNUSED_MACRO,
                "Macro not referred to by any other rule/macro",
                macro.context));
      }
    }
    for (ListDefinition list : collector.lists().values()) {
      if (!usedLists.contains(list.name)) {
        issues.accept(
            new Issue(
                IssueCode.LOAD_UNUSED_LIST,
                "List not referred to by any other rule/macro",
                list.context));
      }
    }
  }

  private List<Macro> macroList() {
    List<Macro> list = new ArrayList<>();
    for (MacroDefinition macro : collector.macros().values()) {
      list.add(
          new Macro(
              macro.name,
              macro.condition,
              macroSources.get(macro.name),
              macros.get(macro.name),
              usedMacros.contains(macro.name)));
    }
    return list;
  }

  private List<RuleList> listList() {
    List<RuleList> all = new ArrayList<>();
    for (ListDefinition list : collector.lists().values()) {
      all.add(
          new RuleList(
              list.name, list.items, listItems.get(list.name), usedLists.contains(list.name)));
    }
    return all;
  }
}
