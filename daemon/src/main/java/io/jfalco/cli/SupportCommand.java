package io.jfalco.cli;

import io.jfalco.config.LoadedConfig;
import io.jfalco.daemon.Host;
import io.jfalco.daemon.Versions;
import io.jfalco.issue.Json;
import io.jfalco.rule.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code --support}: versions, system, configuration and rules as one line of JSON. */
final class SupportCommand {
  private final List<String> arguments;
  private final LoadedConfig loaded;
  private final List<RuleFile> rules;

  /**
   * A report.
   *
   * @param arguments the command line
   * @param rules the rules files that were loaded, in order
   */
  SupportCommand(List<String> arguments, LoadedConfig loaded, List<RuleFile> rules) {
    this.arguments = arguments;
    this.loaded = loaded;
    this.rules = rules;
  }

  String text() {
    List<Object> files = new ArrayList<>();
    for (RuleFile file : rules) {
      files.add(
          new TreeMap<>(
              Map.of("name", file.name(), "variants", List.of(Map.of("content", file.text())))));
    }
    Map<String, Object> support = new TreeMap<>();
    support.put("cmdline", "falco " + String.join(" ", arguments));
    support.put("config", loaded.dump());
    support.put("engine_info", Versions.all());
    support.put("rules_files", files);
    support.put("system_info", new TreeMap<>(Host.system()));
    support.put("version", Versions.falco());
    return Json.write(support) + "\n";
  }
}
