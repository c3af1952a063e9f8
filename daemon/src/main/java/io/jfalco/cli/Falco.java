package io.jfalco.cli;

import io.jfalco.config.Config;
import io.jfalco.config.ConfigException;
import io.jfalco.config.ConfigJsonSchema;
import io.jfalco.config.ConfigReader;
import io.jfalco.config.LoadedConfig;
import io.jfalco.daemon.Console;
import io.jfalco.daemon.FatalException;
import io.jfalco.daemon.Host;
import io.jfalco.daemon.InterestSet;
import io.jfalco.daemon.Log;
import io.jfalco.daemon.PidFileException;
import io.jfalco.daemon.RuntimeErrorException;
import io.jfalco.daemon.Setup;
import io.jfalco.daemon.Versions;
import io.jfalco.issue.Json;
import io.jfalco.issue.PrettyJson;
import io.jfalco.rule.schema.RuleSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command {@code falco}. */
public final class Falco {
  private static final int FAILURE = 1;
  private static final int NO_PID_FILE = 255;

  private final Options options;

  private Falco(Options options) {
    this.options = options;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code = run(arguments);
    Log.settle();
    System.exit(code);
  }

  /** Runs the command; returns its exit code. */
  static int run(String... arguments) {
    try {
      Options options = Options.parse(arguments);
      new Falco(options).execute(arguments);
      return 0;
    } catch (PidFileException e) {
      Log.error(e.getMessage());
      return NO_PID_FILE;
    } catch (RuntimeErrorException e) {
      return runtimeError(e.getMessage());
    } catch (UsageException | ConfigException | FatalException e) {
      Log.settle();
      Console.err("Error: " + e.getMessage() + "\n");
      return FAILURE;
    } catch (RuntimeException e) {
      return runtimeError(e.toString());
    }
  }

  private static int runtimeError(String problem) {
    String text = "Runtime error: " + problem + ". Exiting.";
    Log.error(text);
    if (!Log.isOnStandardError()) {
      Console.err(text + "\n");
    }
    return FAILURE;
  }

  private void execute(String... arguments) throws ConfigException, FatalException, UsageException {
    if (printed()) {
      return;
    }
    if (options.events().isPresent()) {
      options.events().get().run(options.configuration());
      return;
    }
    LoadedConfig loaded = read();
    Config config = loaded.config();
    Log.configure(config.log(), config.format().iso8601());
    announce(loaded, arguments);
    if (options.version) {
      boolean json = config.format().json();
      Console.out(json ? Json.write(VersionCommand.json()) + "\n" : VersionCommand.text());
      return;
    }
    if (options.pageSize) {
      Log.info("Your system page size is: " + Host.pageSize() + " bytes");
      return;
    }
    if (options.configuration().isEmpty()) {
      throw new FatalException(
          "You must create a config file at " + Options.DEFAULT_CONFIG + " or by passing -c");
    }
    new RulesCommands(options, loaded).run(this::again);
  }

  /** The configuration, with what the command line changes. */
  private LoadedConfig read() throws ConfigException {
    LoadedConfig loaded =
        new ConfigReader(System::getenv).read(options.configuration(), settings());
    return new LoadedConfig(
        effective(loaded.config()),
        loaded.files(),
        loaded.warnings(),
        loaded.values(),
        loaded.places());
  }

  private Setup again() throws FatalException {
    try {
      LoadedConfig loaded = read();
      announceFiles(loaded);
      return new RulesCommands(options, loaded).setup();
    } catch (ConfigException e) {
      throw new FatalException(e.getMessage(), e);
    }
  }

  /** Options that need no configuration. */
  private boolean printed() {
    if (options.markdown) {
      Console.err("WARNING: --markdown is deprecated, use --format markdown instead.\n");
    }
    if (options.help || options.events().map(events -> events.help).orElse(false)) {
      Console.out(options.usage());
    } else if (options.ruleSchema) {
      Console.out(PrettyJson.write(RuleSchema.json()));
    } else if (options.configSchema) {
      Console.out(PrettyJson.write(ConfigJsonSchema.json()) + "\n");
    } else if (options.ignoredEvents) {
      StringBuilder out = new StringBuilder("Ignored syscall(s):\n");
      InterestSet.ignoredNames().forEach(name -> out.append("- ").append(name).append('\n'));
      Console.out(out.append('\n').toString());
    } else if (options.listEvents) {
      Console.out(eventListing());
    } else {
      return false;
    }
    return true;
  }

  private String eventListing() {
    EventListing listing = new EventListing();
    return switch (options.listingFormat()) {
      case "json" -> PrettyJson.write(listing.json()) + "\n";
      case "markdown" -> listing.markdown();
      default -> listing.text();
    };
  }

  /** Without a configuration file nothing runs: no default of it may be found at fault first. */
  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (options.configuration().isEmpty()) {
      settings.add("engine.kind=nodriver");
      settings.add("log_stderr=" + options.pageSize);
    }
    settings.addAll(options.settings);
    return settings;
  }

  private Config effective(Config config) {
    Config effective = options.unbuffered ? config.unbuffered() : config;
    return options.rulesFiles.isEmpty() ? effective : effective.withRulesFiles(options.rulesFiles);
  }

  private void announce(LoadedConfig loaded, String... arguments) {
    Log.info("Falco version: " + Versions.falco() + " (" + Versions.architecture() + ")");
    Log.debug(() -> "CLI args: falco " + String.join(" ", arguments));
    announceFiles(loaded);
    if (options.print != null) {
      Log.warning("-p/--print is deprecated: use -o append_output instead");
    }
    if (loaded.config().engine().kind().isLive()) {
      Log.info("System info: " + Host.kernel());
    }
  }

  private static void announceFiles(LoadedConfig loaded) {
    if (!loaded.files().isEmpty()) {
      Log.info("Falco initialized with configuration files:");
    }
    loaded
        .files()
        .forEach(
            (file, validation) -> {
              String line = "   " + file + " | schema validation: " + validation;
              if (validation.equals("ok")) {
                Log.info(line);
              } else {
                Log.warning(line);
              }
            });
    loaded.warnings().forEach(Log::warning);
  }

  /** Where the native parts are: told by the launcher, else the working directory. */
  static Path home() {
    return Path.of(Optional.ofNullable(System.getProperty("jfalco.home")).orElse(""))
        .toAbsolutePath();
  }
}
