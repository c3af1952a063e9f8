package io.jfalco.cli;

import io.jfalco.config.Config;
import io.jfalco.config.LoadedConfig;
import io.jfalco.daemon.Console;
import io.jfalco.daemon.Daemon;
import io.jfalco.daemon.FatalException;
import io.jfalco.daemon.FileSums;
import io.jfalco.daemon.Log;
import io.jfalco.daemon.RulesFiles;
import io.jfalco.daemon.RuntimeErrorException;
import io.jfalco.daemon.Setup;
import io.jfalco.daemon.TrustedFiles;
import io.jfalco.event.Bytes;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldEnvironment;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Json;
import io.jfalco.rule.ExtraField;
import io.jfalco.rule.ExtraOutput;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.LoadResult;
import io.jfalco.rule.OutputMatch;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What needs fields and rules: listing, validating, describing, and running. */
final class RulesCommands {
  private final Options options;
  private final LoadedConfig loaded;
  private final Config config;
  private List<RuleFile> read = List.of();

  /** Commands with a configuration in which the command line has changed what it changes. */
  RulesCommands(Options options, LoadedConfig loaded) {
    this.options = options;
    this.loaded = loaded;
    this.config = loaded.config();
  }

  /**
   * Does what the options say.
   *
   * @param arguments the command line
   * @param again reads configuration and rules for a reload
   */
  void run(List<String> arguments, Setup.Loader again) throws FatalException, UsageException {
    FieldCatalog catalog = catalog();
    if (options.listFields != null) {
      Console.out(new FieldsCommand(catalog, options).text());
      return;
    }
    checkSources();
    LoadOptions load = withExtras(LoadOptions.of(catalog));
    if (!options.validateFiles.isEmpty()) {
      new ValidateCommand(options, config, load).run();
      return;
    }
    RuleSet rules = load(load);
    if (options.describesRules()) {
      DescribeCommand describe = new DescribeCommand(options, rules);
      Console.out(config.format().json() ? Json.write(describe.json()) + "\n" : describe.text());
      return;
    }
    if (options.support) {
      Console.out(new SupportCommand(arguments, loaded, read).text());
      return;
    }
    Daemon.Options run =
        new Daemon.Options(
            Falco.home(),
            options.seconds,
            options.pidFile,
            options.verbose,
            options.dryRun,
            options.write(),
            Optional.ofNullable(options.stateFile).map(Path::of));
    new Daemon(config, run).run(setup(rules), again);
  }

  /** What to run with, read anew. */
  Setup setup() throws FatalException {
    FieldCatalog catalog = catalog();
    return setup(load(withExtras(LoadOptions.of(catalog))));
  }

  private Setup setup(RuleSet rules) {
    List<Path> files = new ArrayList<>(loaded.places());
    options.rulesFiles.forEach(name -> files.add(Path.of(name)));
    return new Setup(
        config,
        rules,
        loaded.values(),
        List.copyOf(files),
        FileSums.of(read, loaded.files().keySet()));
  }

  private FieldCatalog catalog() {
    return FieldCatalog.standard(fieldEnvironment(), config.rules().constants());
  }

  /** A capture is not of this host, whose name therefore is no name of it. */
  private FieldEnvironment fieldEnvironment() {
    FieldEnvironment host = FieldEnvironment.ofHost();
    boolean replay = config.engine().kind() == Config.EngineKind.REPLAY;
    return new FieldEnvironment(
        config.buffers(), replay ? Bytes.of("") : host.hostname(), host.domains());
  }

  private LoadOptions withExtras(LoadOptions load) {
    List<ExtraOutput> outputs = new ArrayList<>();
    List<ExtraField> fields = new ArrayList<>();
    for (Config.AppendedOutput entry : config.rules().appended()) {
      OutputMatch match = new OutputMatch(entry.source(), entry.tags(), entry.rule());
      if (!entry.format().isEmpty()) {
        outputs.add(new ExtraOutput(match, entry.format()));
      }
      entry
          .formattedFields()
          .forEach((name, format) -> fields.add(ExtraField.formatted(match, name, format)));
      entry.rawFields().forEach(name -> fields.add(ExtraField.raw(match, name)));
    }
    options
        .printFormat()
        .ifPresent(format -> outputs.add(new ExtraOutput(OutputMatch.ALL, format)));
    return load.withExtras(outputs, fields);
  }

