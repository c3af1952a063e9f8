package io.jfalco.config;

import java.util.List;
import java.util.SortedMap;

/**
 * A configuration and what its reader has to say.
 *
 * @param config the configuration
 * @param files files that were read, with the result of their validation ({@code ok}, or {@code
 *     failed for ...})
 * @param warnings texts for the user, about keys that are deprecated or not supported yet
 */
public record LoadedConfig(Config config, SortedMap<String, String> files, List<String> warnings) {}
