package io.jfalco.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conditions made to break the parser or the compiler end in a message. The time given is a hundred
 * times what is needed: it only tells an answer from none.
 */
class HostileConditionsTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();
  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final int LARGE = 10_000_000;
  private static final int LONG = 1_000_000;

  /** As large as the stack of the thread that loads rules. */
  private static final long STACK_SIZE = 64 << 20;

  private static Condition compile(String condition) throws ConditionException {
    FutureTask<Condition> task =
        new FutureTask<>(
            () -> new ConditionCompiler(CATALOG).compile(ConditionParser.parse(condition)));
    Thread thread = new Thread(null, task, "compiler", STACK_SIZE);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(ENOUGH.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConditionException problem) {
        throw problem;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static String problem(String condition) {
    return catchThrowableOfType(ConditionException.class, () -> compile(condition)).getMessage();
  }

  private static String nested(String open, int depth, String inner, String close) {
    return open.repeat(depth) + inner + close.repeat(depth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "not(", "not (", "proc.pid=1 and(", "proc.pid=1 or(", "( not not("})
  void nestingHasALimit(String open) throws ConditionException {
    String close = ")".repeat((int) open.chars().filter(c -> c == '(').count());
    int levels = 1000 / close.length();
    assertThat(compile(nested(open, levels, "proc.name = a", close))).isNotNull();
    String tooDeep = "exceeded max depth limit of 1000";
    assertThat(problem(nested(open, levels + 1, "proc.name = a", close))).isEqualTo(tooDeep);
    assertThat(problem(nested(open, 10_000, "proc.name = a", close))).isEqualTo(tooDeep);
    assertThat(problem(open.repeat(10_000))).isEqualTo(tooDeep);
    assertThat(problem(open.repeat(LONG / open.length()))).isEqualTo(tooDeep);
  }

  @Test
  void transformersToo() throws ConditionException {
    String tooDeep = "exceeded max depth limit of 1000";
    assertThat(compile(nested("tolower(", 1000, "proc.name", ")") + " = a")).isNotNull();
    assertThat(problem(nested("tolower(", 10_000, "proc.name", ")") + " = a")).isEqualTo(tooDeep);
    assertThat(problem("proc.name = " + nested("tolower(", 10_000, "proc.name", ")")))
        .isEqualTo(tooDeep);
    assertThat(problem("join(\"\", (".repeat(10_000))).isNotEmpty();
    assertThat(problem("concat(\"\", ".repeat(10_000))).isEqualTo(tooDeep);
  }

  @Test
  void negationsInARowAreNoNesting() throws ConditionException {
    assertThat(compile("not ".repeat(100_000) + "proc.name = a")).isNotNull();
  }

  @Test
  void textsHaveALimit() {
    String tooLong = "condition exceeds 1048576 characters";
    assertThat(problem("a".repeat(LARGE))).isEqualTo(tooLong);
    assertThat(problem("(".repeat(LARGE))).isEqualTo(tooLong);
    assertThat(problem("\0".repeat(LARGE))).isEqualTo(tooLong);
    assertThat(problem("proc.name = \"" + "\\".repeat(LARGE))).isEqualTo(tooLong);
    assertThat(problem(" ".repeat(ConditionParser.MAX_LENGTH + 1))).isEqualTo(tooLong);
  }

  @Test
  void longTextsEnd() throws ConditionException {
    String letters = "a".repeat(LONG);
    assertThat(problem("proc.name = " + letters)).startsWith("filter parameter too long (used=");
    assertThat(problem("proc.name = \"" + letters + "\"")).startsWith("filter parameter too long");
    assertThat(problem("proc.name = \"" + letters)).startsWith("expected a string value or");
    assertThat(problem("a." + letters + " = a")).startsWith("filter_check called with nonexistent");
    assertThat(problem("proc.name regex " + letters)).startsWith("filter parameter too long");
    assertThat(problem("proc.pid = " + "1".repeat(LONG) + "x")).endsWith("is not a valid number");
    assertThat(compile("proc.pid = " + "1".repeat(LONG))).isNotNull();
    assertThat(compile("proc.name in (" + "b,".repeat(LONG / 2) + "b)")).isNotNull();
    assertThat(compile("proc.name = a" + " and proc.name = a".repeat(LONG / 18))).isNotNull();
    assertThat(problem(" ".repeat(LONG))).startsWith("expected a '(' token");
    assertThat(problem("\\".repeat(LONG))).startsWith("expected a '(' token");
    assertThat(problem("proc.name = \"" + "\\".repeat(LONG))).startsWith("expected a string value");
    assertThat(problem("proc.name = '" + "\\'".repeat(LONG / 2))).startsWith("expected a string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "proc.name\0 = a",
        "proc.name = \"a\0b\"",
        "proc.name = \"\0",
        "proc.env[\0",
        "proc.name = \"",
        "proc.name = '",
        "'",
        "\"",
        "proc.name in (\"",
        "tolower(\"",
        "proc.env[\"",
        "\ud800",
        "proc.name\udfff = a",
        "\ufffd\ufffd(",
      })
  void controlCharactersAndLoneQuotesAreMistakes(String condition) {
    assertThat(problem(condition)).isNotEmpty();
  }

  @Test
  void bytesThatAreNoTextAreMistakes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(problem(new String(bytes, StandardCharsets.UTF_8))).isNotEmpty();
    assertThat(problem(new String(bytes, StandardCharsets.ISO_8859_1))).isNotEmpty();
  }

  @Test
  void constantsEndBeforeANul() throws ConditionException {
    assertThat(compile("proc.name = a\0b")).isNotNull();
  }
}
