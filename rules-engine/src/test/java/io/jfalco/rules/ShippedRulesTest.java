package io.jfalco.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleSet;
import io.jfalco.rules.RuleCase.NearMiss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each shipped rule matches what it is for, and does not when one thing about it is different; and
 * the same cases on the rules of Falco's project.
 */
class ShippedRulesTest {
  private final CaseFields fields;
  private final Map<String, Object> usual;

  ShippedRulesTest() throws IOException {
    Map<String, String> names = new HashMap<>();
    CaseReader.map(CaseReader.load(ShippedRules.names()))
        .forEach((name, address) -> names.put(name, (String) address));
    fields = new CaseFields(names);
    usual = CaseReader.map(CaseReader.load(ShippedRules.host()));
  }

  private CaseRunner runner(RuleFile... files) {
    RuleSet set = ShippedRules.load(fields.catalog(), List.of(files));
    return new CaseRunner(fields, set, usual);
  }

  /** Runs cases on the rules of a file, and on the user's own where a case has some. */
  private Function<RuleCase, CaseRunner> runners(String name, byte[] rules) {
    RuleFile file = new RuleFile(name, rules);
    CaseRunner plain = runner(file);
    return given ->
        given
            .local()
            .map(text -> runner(file, new RuleFile("local", text.getBytes(UTF_8))))
            .orElse(plain);
  }

  @TestFactory
  Stream<DynamicTest> triggersMatchAndNearMissesDoNot() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : ShippedRules.files()) {
      Function<RuleCase, CaseRunner> runners = runners(file, ShippedRules.ours(file));
      for (RuleCase given : CaseReader.read(ShippedRules.cases(file))) {
        tests.add(DynamicTest.dynamicTest(given.label(), () -> ours(runners.apply(given), given)));
      }
    }
    return tests.stream();
  }

  private static void ours(CaseRunner runner, RuleCase given) {
    Set<String> expected = new LinkedHashSet<>(given.also());
    expected.add(given.rule());
    assertThat(runner.play(given.trigger()).keySet())
        .as("rules that match the trigger")
        .containsExactlyInAnyOrderElementsOf(expected);
    for (NearMiss change : given.nearMisses()) {
      assertThat(runner.play(Changes.apply(given.trigger(), change)).keySet())
          .as("rules that match with %s: %s", change.path(), change.value())
          .doesNotContain(given.rule());
    }
  }

  @TestFactory
  Stream<DynamicTest> upstreamRulesAgreeWhereNothingElseIsSaid() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : ShippedRules.files()) {
      Function<RuleCase, CaseRunner> runners = runners(file, ShippedRules.upstream(file));
      for (RuleCase given : CaseReader.read(ShippedRules.cases(file))) {
        tests.add(
            DynamicTest.dynamicTest(given.label(), () -> upstream(runners.apply(given), given)));
      }
    }
    return tests.stream();
  }

  private static void upstream(CaseRunner runner, RuleCase given) {
    assertThat(runner.play(given.trigger()).containsKey(given.rule()))
        .as("upstream's rule matches the trigger")
        .isEqualTo(given.upstream().isEmpty());
    for (NearMiss change : given.nearMisses()) {
      if (given.upstream().isEmpty()) {
        assertThat(runner.play(Changes.apply(given.trigger(), change)).containsKey(given.rule()))
            .as("upstream's rule matches with %s: %s", change.path(), change.value())
            .isEqualTo(change.upstream().isPresent());
      }
    }
  }

  @Test
  void everyRuleHasATriggerAndANearMiss() throws IOException {
    for (String file : ShippedRules.files()) {
      Set<String> rules = new TreeSet<>();
      RuleFile rulesFile = new RuleFile(file, ShippedRules.ours(file));
      for (Rule rule : ShippedRules.load(fields.catalog(), List.of(rulesFile)).rules()) {
        rules.add(rule.name());
      }
      Set<String> tested = new TreeSet<>();
      for (RuleCase given : CaseReader.read(ShippedRules.cases(file))) {
        assertThat(given.nearMisses()).as("near misses of %s", given.label()).isNotEmpty();
        tested.add(given.rule());
      }
      assertThat(tested).as("rules of %s with a case", file).isEqualTo(rules);
    }
  }

  @Test
  void messagesAreTheCommittedOnes() throws IOException {
    for (String file : ShippedRules.files()) {
      Function<RuleCase, CaseRunner> runners = runners(file, ShippedRules.ours(file));
      StringBuilder text = new StringBuilder();
      for (RuleCase given : CaseReader.read(ShippedRules.cases(file))) {
        text.append("## ").append(given.label()).append('\n');
        String message = runners.apply(given).play(given.trigger()).get(given.rule());
        text.append(message).append("\n\n");
      }
      Path golden = ShippedRules.cases(file).resolve("messages.golden");
      if (Boolean.getBoolean("generate")) {
        Files.writeString(golden, text);
      }
      assertThat(Files.readString(golden)).isEqualTo(text.toString());
    }
  }
}
