package io.jfalco.rule;

import io.jfalco.condition.check.ListSubstitution;
import io.jfalco.issue.IssueException;
import io.jfalco.rule.RuleException.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the exceptions of a rule behind its condition. */
final class ExceptionCondition {
  private ExceptionCondition() {}

  /**
   * The condition with {@code and not (...)} for each exception that has values.
   *
   * @param fields gets the fields of these exceptions
   */
  static String of(RuleDefinition rule, Set<String> fields) throws IssueException {
    if (rule.exceptions.isEmpty()) {
      return rule.condition;
    }
    StringBuilder condition = new StringBuilder("(").append(rule.condition).append(')');
    for (RuleException exception : rule.exceptions) {
      if (!exception.values.isEmpty()) {
        condition.append(" and not ");
        condition.append(exception.fields.isList() ? rows(exception) : values(exception));
        List<Entry> names =
            exception.fields.isList() ? exception.fields.items() : List.of(exception.fields);
        names.forEach(name -> fields.add(name.text()));
      }
    }
    return condition.toString();
  }

  private static String values(RuleException exception) throws IssueException {
    List<String> values = new ArrayList<>();
    for (Entry value : exception.values) {
      Collector.check(
          !value.isList(), "Expected values array to contain a list of strings", exception.context);
      values.add(ListSubstitution.quote(value.text()));
    }
    return "("
        + exception.fields.text()
        + " "
        + exception.comparisons.text()
        + " ("
        + String.join(", ", values)
        + "))";
  }

  private static String rows(RuleException exception) throws IssueException {
    // Exceptions that replace others were not checked.
    Collector.check(
        exception.fields.items().size() <= exception.comparisons.items().size(),
        "Fields and comps lists must have equal length",
        exception.context);
    List<String> rows = new ArrayList<>();
    for (Entry row : exception.values) {
      Collector.check(
          exception.fields.items().size() == row.items().size(),
          "Fields and values lists must have equal length",
          exception.context);
      List<String> checks = new ArrayList<>();
      for (int i = 0; i < row.items().size(); i++) {
        String comparison = exception.comparisons.items().get(i).text();
        checks.add(
            " "
                + exception.fields.items().get(i).text()
                + " "
                + comparison
                + " "
                + value(row.items().get(i), comparison));
      }
      rows.add("(" + String.join(" and ", checks) + ")");
    }
    return "(" + String.join(" or ", rows) + ")";
  }

  private static String value(Entry value, String comparison) {
    if (value.isList()) {
      return value.items().stream()
          .map(item -> ListSubstitution.quote(item.text()))
          .collect(Collectors.joining(", ", "(", ")"));
    }
    if (ExceptionChecker.takesList(comparison)) {
      return value.text().startsWith("(") ? value.text() : "(" + value.text() + ")";
    }
    return ListSubstitution.quote(value.text());
  }
}
