package io.jfalco.config;

import io.jfalco.config.Config.EnabledOutput;
import io.jfalco.output.OutputKey;
import io.jfalco.output.OutputKinds;
import io.jfalco.output.OutputProvider;
import io.jfalco.output.OutputSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outputs that are switched on, with the values of their keys. */
final class OutputMapping {
  private final ConfigTree tree;

  OutputMapping(ConfigTree tree) {
    this.tree = tree;
  }

  /**
   * In the order of their kinds.
   *
   * @throws ConfigException with the reason alone, when one cannot be used
   */
  List<EnabledOutput> enabled() throws ConfigException {
    List<EnabledOutput> enabled = new ArrayList<>();
    for (OutputProvider provider : OutputKinds.all()) {
      String section = ConfigKeys.section(provider) + ".";
      if (!tree.truth(section + OutputKey.ENABLED, false)) {
        continue;
      }
      Map<String, String> values = new HashMap<>();
      for (OutputKey key : provider.keys()) {
        values.put(key.name(), value(section + key.name(), key));
      }
      EnabledOutput output = new EnabledOutput(provider.name(), Map.copyOf(values));
      var problem = provider.problem(new OutputSettings(output.values(), false, false));
      if (problem.isPresent()) {
        throw new ConfigException(section + OutputKey.ENABLED, problem.get());
      }
      enabled.add(output);
    }
    return List.copyOf(enabled);
  }

  private String value(String path, OutputKey key) {
    return switch (key.type()) {
      case BOOL -> String.valueOf(tree.truth(path, Boolean.parseBoolean(key.absent())));
      case NUMBER -> String.valueOf(tree.number(path, Long.parseLong(key.absent())));
      case TEXT -> tree.text(path, key.absent());
    };
  }
}
