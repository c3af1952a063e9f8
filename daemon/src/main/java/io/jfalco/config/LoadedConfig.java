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
 * @param warnings texts for the user, about keys that are deprecated or not supported yet
 * @param values texts of all keys; list elements by their number in brackets
 * @param places files and directories that it comes from, also those that do not exist
 */
public record LoadedConfig(
    Config config,
    SortedMap<String, String> files,
    List<String> warnings,
    SortedMap<String, String> values,
    List<Path> places) {}
