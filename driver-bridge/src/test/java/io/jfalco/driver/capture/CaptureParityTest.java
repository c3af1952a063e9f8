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
import java.util.TimeZone;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each event of captures that Falco wrote, printed as Falco printed it when it replayed them. The
 * number of lines that differ may only fall.
 *
 * <p>The seven lines that are left show user and group 1000 as {@code cloudsdk}, a name that is not
 * in the captures: Falco asked the machine that it replayed them on.
 */
class CaptureParityTest {
  /** Prints this many of the lines that differ, for those who make them fewer. */
  private static final int SHOWN = Integer.getInteger("jfalco.parity.show", 0);

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
  @CsvSource({
    "guest-shell, 0",
    "guest-network, 4",
    "guest-container, 3",
    "guest-everything, 0",
  })
  void printsEachEventAsFalcoDoes(String name, int differences) throws Exception {
    List<String> expected = expected(Shared.capture(name + ".every-event.txt.gz"));
    List<String> actual = replay(Shared.capture(name + ".scap"));

    assertThat(actual).hasSameSizeAs(expected);
    int different = 0;
    for (int i = 0; i < expected.size(); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        different++;
        if (different <= SHOWN) {
          System.out.println("- " + expected.get(i) + "\n+ " + actual.get(i));
        }
      }
    }
    System.out.printf("%s: %d of %d lines differ%n", name, different, expected.size());
    assertThat(different).isLessThanOrEqualTo(differences);
  }

  private static List<String> replay(Path file) throws DriverException {
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
