package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.rule.RuleSet;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * What a start or a reload makes of the configuration and the rules. Immutable.
 *
 * @param config the configuration, with what the command line changes
 * @param rules the rules, compiled; used by the event-loop thread only
 * @param values texts of the keys of the configuration, for telling what changed
 * @param files files and directories that it was read from, also those that do not exist
 * @param sums of the files that were read
 */
public record Setup(
    Config config,
    RuleSet rules,
    SortedMap<String, String> values,
    List<Path> files,
    FileSums sums) {

  /** Reads configuration and rules. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Reads all anew.
     *
     * @throws FatalException when they cannot be used; the message is for the user
     */
    Setup load() throws FatalException;
  }
}
