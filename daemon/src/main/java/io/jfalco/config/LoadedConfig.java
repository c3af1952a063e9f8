package io.jfalco.config;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * A configuration and what its reader has to say.
 *
 * @param config the configuration
 * @param files files that were read, with the result of their validation ({@code ok}, or {@code
 *     failed for ...})
 * @param warnings texts for the user, about keys that are unknown, old or not supported yet, each
 *     with its place
 * @param values texts of all keys; list elements by their number in brackets
 * @param dump the same as YAML on one line
 * @param included files and directories of {@code config_files}, also those that do not exist
 * @param places files and directories that it comes from, also those that do not exist
 */
public record LoadedConfig(
    Config config,
    SortedMap<String, String> files,
    List<String> warnings,
    SortedMap<String, String> values,
    String dump,
    List<Path> included,
    List<Path> places) {
  /** The same with another configuration. */
  public LoadedConfig with(Config other) {
    return new LoadedConfig(other, files, warnings, values, dump, included, places);
  }
}
