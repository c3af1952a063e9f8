package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every operator, modifier and transformer on values that are there and values that are not. */
class EvaluationTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvFileSource(resources = "evaluation.tsv", delimiter = '\t', quoteCharacter = '\0')
  void evaluates(String event, String text, boolean expected) throws ConditionException {
    Condition condition = new ConditionCompiler(CATALOG).compile(ConditionParser.parse(text));
    EventContext context = TestEvents.apply(event, new TestHost());
    assertThat(condition.test(context)).isEqualTo(expected);
    context.nextEvaluation();
    assertThat(condition.test(context)).as("a second time").isEqualTo(expected);
  }
}
