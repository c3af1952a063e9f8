package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.check.ConditionWarnings;
import io.jfalco.condition.check.EventSearchException;
import io.jfalco.condition.check.EventTypes;
import io.jfalco.condition.check.ExprWalk;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.EventType;
import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.DeprecatedField;
import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Compiles single rules. What was compiled behind one file is not compiled again behind the next.
 */
final class RuleCompiler {
  private static final String CONTAINER_INFO = "%container.info";
  private static final int MANY_EVENT_TYPES = 100;

  private final LoadOptions options;
  private final Map<String, Source> sources = new HashMap<>();
  private final Map<String, Expr> parsed = new HashMap<>();

  private record Compiled(Condition condition, EventTypes events) {}

  /** What rules of an event source are compiled with. */
  private static final class Source {
    final FieldCatalog catalog;
    final ConditionCompiler conditions;
    final OutputTemplates outputs;
    final Map<Expr, Compiled> compiled = new HashMap<>();
    final Map<String, AlertTemplate> templates = new HashMap<>();

    Source(FieldCatalog catalog, ConditionCompiler conditions) {
      this.catalog = catalog;
      this.conditions = conditions;
      this.outputs = new OutputTemplates(catalog);
    }
  }

  /** A checked output. */
  record Output(String text, AlertTemplate template) {}

  RuleCompiler(LoadOptions options, Map<String, ConditionCompiler> conditions) {
    this.options = options;
    options
        .sources()
        .forEach((name, catalog) -> sources.put(name, new Source(catalog, conditions.get(name))));
  }

  List<Plugin> plugins() {
    return options.plugins();
  }

  Expr parse(String condition) throws ConditionException {
    Expr known = parsed.get(condition);
    if (known == null) {
      known = ConditionParser.parse(condition);
      parsed.put(condition, known);
    }
    return known;
  }

  /** The output with what the configuration adds; null when the rule is to be left out. */
  Output output(RuleDefinition rule, Consumer<Issue> issues) throws IssueException {
    StringBuilder text = new StringBuilder(rule.output);
    for (ExtraOutput extra : options.extraOutputs()) {
      if (extra.match().fits(rule)) {
        text.append(' ').append(extra.format());
      }
    }
    String output = text.toString();
    if (output.contains(CONTAINER_INFO)) {
      issues.accept(
          new Issue(
              IssueCode.LOAD_DEPRECATED_ITEM,
              "%container.info is deprecated and no more useful, and will be dropped by Falco"
                  + " 1.0.0. The container plugin will automatically add required fields to the"
                  + " output message.",
              rule.context));
      output = output.replace(CONTAINER_INFO, "");
    }
    try {
      AlertTemplate template = template(output, sources.get(rule.source));
      warnDeprecated(output, rule.outputContext, issues);
      return new Output(output, withExtraFields(template, rule, issues));
    } catch (OutputException e) {
      Issue issue =
          refuse(IssueCode.LOAD_ERR_COMPILE_OUTPUT, e.getMessage(), rule.outputContext, rule);
      issues.accept(issue);
      return null;
    }
  }

  private AlertTemplate withExtraFields(
      AlertTemplate template, RuleDefinition rule, Consumer<Issue> issues) throws IssueException {
    Map<String, ExtendedTemplate.Member> members = new TreeMap<>();
    for (ExtraField field : options.extraFields()) {
      if (field.match().fits(rule)) {
        try {
          members.put(
              field.name(),
              new ExtendedTemplate.Member(
                  field, template(field.format(), sources.get(rule.source))));
        } catch (OutputException e) {
          throw new IssueException(
              IssueCode.LOAD_ERR_COMPILE_OUTPUT, e.getMessage(), rule.outputContext);
        }
        warnDeprecated(field.format(), rule.outputContext, issues);
      }
    }
    return members.isEmpty()
        ? template
        : new ExtendedTemplate(template, List.copyOf(members.values()));
  }

  private static AlertTemplate template(String output, Source source) throws OutputException {
    AlertTemplate template = source.templates.get(output);
    if (template == null) {
      template = source.outputs.parse(output);
      source.templates.put(output, template);
    }
    return template;
  }

  /** The warning for a mistake that the rule tolerates; throws when it does not. */
  private static Issue refuse(
      IssueCode code, String message, IssueContext context, RuleDefinition rule)
      throws IssueException {
    boolean unknown =
        message.contains("nonexistent field")
            || message.contains("invalid formatting token")
            || message.contains("unknown event type")
            || message.contains("unknown filter:");
    if (!unknown || !rule.skipIfUnknown) {
      throw new IssueException(code, message, context);
    }
    return new Issue(IssueCode.LOAD_UNKNOWN_FILTER, message, context);
  }

