package io.jfalco.cli;

import io.jfalco.config.Config;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.config.ConfigException;
import io.jfalco.config.ConfigReader;
import io.jfalco.config.LoadedConfig;
import io.jfalco.daemon.CaptureTarget;
import io.jfalco.daemon.Console;
import io.jfalco.daemon.Daemon;
import io.jfalco.daemon.FatalException;
import io.jfalco.daemon.KernelModule;
import io.jfalco.daemon.Log;
import io.jfalco.event.Bytes;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldEnvironment;
import io.jfalco.render.BufferFormat;
import io.jfalco.rule.AlertTemplate;
import io.jfalco.rule.OutputException;
import io.jfalco.rule.OutputTemplates;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code falco events}: a look at the stream of events, live or from a capture. */
@Command(
    name = "events",
    description = "Show events, of this host or of a capture, as they are.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  falco events [OPTION...] [FILTER]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    sortOptions = true,
    usageHelpAutoWidth = false,
    usageHelpWidth = 140)
final class EventsCommand {
  static final String DEFAULT_FORMAT =
      "%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) %evt.dir %evt.type %evt.info";

  @Option(
      names = {"-h", "--help"},
      description = "Print this help and exit.")
  boolean help;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILTER",
      description =
          "Which events are shown: a condition as in rules, without macros. Several arguments are"
              + " joined by blanks. Without it: all events.")
  List<String> filter = new ArrayList<>();

  @Option(
      names = "-p",
      paramLabel = "<format>",
      description = "What is shown of an event: text with %%fields, as in the output of rules.")
  String format = DEFAULT_FORMAT;

  @Option(
      names = "-r",
      paramLabel = "<capture_file>",
      description = "Take the events from this capture file. Without it: those of this host.")
  String readFile;

  @Option(
      names = "-w",
      paramLabel = "<capture_file>",
      description =
          "Write the events to this capture file as well, with the state of the host before them;"
              + " with a filter also the other events that change the state, for the state only.")
  String writeFile;

  @Option(names = "-z", description = "With -w: compress the file with gzip.")
  boolean compress;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no events, as for -w.")
  boolean quiet;

  @Option(names = "-n", paramLabel = "<count>", description = "End after so many events.")
  long count;

  @Option(names = "-M", paramLabel = "<num_seconds>", description = "End after so many seconds.")
  int seconds;

  @Option(
      names = "-j",
      description = "One JSON object for each event, with the fields of the format.")
  boolean json;

  @Option(
      names = "-c",
      paramLabel = "<path>",
      description = "Configuration file, for its engine and base_syscalls.")
  String configFile;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "<key>=<value>",
      description = "Set a key of the configuration. Can be given more than once.")
  List<String> settings = new ArrayList<>();

  @Option(names = "-v", description = "Print rates at the end.")
  boolean verbose;

  void check() throws UsageException {
    if (count < 0) {
      throw new UsageException("-n needs a number of events that is not negative");
    }
    if (seconds < 0) {
      throw new UsageException("-M needs a number of seconds that is not negative");
    }
    if (compress && writeFile == null) {
      throw new UsageException("-z needs -w");
    }
  }

  /** Runs to the end. */
  void run(Optional<Path> configuration) throws ConfigException, FatalException, UsageException {
    Config config = configure(configuration);
    Log.configure(config.log(), config.format().iso8601());
    FieldCatalog catalog =
        FieldCatalog.standard(environment(config.buffers()), config.rules().constants());
    EventFilter wanted = EventFilter.of(String.join(" ", filter), catalog);
    Optional<CaptureTarget> write =
        Optional.ofNullable(writeFile).map(file -> new CaptureTarget(Path.of(file), compress));
    EventPrinter printer =
        new EventPrinter(
            wanted.condition(),
            quiet ? Optional.empty() : Optional.of(template(catalog)),
            json,
            count,
            new FileOutputStream(FileDescriptor.out),
            Terminal.isOutput());
    Daemon.Options options =
        new Daemon.Options(
            Falco.home(), seconds, "", verbose, /* dryRun= */ false, write, Optional.empty());
    new Daemon(config, options).show(wanted.syscalls(), printer);
  }

  private AlertTemplate template(FieldCatalog catalog) throws UsageException {
    String text = json || !Terminal.hasColours() ? format : Colours.of(format);
    try {
      return new OutputTemplates(catalog).parse(text);
    } catch (OutputException e) {
      throw new UsageException("-p: " + e.getMessage());
    }
  }

  /** As for rules: a capture is not of this host. */
  private FieldEnvironment environment(BufferFormat buffers) {
    FieldEnvironment host = FieldEnvironment.ofHost();
    return new FieldEnvironment(
        buffers, readFile != null ? Bytes.of("") : host.hostname(), host.domains());
  }

  private Config configure(Optional<Path> configuration) throws ConfigException {
    Config config = read(configuration, configuration.isEmpty() || readFile != null);
    boolean silent =
        config.engine().kind() == EngineKind.NODRIVER
            || config.engine().kind() == EngineKind.REPLAY && readFile == null;
    return silent ? read(configuration, true) : config;
  }

  /** Messages of the parts below are for people here, alerts are for nobody. */
  private Config read(Optional<Path> configuration, boolean withEngine) throws ConfigException {
    List<String> all = new ArrayList<>();
    if (readFile != null) {
      all.add("engine.kind=replay");
      all.add("engine.replay.capture_file=" + readFile);
    } else if (withEngine) {
      all.add("engine.kind=modern_ebpf");
    }
    for (String key : List.of("stdout", "syslog", "file", "program", "http")) {
      all.add(key + "_output.enabled=false");
    }
    all.addAll(
        List.of(
            "log_stderr=true", "log_syslog=false", "log_level=" + (verbose ? "info" : "warning")));
    all.addAll(settings);
    LoadedConfig loaded =
        new ConfigReader(System::getenv, KernelModule::isInstalled).read(configuration, all);
    if (verbose) {
      loaded.warnings().forEach(warning -> Console.err("Warning: " + warning + "\n"));
    }
    return loaded.config();
  }
}
