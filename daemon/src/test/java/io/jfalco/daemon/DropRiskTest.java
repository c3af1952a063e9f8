package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.DropReason;
import io.jfalco.driver.SourceStats;
import io.jfalco.event.EventType;
import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DropRiskTest {
  private static final String RULES =
      """
      - {rule: opens, desc: d, condition: "evt.type in (open, openat)", output: o, priority: INFO}
      - {rule: programs, desc: d, condition: evt.type = execve, output: o, priority: INFO}
      - {rule: reboots, desc: d, condition: evt.type = reboot, output: o, priority: INFO}
      - {rule: ends, desc: d, condition: evt.type = procexit, output: o, priority: INFO}
      """;

  private static final SourceStats NOTHING = stats(0, Map.of());

  private static SourceStats stats(long buffer, Map<DropReason, Long> drops) {
    return new SourceStats(1000, 500, buffer, drops, 0, 0, Map.of(), List.of());
  }

  private static List<String> atRisk(SourceStats now) {
    RuleSet rules =
        RuleLoader.load(
                List.of(new RuleFile("r.yaml", RULES.getBytes(StandardCharsets.UTF_8))),
                LoadOptions.of(FieldCatalog.standard()))
            .rules()
            .orElseThrow();
    return new DropRisk(rules.rules("syscall")).names(NOTHING, now);
  }

  @Test
  void rulesOfTheKindsThatWereLostAreAtRisk() {
    assertThat(atRisk(NOTHING)).isEmpty();
    assertThat(atRisk(stats(3, Map.of(DropReason.BUFFER_OPEN_EXIT, 3L)))).containsExactly("opens");
    assertThat(atRisk(stats(3, Map.of(DropReason.BUFFER_PROC_EXIT, 3L)))).containsExactly("ends");
    assertThat(
            atRisk(
                stats(
                    3, Map.of(DropReason.BUFFER_OPEN_EXIT, 2L, DropReason.BUFFER_EXECVE_EXIT, 1L))))
        .containsExactly("opens", "programs");
    assertThat(atRisk(stats(3, Map.of(DropReason.BUFFER_CLOSE_EXIT, 3L)))).isEmpty();
  }

  @Test
  void lossesWithoutAKindConcernTheRest() {
    assertThat(atRisk(stats(5, Map.of(DropReason.BUFFER_CLOSE_EXIT, 3L))))
        .containsExactly("reboots");
  }

  @Test
  void lossesOfAnyEventConcernAllRules() {
    assertThat(atRisk(stats(0, Map.of(DropReason.SCRATCH_MAP, 1L)))).hasSize(4);
  }

  /** The kernel's side has the same table, in C. */
  @Test
  void kindsAreThoseOfTheProgramsInTheKernel() throws IOException {
    String code =
        Files.readString(Path.of(System.getProperty("jfalco.root"), "native/bpf/lib/base.h"));
    Map<DropReason, Set<EventType>> theirs = new EnumMap<>(DropReason.class);
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Matcher lines = Pattern.compile("case EVT_(\\w+):|return DROP_(\\w+);").matcher(code);
    while (lines.find()) {
      if (lines.group(1) != null) {
        types.add(EventType.valueOf(lines.group(1)));
      } else if (!lines.group(2).equals("OTHER")) {
        theirs.put(DropReason.valueOf("BUFFER_" + lines.group(2)), EnumSet.copyOf(types));
        types.clear();
      }
    }
    assertThat(theirs).hasSize(8);
    for (DropReason reason : DropReason.values()) {
      assertThat(reason.events())
          .as(reason.name())
          .isEqualTo(theirs.getOrDefault(reason, Set.of()));
    }
  }
}
