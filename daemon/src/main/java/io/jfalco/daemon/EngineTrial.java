package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.LiveSource;
import io.jfalco.driver.RefusedProgram;
import io.jfalco.state.HostState;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/** Opens the source of events as a start of the daemon does, and closes it again. */
public final class EngineTrial {
  private final Config config;
  private final Path home;

  /**
   * A trial.
   *
   * @param home where the native parts are
   */
  public EngineTrial(Config config, Path home) {
    this.config = config;
    this.home = home;
  }

  /**
   * Tries; no event is asked for.
   *
   * @return programs that the kernel did not take
   * @throws DriverException when a start would fail, too
   */
  public List<RefusedProgram> run() throws DriverException {
    try (EventSource source = new SourceOpener(config, home).make(new HostState())) {
      source.open();
      if (source instanceof LiveSource live) {
        live.interest(new BitSet());
      }
      source.start();
      return source instanceof LiveSource live ? List.copyOf(live.refused()) : List.of();
    }
  }
}
