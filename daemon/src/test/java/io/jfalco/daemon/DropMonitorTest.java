package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.config.Config.DropAction;
import io.jfalco.driver.DropReason;
import io.jfalco.driver.SourceStats;
import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DropMonitorTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Alert> alerts = new ArrayList<>();
  private DropRisk risk = DropRisk.NONE;
  private long seen;
  private long drops;

  private DropMonitor monitor(double threshold, boolean simulate, DropAction... actions) {
    Set<DropAction> set = EnumSet.noneOf(DropAction.class);
    set.addAll(List.of(actions));
    return new DropMonitor(
        new Config.Drops(threshold, set, .5, 1, simulate),
        risk,
        () ->
            new SourceStats(
                seen,
                seen - drops,
                drops,
                Map.of(DropReason.BUFFER_OPEN_EXIT, drops, DropReason.BUFFER_OPEN_ENTER, 7L),
                0,
                0,
                Map.of(),
                List.of()),
        alerts::add,
        true);
  }

  /** An event at this second, as the loop treats it. */
  private static boolean event(DropMonitor monitor, double seconds) {
    long time = 1000 * SECOND + (long) (seconds * SECOND);
    return !monitor.isDue(time) || monitor.check(time);
  }

  @Test
  void noDropsNoAlert() {
    DropMonitor monitor = monitor(0, false, DropAction.ALERT);
    for (int i = 0; i < 5; i++) {
      seen += 100;
      assertThat(event(monitor, i * 2)).isTrue();
    }
    assertThat(alerts).isEmpty();
    assertThat(monitor.summary())
        .isEqualTo(
            """
            Syscall event drop monitoring:
               - event drop detected: 0 occurrences
               - num times actions taken: 0
            """);
  }

  @Test
  void dropsAboveTheThresholdRaiseOneAlertWithAllCounters() {
    DropMonitor monitor = monitor(.1, false, DropAction.ALERT);
    assertThat(event(monitor, 0)).isTrue();
    seen = 1000;
    drops = 200;
    assertThat(event(monitor, 0.9)).isTrue();
    assertThat(alerts).isEmpty();
    assertThat(event(monitor, 1.1)).isTrue();
    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.priority()).isEqualTo(Priority.DEBUG);
    assertThat(alert.source()).isEqualTo("internal");
    assertThat(alert.rule()).isEqualTo("Falco internal: syscall event drop");
    assertThat(alert.message())
        .isEqualTo("Falco internal: syscall event drop. 200 system calls dropped in last second.");
    assertThat(alert.fields().keySet())
        .containsExactly(
            "ebpf_enabled",
            "n_drops",
            "n_drops_buffer_clone_fork_exit",
            "n_drops_buffer_close_exit",
            "n_drops_buffer_connect_exit",
            "n_drops_buffer_dir_file_exit",
            "n_drops_buffer_execve_exit",
            "n_drops_buffer_open_exit",
            "n_drops_buffer_other_interest_exit",
            "n_drops_buffer_proc_exit",
            "n_drops_buffer_total",
            "n_drops_bug",
            "n_drops_page_faults",
            "n_drops_scratch_map",
            "n_evts");
    assertThat(alert.fields())
        .containsEntry("ebpf_enabled", "1")
        .containsEntry("n_evts", "1000")
        .containsEntry("n_drops", "200")
        .containsEntry("n_drops_buffer_open_exit", "200");
  }

  @Test
  void dropsUpToTheThresholdDoNothing() {
    DropMonitor monitor = monitor(.2, false, DropAction.ALERT);
    event(monitor, 0);
    seen = 1000;
    drops = 200;
    event(monitor, 2);
    assertThat(alerts).isEmpty();
  }

  @Test
  void actionsAreLimitedByTheBucket() {
    DropMonitor monitor = monitor(0, true, DropAction.ALERT);
    for (int second = 0; second <= 6; second++) {
      seen += 10;
      event(monitor, second * 1.01);
    }
    assertThat(alerts).hasSize(3);
    assertThat(monitor.summary())
        .contains("event drop detected: 6 occurrences")
        .contains("num times actions taken: 3");
  }

  @Test
  void exitEndsTheLoop() {
    DropMonitor monitor = monitor(0, true, DropAction.EXIT);
    assertThat(event(monitor, 0)).isTrue();
    seen = 1;
    assertThat(event(monitor, 1.1)).isFalse();
    assertThat(alerts).isEmpty();
  }

  @Test
  void theAlertNamesTheRulesAtRisk() {
    RuleSet rules =
        RuleLoader.load(
                List.of(
                    new RuleFile(
                        "r.yaml",
                        """
                        - {rule: opens, desc: d, condition: evt.type = openat, output: o, priority: INFO}
                        - {rule: reboots, desc: d, condition: evt.type = reboot, output: o, priority: INFO}
                        """
                            .getBytes(StandardCharsets.UTF_8))),
                LoadOptions.of(FieldCatalog.standard()))
            .rules()
            .orElseThrow();
    risk = new DropRisk(rules.rules("syscall"));
    DropMonitor monitor = monitor(.1, false, DropAction.ALERT);
    event(monitor, 0);
    seen = 1000;
    drops = 200;
    event(monitor, 2);
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).fields()).containsEntry("rules_at_risk", "opens");
  }
}
