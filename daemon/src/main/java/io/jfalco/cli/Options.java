package io.jfalco.cli;

import io.jfalco.daemon.CaptureTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options of {@code falco}, with Falco's names and meanings. */
@Command(
    name = "falco",
    description = "JFalco - runtime security for this host, with Falco's rules",
    customSynopsis = "  falco [OPTION...]",
    synopsisHeading = "%nUsage:%n",
    descriptionHeading = "",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    sortOptions = true,
    usageHelpAutoWidth = false,
    usageHelpWidth = 140)
final class Options {
  static final Path DEFAULT_CONFIG = Path.of("/etc/falco/falco.yaml");

  @Option(
      names = {"-h", "--help"},
      description = "Print this help and exit.")
  boolean help;

  @Option(
      names = "-c",
      paramLabel = "<path>",
      description = "Configuration file. Without this option: /etc/falco/falco.yaml.")
  String configFile;

  @Option(
      names = "--config-schema",
      description = "Print the JSON schema of the configuration, and exit.")
  boolean configSchema;

  @Option(names = "--rule-schema", description = "Print the JSON schema of rules files, and exit.")
  boolean ruleSchema;

  @Option(
      names = "--disable-source",
      completionCandidates = Sources.class,
      paramLabel = "<event_source>",
      description = "Do not open this event source. Can be given more than once.")
  List<String> disableSources = new ArrayList<>();

  @Option(
      names = "--enable-source",
      completionCandidates = Sources.class,
      paramLabel = "<event_source>",
      description = "Open only this event source. Can be given more than once.")
  List<String> enableSources = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Load and check configuration and rules, but take no events.")
  boolean dryRun;

  @Option(
      names = "-i",
      description = "Print the events that are left out unless base_syscalls.all is set, and exit.")
  boolean ignoredEvents;

  @Option(names = "-L", description = "Print name and description of all rules, and exit.")
  boolean describeRules;

  @Option(
      names = "-l",
      paramLabel = "<rule>",
      description = "Print name and description of a rule, and exit.")
  String describeRule;

  @Option(
      names = "--list",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "<source>",
      description = "List the fields that rules can use, of all sources or of one, and exit.")
  String listFields;

  @Option(names = "--list-events", description = "List all event types, and exit.")
  boolean listEvents;

  @Option(names = "--list-plugins", description = "List the plugins that are loaded, and exit.")
  boolean listPlugins;

  @Option(
      names = "--plugin-info",
      paramLabel = "<plugin_name>",
      description = "Print what a plugin says of itself, and exit.")
  String pluginInfo;

  @Option(names = "-M", paramLabel = "<num_seconds>", description = "End after so many seconds.")
  int seconds;

  @Option(names = "--markdown", description = "Deprecated: use --format markdown.")
  boolean markdown;

  @Option(
      names = "--format",
      completionCandidates = Formats.class,
      paramLabel = "<format>",
      description = "Form of --list and --list-events: text, markdown or json.")
  String format;

