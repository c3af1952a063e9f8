package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Alert;
import io.jfalco.config.Config;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.capture.CaptureFileSource;
import io.jfalco.driver.capture.MachineInfo;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldEnvironment;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleSet;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When captures start and stop, and what they hold. Times are in milliseconds. */
class RuleCapturesTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final String RULES =
      """
      - rule: recorded
        desc: d
        condition: evt.type = chdir and evt.arg.path startswith /boot
        output: "%evt.arg.path"
        priority: WARNING
        capture: true
        capture_duration: 100
      - rule: seen
        desc: d
        condition: evt.type = chdir and evt.arg.path startswith /etc
        output: "%evt.arg.path"
        priority: WARNING
      """;

  private final RuleSet rules =
      RuleLoader.load(
              List.of(new RuleFile("r.yaml", RULES.getBytes(StandardCharsets.UTF_8))),
              LoadOptions.of(FieldCatalog.standard(FieldEnvironment.ofHost())))
          .rules()
          .orElseThrow();
  private final HostState state = new HostState();
  private final StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
  private final EventContext context = new EventContext(state);
  private final List<Alert> alerts = new ArrayList<>();
  private final List<String> matches = new ArrayList<>();
  private long number;

  @TempDir Path folder;

  private EventStage stage(boolean allRules, long maxMb) {
    Config.Capture config =
        new Config.Capture(
            true, folder.resolve("c").toString(), allRules, Duration.ofSeconds(1), maxMb);
    Stages.Watched watched =
        new Stages.Watched(state, new MachineInfo(1, 2, 3, "host", 4), /* live= */ false);
    RuleCaptures captures =
        new RuleCaptures(
            config, rules, watched, alerts::add, (rule, c) -> matches.add(rule.name()));
    return EventStage.inTurn(
        new RuleStage(RuleIndex.of(rules.rules(), RuleIndex.Matching.FIRST), captures), captures);
  }

  private void chdir(EventStage stage, long milliseconds, String path) {
    EventView event =
        EventBuilder.of(EventType.SYSCALL_CHDIR_X)
            .timestamp(START + milliseconds * 1_000_000)
            .tid(7)
            .number(0)
            .text(path)
            .view();
    event.position(0, ++number);
    updater.apply(event, context);
    assertThat(stage.onEvent(context)).isTrue();
    updater.finish(context);
  }

  private List<Path> captures() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Milliseconds of the events of a capture. */
  private static List<Long> times(Path capture) throws Exception {
    List<Long> times = new ArrayList<>();
    try (CaptureFileSource source = new CaptureFileSource(capture, new HostState())) {
      source.open();
      while (source.poll(e -> times.add((e.timestamp() - START) / 1_000_000), 9)
          != EventSource.END) {
        // goes on
      }
    }
    return times;
  }

  @Test
  void goesFromTheMatchToTheDeadline() throws Exception {
    try (EventStage stage = stage(false, 0)) {
      chdir(stage, 0, "/tmp");
      chdir(stage, 1, "/etc/x");
      chdir(stage, 2, "/boot/a");
      chdir(stage, 50, "/tmp");
      chdir(stage, 1000, "/tmp");
      chdir(stage, 1001, "/tmp");
      chdir(stage, 1002, "/tmp");
    }
    assertThat(captures())
        .extracting(p -> p.getFileName().toString())
        .containsExactly("c_01700000000002000000_00000000000000000003.scap");
    // the match of a rule without a capture has put the deadline off, as in Falco
    assertThat(times(captures().get(0))).containsExactly(2L, 50L, 1000L, 1001L);
    assertThat(matches).containsExactly("seen", "recorded");
    assertThat(alerts).isEmpty();
  }

  @Test
  void laterMatchesPutTheDeadlineOffAndTheNextBeginsAnother() throws Exception {
    try (EventStage stage = stage(false, 0)) {
      chdir(stage, 0, "/boot/a");
      chdir(stage, 90, "/boot/b");
      chdir(stage, 150, "/tmp");
      chdir(stage, 190, "/tmp");
      chdir(stage, 200, "/tmp");
      chdir(stage, 300, "/boot/c");
    }
    assertThat(captures()).hasSize(2);
    assertThat(times(captures().get(0))).containsExactly(0L, 90L, 150L, 190L);
    assertThat(times(captures().get(1))).containsExactly(300L);
  }

  @Test
  void everyRuleStartsOneWhereAllDo() throws Exception {
    try (EventStage stage = stage(true, 0)) {
      chdir(stage, 0, "/etc/a");
      chdir(stage, 999, "/tmp");
      chdir(stage, 1000, "/tmp");
      chdir(stage, 1001, "/tmp");
    }
    assertThat(captures()).hasSize(1);
    assertThat(times(captures().get(0))).containsExactly(0L, 999L, 1000L);
  }

  @Test
  void endsAtTheGreatestSizeWithAnAlert() throws Exception {
    Random random = new Random(1);
    try (EventStage stage = stage(false, 1)) {
      chdir(stage, 0, "/boot/a");
      for (int i = 0; i < 20_000 && alerts.isEmpty(); i++) {
        byte[] noise = new byte[1500];
        random.nextBytes(noise);
        chdir(stage, 1, "/" + new String(noise, StandardCharsets.ISO_8859_1).replace('\0', 'x'));
        stage.tick();
      }
    }
    assertThat(captures()).hasSize(1);
    assertThat(Files.size(captures().get(0))).isGreaterThanOrEqualTo(1 << 20);
    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.rule()).isEqualTo("Falco internal: capture size limit reached");
    assertThat(alert.message())
        .isEqualTo("Falco internal: capture size limit reached. Configured limit: 1 MB.");
    assertThat(alert.fields()).containsEntry("max_file_size_mb", 1L);
    assertThat((long) alert.fields().get("written_bytes")).isGreaterThanOrEqualTo(1 << 20);
  }

  @Test
  void aFileThatCannotBeMadeCostsNoAlerts() throws Exception {
    Files.delete(Files.createTempFile(folder, "", ""));
    Files.delete(folder);
    try (EventStage stage = stage(false, 0)) {
      chdir(stage, 0, "/boot/a");
      chdir(stage, 1, "/boot/b");
    }
    assertThat(matches).hasSize(2);
    Files.createDirectory(folder);
  }
}
