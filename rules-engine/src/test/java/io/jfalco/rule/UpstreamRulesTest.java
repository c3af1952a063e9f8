package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.check.EventTypes;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upstream rules load as in Falco. They lie beside the project, not in it. */
class UpstreamRulesTest {
  @ParameterizedTest
  @CsvSource({
    "falco_rules.yaml, 25, 87, 49, 25",
    "falco-incubating_rules.yaml, 31, 82, 54, 31",
    "falco-sandbox_rules.yaml, 37, 183, 60, 25"
  })
  void loadsWithoutComplaint(String name, int rules, int macros, int lists, int enabled)
      throws IOException {
    RuleSet set = SharedRules.load(name);
    assertThat(set.rules()).hasSize(rules);
    assertThat(set.macros()).hasSize(macros);
    assertThat(set.lists()).hasSize(lists);
    assertThat(set.rules().stream().filter(Rule::enabled)).hasSize(enabled);
    assertThat(set.requiredEngineVersion()).isEqualTo(new Version(0, 57, 0));
    assertThat(set.requiredPlugins()).hasSize(1);
  }

  @Test
  void loadTogether() throws IOException {
    RuleSet set =
        SharedRules.load(
            "falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");
    assertThat(set.rules()).hasSize(93);
    assertThat(set.rules().get(0).name()).isEqualTo("Directory traversal monitored file read");
    assertThat(set.rules().stream().map(Rule::index)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyEventRulesLoad() throws IOException {
    LoadResult result =
        RuleLoader.load(List.of(SharedRules.file("jfalco-every-event.yaml")), SharedRules.OPTIONS);
    assertThat(result.reports().get(0).errors()).isEmpty();
    assertThat(result.rules()).isPresent();
  }

  @Test
  void rulesAreOnTheirEvents() throws IOException {
    RuleSet set =
        SharedRules.load(
            "falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");
    assertThat(events(set, "Read sensitive file untrusted"))
        .containsExactlyInAnyOrder("open", "openat", "openat2", "asyncevent");
    assertThat(events(set, "Disallowed SSH Connection Non Standard Port"))
        .containsExactlyInAnyOrder("connect", "sendmsg", "sendto", "asyncevent");
    assertThat(events(set, "Terminal shell in container"))
        .containsExactlyInAnyOrder("execve", "execveat", "asyncevent");
    assertThat(events(set, "Delete or rename shell history"))
        .containsExactlyInAnyOrder(
            "open",
            "openat",
            "openat2",
            "rename",
            "renameat",
            "renameat2",
            "rmdir",
            "unlink",
            "unlinkat",
            "asyncevent");
    Set<String> all = new TreeSet<>();
    set.rules().forEach(rule -> all.addAll(events(set, rule.name())));
    assertThat(all).hasSize(42);
  }

  private static Set<String> events(RuleSet set, String name) {
    Rule rule = set.find(name).orElseThrow();
    return new EventTypes(rule.eventTypes(), rule.syscalls()).names();
  }
}
