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
      throw new FatalException(result.failure().get().message());
    }
    String summary = summary(result);
    if (config.format().json()) {
      if (options.describesRules()) {
        throw new FatalException("-L and -l with json_output are not supported yet");
      }
      List<Object> reports = new ArrayList<>();
      result.reports().forEach(report -> reports.add(report.json()));
      Console.out(Json.write(Map.of("falco_load_results", reports)) + "\n");
    } else {
      Console.out(summary + "\n");
    }
    if (!result.reports().stream().allMatch(FileReport::isSuccessful)) {
      throw new FatalException(summary);
    }
    if (options.describesRules() && result.rules().isPresent()) {
      Console.out("\n" + new DescribeCommand(options, config, result.rules().get()).text());
    }
  }

  private static String summary(LoadResult result) {
    List<String> summaries = new ArrayList<>();
    for (FileReport report : result.reports()) {
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
