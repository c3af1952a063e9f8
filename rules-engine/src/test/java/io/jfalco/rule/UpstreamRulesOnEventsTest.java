package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.jfalco.condition.compile.TestEvents;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that Falco's project publishes, all compiled and tested on events. */
class UpstreamRulesOnEventsTest {
  private static final List<String> FILES =
      List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");

  private static List<Rule> load(String name) throws IOException {
    Path file = Path.of(System.getProperty("jfalco.root"), "../shared/rules", name);
    if (!Files.exists(file) && "true".equals(System.getenv("CI"))) {
      fail("%s is missing", file);
    }
    assumeTrue(Files.exists(file), file + " is missing");
    LoadResult result =
        RuleLoader.load(
            List.of(new RuleFile(name, Files.readAllBytes(file))),
            LoadOptions.of(FieldCatalog.standard()));
    assertThat(result.isSuccessful()).as("%s", result).isTrue();
    return result.rules().orElseThrow().rules();
  }

  @Test
  void detectsTheReadOfASensitiveFile() throws IOException {
    EventContext context = new TestHost().apply(TestHost.openat(9, "/etc/shadow", 1));
    List<Rule> matches = new ArrayList<>();
    for (Rule rule : load("falco_rules.yaml")) {
      if (rule.condition().test(context)) {
        matches.add(rule);
      }
    }
    assertThat(matches).extracting(Rule::name).contains("Read sensitive file untrusted");
    for (Rule rule : matches) {
      assertThat(rule.template().message(context))
          .contains("file=/etc/shadow", "process=cat", "parent=bash", "user=alice");
    }
  }

  @Test
  void allocatesNothing() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (String file : FILES) {
      rules.addAll(load(file));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String event : TestEvents.NAMES) {
      EventContext context = TestEvents.apply(event, new TestHost());
      test(rules, context, 500);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        test(rules, context, 50);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        least = Math.min(least, after - before);
      }
      assertThat(least).as("bytes for 50 rounds on event %s", event).isZero();
    }
  }

  private static int test(List<Rule> rules, EventContext context, int rounds) {
    int matches = 0;
    for (int i = 0; i < rounds; i++) {
      context.nextEvaluation();
      for (int j = 0; j < rules.size(); j++) {
        if (rules.get(j).condition().test(context)) {
          matches++;
        }
      }
    }
    return matches;
  }
}