  /** There is one source; it can be asked for, but not be switched off. */
  private void checkSources() throws FatalException {
    if (config.engine().kind() == Config.EngineKind.REPLAY) {
      return;
    }
    if (!options.enableSources.isEmpty() && !options.disableSources.isEmpty()) {
      throw new FatalException("You can not mix --enable-source and --disable-source");
    }
    check(options.enableSources, "Attempted enabling an unknown event source: ");
    check(options.disableSources, "Attempted disabling an unknown event source: ");
    if (!options.disableSources.isEmpty()) {
      throw new FatalException("Must enable at least one event source");
    }
  }

  private static void check(List<String> sources, String problem) throws FatalException {
    for (String source : sources) {
      if (!Set.of(LoadOptions.SYSCALL).contains(source)) {
        throw new FatalException(problem + source);
      }
    }
  }

  /** Who can write these files can switch rules off. */
  private void checkTrust(List<String> names) throws FatalException {
    TrustedFiles trusted = new TrustedFiles();
    loaded.files().keySet().forEach(name -> trusted.file(Path.of(name)));
    loaded.included().forEach(trusted::place);
    config.rules().files().forEach(name -> trusted.place(Path.of(name)));
    names.forEach(name -> trusted.file(Path.of(name)));
    List<String> problems = trusted.problems();
    if (config.rules().strict() && !problems.isEmpty()) {
      throw new FatalException("strict_permissions: " + String.join("\n", problems));
    }
    problems.forEach(Log::warning);
  }

  private RuleSet load(LoadOptions load) throws FatalException {
    List<String> configured = config.rules().files();
    Log.debug(() -> "Configured rules filenames:");
    configured.forEach(name -> Log.debug(() -> "   " + name));
    if (configured.isEmpty()) {
      throw new FatalException(
          "You must specify at least one rules file/directory via -r or a rules_file entry in"
              + " falco.yaml");
    }
    List<String> names = RulesFiles.expand(configured);
    checkTrust(names);
    List<RuleFile> files = RulesFiles.read(names);
    read = files;
    Log.info("Loading rules from:");
    LoadResult result = RuleLoader.load(files, load);
    Optional<String> invalid = Optional.empty();
    for (FileReport report : completed(result)) {
      String line = "   " + report.name() + " | schema validation: " + report.schemaValidation();
      if (report.fitsSchema()) {
        Log.info(line);
      } else {
        Log.warning(line);
      }
      if (!report.isSuccessful()) {
        invalid = Optional.of(report.verbose());
      } else if (report.hasWarnings()) {
        Log.warning(report.verbose());
      }
    }
    fail(result);
    if (invalid.isPresent()) {
      throw new FatalException(invalid.get());
    }
    return result
        .rules()
        .orElseThrow(() -> new IllegalStateException("no rules and no reason for it"));
  }

  /** The reports without that of a file whose loading broke off. */
  static List<FileReport> completed(LoadResult result) {
    List<FileReport> reports = result.reports();
    boolean brokeOff =
        result.failure().map(f -> f.kind() == LoadResult.Failure.Kind.EVENT_SEARCH).orElse(false);
    return brokeOff ? reports.subList(0, reports.size() - 1) : reports;
  }

  /** Throws when the files as a whole cannot be used. A plugin that is missing explains errors. */
  static void fail(LoadResult result) throws FatalException {
    if (result.failure().isPresent()) {
      LoadResult.Failure failure = result.failure().get();
      throw switch (failure.kind()) {
        case PLUGIN_REQUIREMENT -> new FatalException(failure.message());
        case EVENT_SEARCH -> new RuntimeErrorException(failure.message());
      };
    }
  }
}
