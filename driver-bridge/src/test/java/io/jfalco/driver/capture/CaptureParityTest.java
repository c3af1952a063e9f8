package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventSource;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each event of captures that Falco and sysdig wrote, printed as Falco printed it. */
class CaptureParityTest {
  /**
   * Numbers of the lines that show user and group 1000 as {@code cloudsdk}: nothing in the captures
   * says so, Falco asked the machine that it replayed them on.
   */
  private static final Map<String, Set<Integer>> NAMES_OF_ANOTHER_MACHINE =
      Map.of(
          "guest-network", Set.of(37990, 37991, 37994, 37995),
          "guest-container", Set.of(7315, 7316, 26836));

  private static final TimeZone ZONE = TimeZone.getDefault();

  @BeforeAll
  static void useTheZoneOfTheRecording() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterAll
  static void useOwnZoneAgain() {
    TimeZone.setDefault(ZONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guest-shell",
        "guest-network",
        "guest-container",
        "guest-everything",
        "sysdig-2021-cat_write",
        "sysdig-2021-connect_localhost",
        "sysdig-2021-empty"
      })
  void printsEachEventAsFalcoDoes(String name) throws Exception {
    List<String> expected = expected(Shared.capture(name + ".every-event.txt.gz"));
    for (int line : NAMES_OF_ANOTHER_MACHINE.getOrDefault(name, Set.of())) {
      assertThat(expected.get(line - 1)).contains("1000(cloudsdk)");
      expected.set(line - 1, expected.get(line - 1).replace("1000(cloudsdk)", "1000(<NA>)"));
    }
    List<String> actual = replay(Shared.capture(name + ".scap"));

    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      assertThat(actual.get(i)).as("line " + (i + 1)).isEqualTo(expected.get(i));
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  static List<String> replay(Path file) throws DriverException {
    HostState state = new HostState();
    StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
    EventContext context = new EventContext(state);
    EventLines lines = new EventLines();
    List<String> printed = new ArrayList<>();
    try (EventSource source = new CaptureFileSource(file, state)) {
      source.open();
      source.start();
      int count = 0;
      while (count != EventSource.END) {
        count = source.poll(event -> print(event, updater, context, lines, printed), 1000);
      }
    }
    return printed;
  }

  private static void print(
      EventView event,
      StateUpdater updater,
      EventContext context,
      EventLines lines,
      List<String> printed) {
    updater.apply(event, context);
    if (!event.isStateOnly()) {
      printed.add(lines.line(context).toString());
    }
    updater.finish(context);
  }

  private static List<String> expected(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
