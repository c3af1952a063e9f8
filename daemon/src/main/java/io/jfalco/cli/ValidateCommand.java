package io.jfalco.cli;

import io.jfalco.config.Config;
import io.jfalco.daemon.Console;
import io.jfalco.daemon.FatalException;
import io.jfalco.daemon.Log;
import io.jfalco.daemon.RulesFiles;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Json;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.LoadResult;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code -V}: loads rules files, tells what it found, and ends. */
final class ValidateCommand {
  private final Options options;
  private final Config config;
  private final LoadOptions load;

  ValidateCommand(Options options, Config config, LoadOptions load) {
    this.options = options;
    this.config = config;
    this.load = load;
  }

  void run() throws FatalException {
    List<RuleFile> files = RulesFiles.read(options.validateFiles);
    Log.info("Validating rules file(s):");
    options.validateFiles.forEach(name -> Log.info("   " + name));
    LoadResult result = RuleLoader.load(files, load.forValidation());
    if (result.failure().isPresent()) {
      summary(result.reports().subList(0, result.reports().size() - 1));
      RulesCommands.fail(result);
    }
    String summary = summary(result.reports());
    boolean valid = result.reports().stream().allMatch(FileReport::isSuccessful);
    Optional<DescribeCommand> describe =
        result
            .rules()
            .filter(rules -> options.describesRules())
            .map(rules -> new DescribeCommand(options, rules));
    if (config.format().json()) {
      List<Object> reports = new ArrayList<>();
      result.reports().forEach(report -> reports.add(report.json()));
      Map<String, Object> json = new TreeMap<>();
      json.put("falco_load_results", reports);
      if (describe.isPresent()) {
        json.put("falco_describe_results", describe.get().json());
      }
      Console.out(Json.write(json) + "\n");
    } else {
      String described = describe.isPresent() ? "\n" + describe.get().text() : "";
      Console.out(summary + "\n" + described);
    }
    if (!valid) {
      throw new FatalException(summary);
    }
  }

  /** A verdict on each file; warnings go to the log. */
  private static String summary(List<FileReport> reports) {
    List<String> summaries = new ArrayList<>();
    for (FileReport report : reports) {
      if (report.isSuccessful() && report.hasWarnings()) {
        Log.warning(report.verbose());
        summaries.add(report.name() + ": Ok, with warnings");
      } else {
        summaries.add(report.verbose());
      }
    }
    return String.join("\n", summaries);
  }
}
