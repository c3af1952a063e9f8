package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jfalco.condition.compile.TestEvents;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleMatchHandler;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Testing all shipped rules on an event allocates nothing. */
class ShippedRulesAllocationTest {
  private int matches;
  private final RuleMatchHandler handler = (rule, context) -> matches++;

  @Test
  void allocatesNothing() throws IOException {
    List<RuleFile> files = new ArrayList<>();
    for (String file : ShippedRules.files()) {
      files.add(new RuleFile(file, ShippedRules.ours(file)));
    }
    RuleIndex index =
        RuleIndex.of(
            ShippedRules.load(FieldCatalog.standard(), files).rules(), RuleIndex.Matching.ALL);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String event : TestEvents.NAMES) {
      EventContext context = TestEvents.apply(event, new TestHost());
      test(index, context, 500);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        test(index, context, 50);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        least = Math.min(least, after - before);
      }
      assertThat(least).as("bytes for 50 rounds on event %s", event).isZero();
    }
  }

  private void test(RuleIndex index, EventContext context, int rounds) {
    for (int i = 0; i < rounds; i++) {
      index.match(context, handler);
    }
  }
}
