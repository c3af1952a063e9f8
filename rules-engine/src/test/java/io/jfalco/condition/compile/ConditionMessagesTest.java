package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What Falco says of conditions that parse: table of condition and message, or "ok". */
class ConditionMessagesTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();

  @ParameterizedTest
  @CsvFileSource(resources = "messages.tsv", delimiter = '\t', quoteCharacter = '\0')
  void saysTheSame(String condition, String message) throws ConditionException {
    ConditionCompiler compiler = new ConditionCompiler(CATALOG);
    if (message.equals("ok")) {
      assertThatCode(() -> compiler.compile(ConditionParser.parse(condition)))
          .doesNotThrowAnyException();
      return;
    }
    ConditionException problem =
        catchThrowableOfType(
            ConditionException.class, () -> compiler.compile(ConditionParser.parse(condition)));
    assertThat(problem).as(condition).isNotNull();
    assertThat(problem.getMessage()).as(condition).isEqualTo(message);
  }
}
