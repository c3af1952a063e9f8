package io.jfalco.driver.capture;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.SourceStats;
import io.jfalco.event.EventType;
import io.jfalco.state.HostState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a capture gave: its events, and how it ended. */
record Replay(List<Event> events, DriverException failure, SourceStats stats, MachineInfo machine) {

  /** What a test wants to know of one event. */
  record Event(long number, int cpu, EventType type, long timestamp, long tid, boolean stateOnly) {}

  static Replay of(Path file) {
    return of(file, 100);
  }

  static Replay of(Path file, int limit) {
    List<Event> events = new ArrayList<>();
    DriverException failure = null;
    CaptureFileSource source = new CaptureFileSource(file, new HostState());
    try (source) {
      source.open();
      source.start();
      int count = 0;
      while (count != EventSource.END) {
        count =
            source.poll(
                event ->
                    events.add(
                        new Event(
                            event.number(),
                            event.cpu(),
                            event.type(),
                            event.timestamp(),
                            event.tid(),
                            event.isStateOnly())),
                limit);
      }
    } catch (DriverException e) {
      failure = e;
    }
    return new Replay(events, failure, source.stats(), source.machineInfo().orElse(null));
  }
}
