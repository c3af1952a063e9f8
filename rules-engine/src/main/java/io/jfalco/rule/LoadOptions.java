package io.jfalco.rule;

import io.jfalco.field.FieldCatalog;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How rules are loaded.
 *
 * @param catalog fields that conditions and outputs may name
 * @param sources event sources; rules of others are left out with a warning
 * @param plugins version of each loaded plugin by name
 * @param extraOutputs what to append to outputs
 * @param keepGoing true to go on with the next file behind an invalid one, as for validation
 */
public record LoadOptions(
    FieldCatalog catalog,
    Set<String> sources,
    Map<String, String> plugins,
    List<ExtraOutput> extraOutputs,
    boolean keepGoing) {
  /** The event source of system calls. */
  public static final String SYSCALL = "syscall";

  /** What the engine's rule language can do, in Falco's count. */
  public static final Version ENGINE_VERSION = new Version(0, 62, 0);

  /** Version of Falco's container plugin whose fields are built in. */
  public static final String CONTAINER_VERSION = "0.7.1";

  /** Copies the collections. */
  public LoadOptions {
    sources = Set.copyOf(sources);
    plugins = Map.copyOf(plugins);
    extraOutputs = List.copyOf(extraOutputs);
  }

  /** Without further plugins: system calls and containers only. */
  public static LoadOptions of(FieldCatalog catalog) {
    return new LoadOptions(
        catalog, Set.of(SYSCALL), Map.of("container", CONTAINER_VERSION), List.of(), false);
  }

  /** The same with these additions to outputs. */
  public LoadOptions withExtraOutputs(List<ExtraOutput> outputs) {
    return new LoadOptions(catalog, sources, plugins, outputs, keepGoing);
  }

  /** The same, going on behind an invalid file. */
  public LoadOptions forValidation() {
    return new LoadOptions(catalog, sources, plugins, extraOutputs, true);
  }
}
