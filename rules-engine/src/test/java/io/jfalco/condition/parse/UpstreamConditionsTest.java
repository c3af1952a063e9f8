package io.jfalco.condition.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.rule.Macro;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleSet;
import io.jfalco.rule.SharedRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamConditionsTest {
  @Test
  void areUnambiguous() throws Exception {
    RuleSet rules =
        SharedRules.load(
            "falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");
    List<String> conditions = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      conditions.add(rules.details(rule).condition());
    }
    for (Macro macro : rules.macros()) {
      conditions.add(macro.condition());
    }
    assertThat(conditions).hasSizeGreaterThan(300);
    for (String condition : conditions) {
      assertThat(AmbiguityTest.ambiguities(condition)).isEmpty();
    }
  }
}
