package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventFlag;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of old drivers become what Falco 0.44.1 makes of them, however old the file is. */
class OldEventsTest {
  @TempDir Path folder;

  private static List<String> expected() throws IOException {
    try (InputStream in = OldEventsTest.class.getResourceAsStream("old-events.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void printAsFalcoPrintsThem(boolean withoutParameterCount) throws Exception {
    Path file = CaptureFile.write(folder, OldEvents.capture(withoutParameterCount));
    List<String> actual = CaptureParityTest.replay(file);
    List<String> expected = expected();
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      assertThat(actual.get(i)).as("line " + (i + 1)).isEqualTo(expected.get(i));
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  @Test
  void noneIsUnusable() {
    Replay replay = Replay.of(CaptureFile.write(folder, OldEvents.capture(false)));
    assertThat(replay.failure()).isNull();
    assertThat(replay.stats().skippedTotal()).isZero();
    assertThat(replay.events()).hasSizeLessThan(OldEvents.size());
    assertThat(replay.events())
        .allMatch(
            event ->
                event.type().info().isLive() || event.stateOnly() && event.type().info().enter());
  }

  /** An old event has a row for some number of parameters, or nobody uses it. */
  @Test
  void everyOldExitEventIsConverted() {
    List<String> missing = new ArrayList<>();
    for (EventInfo info : EventTable.events()) {
      boolean row = false;
      for (int i = 0; i <= info.params().size(); i++) {
        row |= ConversionTable.row(info.type(), i) != null;
      }
      if (info.is(EventFlag.OLD_VERSION) && !info.enter() && !row) {
        missing.add(info.type().name());
      }
    }
    assertThat(missing).isEmpty();
  }
}