  private static void warnDeprecated(String output, IssueContext context, Consumer<Issue> issues) {
    for (DeprecatedField field : DeprecatedField.values()) {
      if (output.contains(field.field())) {
        issues.accept(
            Issue.deprecated(
                field,
                "usage of deprecated field '"
                    + field.field()
                    + "' has been detected in the rule output",
                context));
      }
    }
  }

  /** The rule; null when it is to be left out. */
  Rule compile(
      RuleDefinition rule,
      String condition,
      Expr expression,
      Output output,
      int index,
      Consumer<Issue> issues)
      throws IssueException, EventSearchException {
    warnCondition(expression, rule.conditionContext.expression(condition, 0, 0, 0), issues);
    Source source = sources.get(rule.source);
    Compiled made;
    try {
      made = compiled(expression, source);
    } catch (ConditionException e) {
      IssueContext context =
          RulesCompiler.expression(condition, e.position(), rule.conditionContext);
      issues.accept(refuse(IssueCode.LOAD_ERR_COMPILE_CONDITION, e.getMessage(), context, rule));
      return null;
    }
    for (ConditionWarnings.Warning warning : ConditionWarnings.of(expression, source.catalog)) {
      issues.accept(
          new Issue(
              IssueCode.LOAD_COMPILE_CONDITION,
              warning.message(),
              RulesCompiler.expression(condition, warning.position(), rule.conditionContext)));
    }
    EventTypes events = events(rule, made.events(), issues);
    return new Rule(
        index,
        rule.name,
        rule.description,
        rule.source,
        rule.priority,
        rule.enabled,
        List.copyOf(rule.tags),
        rule.output,
        expression,
        made.condition(),
        output.template(),
        events.types(),
        events.syscalls());
  }

  private static Compiled compiled(Expr expression, Source source)
      throws ConditionException, EventSearchException {
    Compiled known = source.compiled.get(expression);
    if (known == null) {
      Condition condition = source.conditions.compile(expression);
      known = new Compiled(condition, EventTypes.of(expression));
      source.compiled.put(expression, known);
    }
    return known;
  }

  private static EventTypes events(RuleDefinition rule, EventTypes found, Consumer<Issue> issues) {
    if (!rule.source.equals(LoadOptions.SYSCALL)) {
      return new EventTypes(
          EnumSet.of(EventType.PLUGINEVENT_E, EventType.ASYNCEVENT_E), new BitSet());
    }
    int count = found.types().size();
    if (rule.warnEventTypes && (count == 0 || count > MANY_EVENT_TYPES)) {
      issues.accept(
          new Issue(
              IssueCode.LOAD_NO_EVTTYPE,
              "Rule matches too many evt.type values. This has a significant performance"
                  + " penalty.",
              rule.context));
    }
    return found.withAsync();
  }

  private static void warnCondition(Expr expression, IssueContext context, Consumer<Issue> issues) {
    boolean[] unsafe = new boolean[1];
    EnumSet<DeprecatedField> deprecated = EnumSet.noneOf(DeprecatedField.class);
    ExprWalk.operands(
        expression,
        operand -> {
          if (operand instanceof Operand.Field field) {
            DeprecatedField.find(field.name()).ifPresent(deprecated::add);
          }
        });
    ExprWalk.comparisons(expression, comparison -> unsafe[0] |= isUnsafe(comparison));
    if (unsafe[0]) {
      issues.accept(new Issue(IssueCode.LOAD_UNSAFE_NA_CHECK, "", context));
    }
    for (DeprecatedField field : deprecated) {
      issues.accept(Issue.deprecated(field, field.description(), context));
    }
  }

  /** True for a comparison of a field of audit logs with the text that stands for no value. */
  private static boolean isUnsafe(Expr.Comparison comparison) {
    if (comparison.modifier() != Modifier.NONE
        || !(comparison.left() instanceof Operand.Field field)
        || !(field.name().startsWith("ka.") || field.name().startsWith("jevt."))) {
      return false;
    }
    Operator operator = comparison.operator();
    boolean equality =
        operator.isList()
            || operator == Operator.EQ
            || operator == Operator.EQ2
            || operator == Operator.NE;
    List<Operand> values =
        comparison.right() instanceof Operand.ListOf list
            ? list.items()
            : List.of(comparison.right());
    return equality
        && values.stream()
            .anyMatch(
                value -> value instanceof Operand.Literal literal && literal.text().equals("<NA>"));
  }
}
