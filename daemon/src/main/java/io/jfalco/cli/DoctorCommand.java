package io.jfalco.cli;

import io.jfalco.config.Config;
import io.jfalco.config.ConfigException;
import io.jfalco.config.LoadedConfig;
import io.jfalco.daemon.Console;
import io.jfalco.daemon.FatalException;
import io.jfalco.daemon.Log;
import io.jfalco.daemon.Setup;
import io.jfalco.daemon.doctor.Doctor;
import io.jfalco.daemon.doctor.Finding;
import io.jfalco.issue.PrettyJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code falco doctor}: whether the daemon can do its work on this host, and what to do if not. */
@Command(
    name = "doctor",
    description = "Look at host, configuration, rules and outputs, and say what to mend.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  falco doctor [OPTION...]",
    descriptionHeading = "%n",
    optionListHeading = "%n",
    sortOptions = true,
    usageHelpAutoWidth = false,
    usageHelpWidth = 140)
final class DoctorCommand {
  @Option(
      names = {"-h", "--help"},
      description = "Print this help and exit.")
  boolean help;

  @Option(names = "-j", description = "Print a JSON array.")
  boolean json;

  @Option(names = "-c", paramLabel = "<path>", description = "Configuration file.")
  String configFile;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "<key>=<value>",
      description = "Set a key of the configuration. Can be given more than once.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = "-r",
      paramLabel = "<rules_file>",
      description = "Rules file, instead of those of the configuration. Can be given more often.")
  List<String> rulesFiles = new ArrayList<>();

  /** Reads the configuration. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads it.
     *
     * @throws ConfigException when it cannot be used
     */
    LoadedConfig read() throws ConfigException;
  }

  /** Reads the rules. */
  @FunctionalInterface
  interface Rules {
    /**
     * Reads them.
     *
     * @throws FatalException when they cannot be used
     */
    Setup load(LoadedConfig loaded) throws FatalException;
  }

  /**
   * Prints what it finds.
   *
   * @param configuration the file that is used
   * @return true when nothing keeps the daemon from its work
   */
  boolean run(Optional<Path> configuration, Reader reader, Rules rules) {
    List<Finding> findings = findings(configuration, reader, rules);
    Console.out(json ? json(findings) : text(findings));
    return findings.stream().allMatch(finding -> finding.result() != Finding.Result.FAILURE);
  }

  private static List<Finding> findings(Optional<Path> configuration, Reader reader, Rules rules) {
    List<Finding> findings = new ArrayList<>();
    if (configuration.isEmpty()) {
      findings.add(
          Finding.failure(
              "configuration",
              Options.DEFAULT_CONFIG + " is not there",
              "create it, or name another with -c"));
    }
    try {
      LoadedConfig loaded = reader.read();
      Config config = loaded.config();
      // What the parts below would log is told by the findings.
      Log.configure(
          new Config.Log(false, false, config.log().level(), Optional.empty()),
          config.format().iso8601());
      findings.addAll(configuration(loaded));
      if (configuration.isPresent()) {
        findings.add(rules(loaded, rules));
      }
      findings.addAll(new Doctor(config, Falco.home()).findings());
    } catch (ConfigException e) {
      findings.add(Finding.failure("configuration", e.getMessage(), "mend the file"));
    }
    return findings;
  }

  private static List<Finding> configuration(LoadedConfig loaded) {
    List<Finding> findings = new ArrayList<>();
    loaded
        .files()
        .forEach(
            (file, validation) ->
                findings.add(
                    validation.equals("ok")
                        ? Finding.ok("configuration", file + ": " + validation)
                        : Finding.warning(
                            "configuration",
                            file + ": " + validation,
                            "see falco --config-schema for what it may hold")));
    for (String warning : loaded.warnings()) {
      findings.add(Finding.warning("configuration", warning, "change it there"));
    }
    return findings;
  }

  private static Finding rules(LoadedConfig loaded, Rules rules) {
    try {
      int count = rules.load(loaded).rules().rules().size();
      String files = String.join(", ", loaded.config().rules().files());
      return count == 0
          ? Finding.warning("rules", "there is none in " + files, "see rules_files")
          : Finding.ok("rules", count + " from " + files);
    } catch (FatalException e) {
      return Finding.failure("rules", e.getMessage().strip(), "mend the rules; see falco -V");
    }
  }

  static String text(List<Finding> findings) {
    StringBuilder out = new StringBuilder();
    for (Finding finding : findings) {
      out.append("%-5s %-14s ".formatted(finding.result().label(), finding.topic()))
          .append(finding.text().replace("\n", "\n" + " ".repeat(21)))
          .append('\n');
      if (!finding.fix().isEmpty()) {
        out.append(" ".repeat(21)).append("fix: ").append(finding.fix()).append('\n');
      }
    }
    return out.toString();
  }

  static String json(List<Finding> findings) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("topic", finding.topic());
      one.put("result", finding.result().label());
      one.put("text", finding.text());
      one.put("fix", finding.fix());
      all.add(one);
    }
    return PrettyJson.write(all) + "\n";
  }
}
