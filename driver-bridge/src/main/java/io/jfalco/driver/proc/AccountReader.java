package io.jfalco.driver.proc;

import io.jfalco.state.Container;
import java.util.Optional;

/** Reads the users and groups of a container, for as long as that takes. */
interface AccountReader {
  /**
   * The users and groups, nobody for a container that has the host's root directory.
   *
   * @param pid a process of the container
   * @return nothing when the process is gone
   */
  Optional<Accounts> read(Container container, long pid);
}
