package io.jfalco.condition.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.condition.parse.ConditionParser;
import org.junit.jupiter.api.Test;

class MacroResolverTest {
  private final MacroResolver resolver = new MacroResolver();

  private void add(String name, int index, String condition) throws ConditionException {
    resolver.add(name, index, ConditionParser.parse(condition));
  }

  private String resolve(String condition) throws ConditionException {
    return AstPrinter.print(resolver.resolve(ConditionParser.parse(condition)).expression());
  }

  @Test
  void putsConditionsIn() throws ConditionException {
    add("m", 0, "a.b = 1 or a.b = 2");
    add("n", 1, "m and not c.d exists");
    assertThat(resolve("m and x.y = z")).isEqualTo("((a.b = 1 or a.b = 2) and x.y = z)");
    assertThat(resolve("x.y = z or not n"))
        .isEqualTo("(x.y = z or not ((a.b = 1 or a.b = 2) and not c.d exists))");
    assertThat(resolver.resolve(ConditionParser.parse("n")).used())
        .containsExactlyInAnyOrder("m", "n");
  }

  @Test
  void macrosSeeThoseBeforeThem() throws ConditionException {
    add("m", 0, "n");
    add("n", 1, "a.b = 1");
    assertThatThrownBy(() -> resolver.resolveMacro("m", 0))
        .isInstanceOf(ConditionException.class)
        .hasMessage("Undefined macro 'n' used in filter.");
    assertThat(AstPrinter.print(resolver.resolveMacro("m", 2).expression())).isEqualTo("a.b = 1");
  }

  @Test
  void findsLoopsAndTheirPlace() throws ConditionException {
    add("m", 0, "a.b = 1 and n");
    add("n", 1, "not m");
    assertThatThrownBy(() -> resolver.resolveMacro("m", 5))
        .hasMessage("reference loop in macro 'n'")
        .extracting(e -> ((ConditionException) e).position().column())
        .isEqualTo(13);
    assertThatThrownBy(() -> resolve("x.y = 1 or unknown"))
        .hasMessage("Undefined macro 'unknown' used in filter.")
        .extracting(e -> ((ConditionException) e).position().column())
        .isEqualTo(12);
  }

  @Test
  void doublingMacrosEndAtTheLimit() throws ConditionException {
    add("m0", 0, "a.b = 1 and a.b = 2");
    for (int i = 1; i <= 60; i++) {
      add("m" + i, i, "m" + (i - 1) + " or m" + (i - 1));
    }
    for (int i = 0; i <= 15; i++) {
      resolver.resolveMacro("m" + i, i);
    }
    assertThatThrownBy(() -> resolve("m60")).hasMessageContaining("exceeds 262144 checks");
  }

  @Test
  void deepMacrosEndAtTheLimit() throws InterruptedException {
    Throwable[] problem = new Throwable[1];
    Thread thread = new Thread(null, this::resolveDeepMacros, "deep", 64 << 20);
    thread.setUncaughtExceptionHandler((t, e) -> problem[0] = e);
    thread.start();
    thread.join();
    assertThat(problem[0]).isNull();
  }

  private void resolveDeepMacros() {
    try {
      addDeepMacros();
    } catch (ConditionException e) {
      throw new AssertionError(e);
    }
  }

  private void addDeepMacros() throws ConditionException {
    String open = "a.b exists or not(c.d exists and(";
    add("m0", 0, open.repeat(400) + "e.f exists" + "))".repeat(400));
    add("m1", 1, open.repeat(400) + "m0" + "))".repeat(400));
    assertThatThrownBy(() -> resolve("m1")).hasMessageContaining("exceeds 2000 levels");
    for (int i = 2; i < 3000; i++) {
      add("m" + i, i, "not m" + (i + 1));
    }
    assertThatThrownBy(() -> resolve("m2")).hasMessageContaining("exceeds 2000 levels");
  }
}
