package io.jfalco.daemon.web;

import java.util.Optional;

/** What can be fetched under a path. Any thread calls it. */
@FunctionalInterface
public interface Page {
  /** The answer; empty when there is none now. */
  Optional<Answer> answer();
}
