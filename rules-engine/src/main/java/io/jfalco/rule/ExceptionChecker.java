package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.issue.IssueException;
import io.jfalco.rule.RuleException.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks exceptions of rules on their own, and gives them the comparisons that they left out. */
final class ExceptionChecker {
  private static final Pattern MODIFIED = Pattern.compile("(\\S+) (oneof|anyof|allof)");

  private final Map<String, ConditionCompiler> compilers;

  /** Checks exceptions of rules of these sources. */
  ExceptionChecker(Map<String, ConditionCompiler> compilers) {
    this.compilers = compilers;
  }

  /**
   * Checks an exception.
   *
   * @param source the rule's source; if it is not known, nothing is known of its fields
   */
  void check(RuleException exception, String source) throws IssueException {
    Optional<ConditionCompiler> compiler = Optional.ofNullable(compilers.get(source));
    if (exception.fields.isList()) {
      checkLists(exception, compiler);
    } else {
      checkTexts(exception, compiler);
    }
  }

  private void checkLists(RuleException exception, Optional<ConditionCompiler> compiler)
      throws IssueException {
    int size = exception.fields.items().size();
    if (!exception.comparisons.isPresent()) {
      exception.comparisons = Entry.list(Collections.nCopies(size, Entry.text("=")));
    }
    Collector.check(
        size == exception.comparisons.items().size(),
        "Fields and comps lists must have equal length",
        exception.context);
    List<Entry> comparisons = new ArrayList<>();
    for (Entry comparison : exception.comparisons.items()) {
      String text = trim(comparison.text());
      Collector.check(
          text.equals("exists") || Operator.parse(text).isPresent() || isModified(text),
          "'" + text + "' is not a supported comparison operator",
          exception.context);
      comparisons.add(Entry.text(text));
    }
    exception.comparisons = Entry.list(comparisons);
    if (compiler.isPresent()) {
      for (Entry field : exception.fields.items()) {
        checkField(field.text(), exception, compiler.get());
      }
    }
  }

  private void checkTexts(RuleException exception, Optional<ConditionCompiler> compiler)
      throws IssueException {
    if (!exception.comparisons.isPresent()) {
      exception.comparisons = Entry.text("in");
    }
    Collector.check(
        !exception.comparisons.isList(),
        "Fields and comps must both be strings",
        exception.context);
    String text = trim(exception.comparisons.text());
    exception.comparisons = Entry.text(text);
    Collector.check(
        takesList(text),
        "When fields is a single value, comps must be one of (in, pmatch, intersects) or a modifier"
            + " operator (e.g. startswith oneof)",
        exception.context);
    if (compiler.isPresent()) {
      checkField(exception.fields.text(), exception, compiler.get());
    }
  }

  private static void checkField(String field, RuleException exception, ConditionCompiler compiler)
      throws IssueException {
    boolean known = true;
    try {
      compiler.compile(ConditionParser.parse(field + " exists"));
    } catch (ConditionException e) {
      known = false;
    }
    Collector.check(known, "'" + field + "' is not a supported filter field", exception.context);
  }

  private static String trim(String text) {
    return text.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
  }

  /** True for the operators behind which a list stands. */
  static boolean takesList(String operator) {
    return Operator.parse(operator).map(Operator::isList).orElse(false) || isModified(operator);
  }

  private static boolean isModified(String text) {
    Matcher matcher = MODIFIED.matcher(text);
    return matcher.matches()
        && Operator.parse(matcher.group(1)).map(o -> !o.isList() && !o.isOrder()).orElse(false);
  }
}
