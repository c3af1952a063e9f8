package io.jfalco.rule;

import io.jfalco.field.Field;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How rules are loaded.
 *
 * @param sources event sources, and the fields that conditions and outputs of their rules may name;
 *     rules of other sources are left out with a warning
 * @param plugins the loaded plugins
 * @param extraOutputs what to append to outputs
 * @param extraFields what to add to the fields of alerts
 * @param keepGoing true to go on with the next file behind an invalid one, as for validation
 */
public record LoadOptions(
    Map<String, FieldCatalog> sources,
    List<Plugin> plugins,
    List<ExtraOutput> extraOutputs,
    List<ExtraField> extraFields,
    boolean keepGoing) {
  /** The event source of system calls. */
  public static final String SYSCALL = "syscall";

  /** What the engine's rule language can do, in Falco's count. */
  public static final Version ENGINE_VERSION = new Version(0, 62, 0);

  /** Name of Falco's plugin for containers, whose fields are built in. */
  public static final String CONTAINER = "container";

  /** Version of that plugin. */
  public static final String CONTAINER_VERSION = "0.7.1";

  /** Copies the collections. */
  public LoadOptions {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    plugins = List.copyOf(plugins);
    extraOutputs = List.copyOf(extraOutputs);
    extraFields = List.copyOf(extraFields);
  }

  /** Without further plugins: system calls and containers only. */
  public static LoadOptions of(FieldCatalog catalog) {
    return new LoadOptions(
        Map.of(SYSCALL, catalog), List.of(containers(catalog)), List.of(), List.of(), false);
  }

  private static Plugin containers(FieldCatalog catalog) {
    Set<String> fields =
        catalog.fields().stream()
            .filter(field -> field.family().name().equals(FieldFamily.CONTAINER))
            .map(Field::name)
            .collect(Collectors.toSet());
    return new Plugin(
        CONTAINER,
        CONTAINER_VERSION,
        Optional.empty(),
        Set.of(SYSCALL),
        fields,
        FieldCatalog.CONTAINER_EVENTS);
  }

  /** The same with these additions to outputs and fields. */
  public LoadOptions withExtras(List<ExtraOutput> outputs, List<ExtraField> fields) {
    return new LoadOptions(sources, plugins, outputs, fields, keepGoing);
  }

  /** The same with a plugin and the fields of its event source, if it provides one. */
  public LoadOptions withPlugin(Plugin plugin, FieldCatalog catalog) {
    Map<String, FieldCatalog> moreSources = new LinkedHashMap<>(sources);
    plugin.source().ifPresent(source -> moreSources.put(source, catalog));
    List<Plugin> morePlugins = new ArrayList<>(plugins);
    morePlugins.add(plugin);
    return new LoadOptions(moreSources, morePlugins, extraOutputs, extraFields, keepGoing);
  }

  /** The same, going on behind an invalid file. */
  public LoadOptions forValidation() {
    return new LoadOptions(sources, plugins, extraOutputs, extraFields, true);
  }
}
