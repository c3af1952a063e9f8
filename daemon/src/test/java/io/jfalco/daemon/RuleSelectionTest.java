package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import io.jfalco.config.Config.Selection;
import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSelectionTest {
  private static final List<Rule> RULES = load();

  private static List<Rule> load() {
    StringBuilder yaml = new StringBuilder();
    rule(yaml, "open one", "WARNING", "[a]", true);
    rule(yaml, "open two", "DEBUG", "[a, b]", true);
    rule(yaml, "close", "ERROR", "[c]", false);
    return RuleLoader.load(
            List.of(new RuleFile("r.yaml", yaml.toString().getBytes(StandardCharsets.UTF_8))),
            LoadOptions.of(FieldCatalog.standard()))
        .rules()
        .orElseThrow()
        .rules("syscall");
  }

  private static void rule(
      StringBuilder yaml, String name, String priority, String tags, boolean enabled) {
    yaml.append("- rule: ").append(name);
    yaml.append("\n  desc: d\n  condition: evt.type = open\n  output: o\n  priority: ");
    yaml.append(priority).append("\n  tags: ").append(tags);
    yaml.append("\n  enabled: ").append(enabled).append('\n');
  }

  private static List<String> enabled(Priority minimum, Selection... selection) {
    var indexes = RuleSelection.enabled(RULES, minimum, List.of(selection));
    return RULES.stream().filter(r -> indexes.get(r.index())).map(Rule::name).toList();
  }

  private static Selection named(boolean enable, String name) {
    return new Selection(enable, Optional.of(name), Optional.empty());
  }

  private static Selection tagged(boolean enable, String tag) {
    return new Selection(enable, Optional.empty(), Optional.of(tag));
  }

  @Test
  void withoutSelectionRulesDecideForThemselves() {
    assertThat(enabled(Priority.DEBUG)).containsExactly("open one", "open two");
  }

  @Test
  void stepsApplyInOrder() {
    assertThat(enabled(Priority.DEBUG, named(false, "*"), tagged(true, "b"), named(true, "close")))
        .containsExactly("open two", "close");
    assertThat(enabled(Priority.DEBUG, tagged(true, "b"), named(false, "open*"))).isEmpty();
  }

  @Test
  void rulesBelowTheMinimumStayOff() {
    assertThat(enabled(Priority.WARNING, named(true, "*"))).containsExactly("open one", "close");
  }

  @ParameterizedTest
  @CsvSource({
    "open, open, true",
    "open, opens, false",
    "open*, opens, true",
    "*pen, open, true",
    "*cat, concat cat, false",
    "o*n, open, true",
    "*, anything, true",
    "**, anything, true",
    "a*b*, acbd, true",
    "a*b, acbd, false",
    "*b*, abc, true",
    "*x*, abc, false",
  })
  void namesMayHaveStars(String pattern, String text, boolean matches) {
    assertThat(RuleSelection.matches(pattern, text)).isEqualTo(matches);
  }
}