  @Option(names = "-N", description = "With --list: print only the names of the fields.")
  boolean namesOnly;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "<key>=<value>",
      description =
          "Set a key of the configuration, as in base.key=value, base.list[1]=value, list[]=value or"
              + " list[]={key: value}; a backslash before a dot, bracket or backslash makes it part"
              + " of the key. Stronger than all files. Can be given more than once.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = {"-p", "--print"},
      paramLabel = "<output_format>",
      description =
          "Deprecated: use -o append_output. -pc and -pk do nothing; other formats are appended to the"
              + " outputs of all rules.")
  String print;

  @Option(
      names = {"-P", "--pidfile"},
      paramLabel = "<pid_file>",
      description = "Write the process id to this file.")
  String pidFile = "";

  @Option(
      names = "-r",
      paramLabel = "<rules_file>",
      description =
          "Rules file, or directory of such files, instead of those of the configuration. Can be"
              + " given more than once. Names must end in .yml or .yaml.")
  List<String> rulesFiles = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "<state_file>",
      description =
          "Write what is known of processes, threads and descriptors to this file (JSON, a line for"
              + " each thread) at the end, and whenever SIGURG comes.")
  String stateFile;

  @Option(
      names = "--support",
      description =
          "Print versions, system, configuration and rules as JSON for a report, and exit.")
  boolean support;

  @Option(
      names = {"-U", "--unbuffered"},
      description = "Flush outputs after each alert.")
  boolean unbuffered;

  @Option(
      names = {"-V", "--validate"},
      paramLabel = "<rules_file>",
      description = "Check this rules file, and exit. Can be given more than once.")
  List<String> validateFiles = new ArrayList<>();

  @Option(names = "-v", description = "Say more: types with --list, rates at the end.")
  boolean verbose;

  @Option(
      names = "-w",
      paramLabel = "<capture_file>",
      description =
          "Write all events to this capture file, with the state of the host before them.")
  String writeFile;

  @Option(names = "-z", description = "With -w: compress the file with gzip.")
  boolean compress;

  @Option(names = "--version", description = "Print versions, and exit.")
  boolean version;

  @Option(names = "--page-size", description = "Log the size of a memory page, and exit.")
  boolean pageSize;

  /** Forms of listings. */
  static final class Formats extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Formats() {
      super(List.of("text", "markdown", "json"));
    }
  }

  /** Where events come from. */
  static final class Sources extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Sources() {
      super(List.of("syscall"));
    }
  }

  private final CommandLine parser;
  private final EventsCommand events = new EventsCommand();
  private final DoctorCommand doctor = new DoctorCommand();

  private Options() {
    parser =
        new CommandLine(this)
            .addSubcommand(events)
            .addSubcommand(doctor)
            .setOverwrittenOptionsAllowed(true)
            .setExpandAtFiles(false)
            .setPosixClusteredShortOptionsAllowed(true)
            .setUsageHelpWidth(140);
  }

  /** What there is: options and commands. */
  static CommandLine parser() {
    return new Options().parser;
  }

  /** Reads a command line. */
  static Options parse(String... arguments) throws UsageException {
    Options options = new Options();
    try {
      options.parser.parseArgs(arguments);
    } catch (UnmatchedArgumentException e) {
      String first = e.getUnmatched().get(0);
      throw new UsageException(
          first.startsWith("-") ? unknown(first) : "Unexpected argument \u2018" + first + "\u2019");
    } catch (MissingParameterException e) {
      throw new UsageException(
          "Option \u2018"
              + name(e.getMissing().get(0), arguments)
              + "\u2019 is missing an argument");
    } catch (ParameterException e) {
      throw new UsageException(
          e.getValue() == null
              ? e.getMessage()
              : "Argument \u2018" + e.getValue() + "\u2019 failed to parse");
    }
    options.check();
    return options;
  }

  /** The command {@code events}, if it was given. */
  Optional<EventsCommand> events() {
    return given("events") ? Optional.of(events) : Optional.empty();
  }

  /** True for {@code --help}, of a command or not. */
  boolean asksForHelp() {
    return help
        || events().map(command -> command.help).orElse(false)
        || doctor().map(command -> command.help).orElse(false);
  }

  /** The command {@code doctor}, if it was given. */
  Optional<DoctorCommand> doctor() {
    return given("doctor") ? Optional.of(doctor) : Optional.empty();
  }

  private boolean given(String command) {
    return parser.getParseResult().hasSubcommand()
        && parser.getParseResult().subcommand().commandSpec().name().equals(command);
  }

  private void check() throws UsageException {
    if (configFile == null) {
      configFile = doctor().isPresent() ? doctor.configFile : events.configFile;
    }
    settings.addAll(doctor.settings);
    rulesFiles.addAll(doctor.rulesFiles);
    events.check();
    if (configFile != null && !Files.isReadable(Path.of(configFile))) {
      throw new UsageException("Could not find configuration file at " + configFile);
    }
    if (markdown && format != null) {
      throw new UsageException("Cannot specify both --markdown and --format options together");
    }
    if (format != null && !new Formats().contains(format.toLowerCase(Locale.ROOT))) {
      throw new UsageException(
          "Invalid format '" + format + "'. Valid values are: text, markdown, json");
    }
    if (seconds < 0) {
      throw new UsageException("-M needs a number of seconds that is not negative");
    }
    if (compress && writeFile == null) {
      throw new UsageException("-z needs -w");
    }
  }

  /** The name of an option, as it was given. */
  private static String name(ArgSpec option, String... arguments) {
    List<String> names = List.of(((OptionSpec) option).names());
    String given = names.get(0);
    for (String argument : arguments) {
      if (names.contains(argument)) {
        given = argument;
      }
    }
    return given.replaceFirst("^-+", "");
  }

  private static String unknown(String argument) {
    Optional<RemovedOption> removed = RemovedOption.find(argument);
    String name =
        removed.isPresent() && !argument.startsWith("--")
            ? argument.substring(0, 2)
            : argument.split("=", 2)[0];
    return "Option \u2018"
        + name.replaceFirst("^-+", "")
        + "\u2019 does not exist"
        + removed.map(option -> ": " + option.message()).orElse("");
  }

  /** What {@code -p} appends to outputs: nothing for the words that stood for containers once. */
  Optional<String> printFormat() {
    return Optional.ofNullable(print)
        .filter(text -> !List.of("", "c", "container", "k", "kubernetes").contains(text));
  }

  /** True for {@code -L} and {@code -l}. */
  boolean describesRules() {
    return describeRules || describeRule != null;
  }

  /** Form of listings: text, markdown or json. */
  String listingFormat() {
    if (format != null) {
      return format.toLowerCase(Locale.ROOT);
    }
    return markdown ? "markdown" : "text";
  }

  /** The configuration file that is given, or the usual one if it is there. */
  Optional<Path> configuration() {
    if (configFile != null) {
      return Optional.of(Path.of(configFile));
    }
    return Files.isReadable(DEFAULT_CONFIG) ? Optional.of(DEFAULT_CONFIG) : Optional.empty();
  }

  /** Where all events are written to. */
  Optional<CaptureTarget> write() {
    return Optional.ofNullable(writeFile).map(file -> new CaptureTarget(Path.of(file), compress));
  }

  /** The text of {@code --help}. */
  String usage() {
    CommandLine.ParseResult result = parser.getParseResult();
    CommandLine shown =
        result.hasSubcommand() ? result.subcommand().commandSpec().commandLine() : parser;
    return shown.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }
}
