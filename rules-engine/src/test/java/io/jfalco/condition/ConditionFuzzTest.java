package io.jfalco.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.check.EventSearchException;
import io.jfalco.condition.check.EventTypes;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.compile.TestEvents;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever the text: it is a condition, which can be printed, compiled and tested on events, or a
 * mistake with a message.
 */
class ConditionFuzzTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();
  private static final List<EventContext> EVENTS =
      List.of(
          TestEvents.apply("read", new TestHost()),
          TestEvents.apply("inet", new TestHost()),
          TestEvents.apply("failed", new TestHost()),
          TestEvents.apply("gone", new TestHost()));

  @DictionaryFile(resourcePath = "condition.dict")
  @FuzzTest
  void condition(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      Expr expression = ConditionParser.parse(text);
      assertThat(AstPrinter.print(expression)).isNotNull();
      search(expression);
      evaluate(new ConditionCompiler(CATALOG).compile(expression));
    } catch (ConditionException e) {
      assertThat(e.getMessage()).isNotEmpty();
      assertThat(e.position().index()).isBetween(0, text.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  private static void search(Expr expression) {
    try {
      assertThat(EventTypes.of(expression).names()).isNotNull();
    } catch (EventSearchException e) {
      assertThat(e.getMessage()).contains("event code search");
    }
  }

  private static void evaluate(Condition condition) {
    for (EventContext context : EVENTS) {
      context.nextEvaluation();
      boolean first = condition.test(context);
      context.nextEvaluation();
      assertThat(condition.test(context)).isEqualTo(first);
    }
  }
}
