package io.jfalco.daemon;

import io.jfalco.daemon.metrics.Reading;
import io.jfalco.daemon.service.ServiceManager;
import io.jfalco.driver.EventSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the daemon is run for. Closed when no more events come. */
interface Job extends Work.Supply, AutoCloseable {
  /**
   * Where a job works.
   *
   * @param source open and started
   * @param watched state and machine
   * @param write where all events are to be written to
   * @param stateFile where the state is written to at the end and on SIGURG
   * @param signals of the process
   * @param service is told of reloads
   */
  record Place(
      EventSource source,
      Stages.Watched watched,
      Optional<CaptureTarget> write,
      Optional<Path> stateFile,
      Signals signals,
      ServiceManager service) {}

  /**
   * The work to begin with.
   *
   * @throws FatalException when it cannot begin
   */
  Work start(Place place) throws FatalException;

  /** How often rules fired since the last reload. For the event-loop thread. */
  default List<Reading.RuleCount> counts() {
    return List.of();
  }

  @Override
  default Optional<Work> next() {
    return Optional.empty();
  }

  @Override
  void close();
}
