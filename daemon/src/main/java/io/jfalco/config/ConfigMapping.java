package io.jfalco.config;

import io.jfalco.alert.Priority;
import io.jfalco.config.Config.AppendedOutput;
import io.jfalco.config.Config.DropAction;
import io.jfalco.config.Config.EnabledOutput;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.config.Config.Selection;
import io.jfalco.output.FormatOptions;
import io.jfalco.render.BufferFormat;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** From the tree to the records: types, defaults, and what values are impossible. */
final class ConfigMapping {
  private static final int DEFAULT_QUEUE = 65536;
  private static final int DEFAULT_SNAPLEN = 80;
  private static final int DEFAULT_ARGS_SIZE = 4096;
  private static final int LARGEST_ARGS_SIZE = 24_576;
  private static final int STATSD_PORT = 8125;
  private static final int DEFAULT_THREADS = 262144;
  private static final int DEFAULT_PURGE = 300;
  private static final int DEFAULT_CAPTURE = 5000;

  /** So many MiB can be counted in bytes. */
  private static final long MOST_CAPTURE_MB = Long.MAX_VALUE >> 20;

  private final ConfigTree tree;
  private final String file;
  private final BooleanSupplier module;
  private final Consumer<String> warnings;

  ConfigMapping(ConfigTree tree, String file, BooleanSupplier module, Consumer<String> warnings) {
    this.tree = tree;
    this.file = file;
    this.module = module;
    this.warnings = warnings;
  }

  Config config() throws ConfigException {
    Config config =
        new Config(
            engine(),
            rules(),
            syscalls(),
            threads(),
            format(),
            tree.truth("buffer_format_base64", false) ? BufferFormat.BASE64 : BufferFormat.TEXT,
            outputs(),
            log(),
            drops(),
            capture(),
            tree.truth("watch_config_files", true),
            web(),
            new MetricsMapping(tree).metrics(warnings));
    new Unsupported(tree, warnings).check();
    return config;
  }

  private ConfigException invalid(String key, String what) {
    return new ConfigException(key, "Error reading config file (" + file + "): " + what);
  }

  private Config.Web web() throws ConfigException {
    try {
      return new WebMapping(tree).web();
    } catch (ConfigException e) {
      throw invalid(e.key(), e.getMessage());
    }
  }

  private Config.Log log() throws ConfigException {
    String level = tree.text("log_level", "info");
    Priority priority =
        logLevel(level)
            .orElseThrow(() -> new ConfigException("log_level", "Unknown log level " + level));
    return new Config.Log(
        tree.truth("log_stderr", false),
        tree.truth("log_syslog", true),
        priority,
        librariesLevel());
  }

  private static Optional<Priority> logLevel(String name) {
    return switch (name) {
      case "emergency" -> Optional.of(Priority.EMERGENCY);
      case "alert" -> Optional.of(Priority.ALERT);
      case "critical" -> Optional.of(Priority.CRITICAL);
      case "error" -> Optional.of(Priority.ERROR);
      case "warning" -> Optional.of(Priority.WARNING);
      case "notice" -> Optional.of(Priority.NOTICE);
      case "info" -> Optional.of(Priority.INFORMATIONAL);
      case "debug" -> Optional.of(Priority.DEBUG);
      default -> Optional.empty();
    };
  }

  private Optional<Priority> librariesLevel() throws ConfigException {
    if (!tree.truth("libs_logger.enabled", true)) {
      return Optional.empty();
    }
    String severity = tree.text("libs_logger.severity", "info");
    return switch (severity) {
      case "trace" -> Optional.of(Priority.DEBUG);
      case "fatal" -> Optional.of(Priority.EMERGENCY);
      case "emergency", "alert" ->
          throw new ConfigException(
              "libs_logger.severity", "Unknown sinsp log severity " + severity);
      default ->
          Optional.of(
              logLevel(severity)
                  .orElseThrow(
                      () ->
                          new ConfigException(
                              "libs_logger.severity", "Unknown sinsp log severity " + severity)));
    };
  }

  private Config.Engine engine() throws ConfigException {
    String name = tree.text("engine.kind").orElseGet(this::usualEngine);
    EngineKind kind =
        switch (name) {
          case "modern_ebpf" -> EngineKind.MODERN_EBPF;
          case "replay" -> EngineKind.REPLAY;
          case "nodriver" -> EngineKind.NODRIVER;
          case "kmod" -> EngineKind.KMOD;
          case "ebpf", "gvisor" ->
              throw invalid(
                  "engine.kind",
                  "engine.kind '"
                      + name
                      + "' is not a valid kind. It was removed after Falco 0.43: use"
                      + " 'modern_ebpf'.");
          default ->
              throw invalid("engine.kind", "engine.kind '" + name + "' is not a valid kind.");
        };
    String capture = tree.text("engine.replay.capture_file", "");
    if (kind == EngineKind.REPLAY && capture.isEmpty()) {
      throw invalid(
          "engine.replay.capture_file",
          "engine.kind is 'replay' but no engine.replay.capture_file specified.");
    }
    String section = "engine." + (kind == EngineKind.KMOD ? "kmod" : "modern_ebpf");
    long preset = tree.number(section + ".buf_size_preset", 4);
    if (kind.isLive() && (preset < 1 || preset > 10)) {
      throw new ConfigException(
          section + ".buf_size_preset", "The 'buf_size_preset' value must be between '1' and '10'");
    }
    long cpus = tree.number("engine.modern_ebpf.cpus_for_each_buffer", 2);
    return new Config.Engine(
        kind,
        (int) Math.max(1, Math.min(10, preset)),
        cpus < 0 || cpus > 0xffff ? 2 : (int) cpus,
        tree.truth(section + ".drop_failed_exit", false),
        !tree.truth("engine.modern_ebpf.disable_iterators", false),
        kind == EngineKind.REPLAY ? capture : "");
  }

  /** Files from before there was the key expect the module, or whatever takes its place. */
  private String usualEngine() {
    if (module.getAsBoolean()) {
      return "kmod";
    }
    warnings.accept(
        "engine.kind is not given, and Falco's kernel module is not installed: modern_ebpf is"
            + " used");
    return "modern_ebpf";
  }

  private Config.Rules rules() throws ConfigException {
    if (tree.has("rules_file")) {
      warnings.accept(
          "Using deprecated config key 'rules_file' (singular form). Please use new 'rules_files'"
              + " config key (plural form).");
      if (tree.has("rules_files")) {
        throw invalid("rules_file", "both 'rules_files' and 'rules_file' keys set");
      }
    }
    List<String> files = new ArrayList<>();
    String key = tree.has("rules_file") ? "rules_file" : "rules_files";
    for (String name : tree.texts(key)) {
      if (Files.exists(ConfigTree.path(key, name))) {
        files.add(name);
      }
    }
    String matching = tree.text("rule_matching", "first").toLowerCase(Locale.ROOT);
    if (!matching.equals("first") && !matching.equals("all")) {
      throw new ConfigException(
          "rule_matching",
          "Unknown rule matching strategy \""
              + tree.text("rule_matching", "")
              + "\"--must be one of first, all");
    }
    String priority = tree.text("priority", "debug");
    Priority minimum =
        Priority.parse(priority)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "priority",
                        "Unknown priority \""
                            + priority
                            + "\"--must be one of emergency, alert, critical, error, warning,"
                            + " notice, informational, debug"));
    return new Config.Rules(
        List.copyOf(files),
        selection(),
        minimum,
        matching.equals("all"),
        appended(),
        constants(),
        tree.truth("strict_permissions", false));
  }

  private SortedMap<String, String> constants() throws ConfigException {
    SortedMap<String, String> constants = new TreeMap<>();
    for (Map.Entry<String, Object> entry : tree.map("static_fields").entrySet()) {
      if (entry.getValue() instanceof Map || entry.getValue() instanceof List) {
        throw invalid("static_fields", "static_fields." + entry.getKey() + " is not a text");
      }
      boolean nothing = entry.getValue() == ConfigTree.NOTHING;
      constants.put(entry.getKey(), nothing ? "null" : entry.getValue().toString());
    }
    return Collections.unmodifiableSortedMap(constants);
  }

  private List<AppendedOutput> appended() throws ConfigException {
    try {
      return new AppendMapping(tree, warnings).entries();
    } catch (ConfigException e) {
      throw invalid(e.key(), e.getMessage());
    }
  }

  private List<Selection> selection() throws ConfigException {
    List<Selection> selection = new ArrayList<>();
    for (Object entry : tree.list("rules")) {
      if (!(entry instanceof Map<?, ?> map)) {
        throw invalid("rules", "an entry of 'rules' is neither 'enable' nor 'disable'");
      }
      for (Map.Entry<?, ?> member : map.entrySet()) {
        boolean enable = member.getKey().equals("enable");
        if (!enable && !member.getKey().equals("disable")
            || !(member.getValue() instanceof Map<?, ?> what)) {
          throw invalid("rules", "an entry of 'rules' is neither 'enable' nor 'disable'");
        }
        if (!what.containsKey("rule") && !what.containsKey("tag")) {
          throw invalid("rules", "an entry of 'rules' names neither a rule nor a tag");
        }
        selection.add(new Selection(enable, member(what, "rule"), member(what, "tag")));
      }
    }
    return List.copyOf(selection);
  }

  private static Optional<String> member(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(Object::toString).filter(s -> !s.isEmpty());
  }

  private Config.Syscalls syscalls() throws ConfigException {
    long timeouts = tree.number("syscall_event_timeouts.max_consecutives", 1000);
    if (timeouts <= 0 || timeouts > 0xffffffffL) {
      throw invalid(
          "syscall_event_timeouts.max_consecutives",
          "the maximum consecutive timeouts without an event must be an unsigned integer > 0");
    }
    long snaplen = tree.number("falco_libs.snaplen", 0);
    if (snaplen < 0 || snaplen > 65535) {
      throw invalid("falco_libs.snaplen", "falco_libs.snaplen must be 0 to 65535");
    }
    long argsSize = tree.number("falco_libs.args_size", DEFAULT_ARGS_SIZE);
    if (argsSize < 1 || argsSize > LARGEST_ARGS_SIZE) {
      throw invalid("falco_libs.args_size", "falco_libs.args_size must be 1 to 24576");
    }
    return new Config.Syscalls(
        List.copyOf(tree.texts("base_syscalls.custom_set")),
        tree.truth("base_syscalls.all", false),
        tree.truth("base_syscalls.repair", false),
        snaplen == 0 ? DEFAULT_SNAPLEN : (int) snaplen,
        (int) argsSize,
        dynamicSnaplen(),
        (int) Math.min(Integer.MAX_VALUE, timeouts));
  }

  private Config.DynamicSnaplen dynamicSnaplen() throws ConfigException {
    String section = "falco_libs.dynamic_snaplen.";
    int first = port(section + "first_port", 0);
    int last = port(section + "last_port", 0);
    if (last != 0 && first > last) {
      throw invalid(section + "first_port", section + "first_port is above last_port");
    }
    return new Config.DynamicSnaplen(
        tree.truth(section + "enabled", false),
        first,
        last,
        port(section + "statsd_port", STATSD_PORT));
  }

  private int port(String key, int absent) throws ConfigException {
    long port = tree.number(key, absent);
    if (port < 0 || port > 65535) {
      throw invalid(key, key + " must be 0 to 65535");
    }
    return (int) port;
  }

  private Config.Threads threads() {
    int limit = count("thread_table_size", DEFAULT_THREADS);
    return new Config.Threads(
        limit == 0 ? DEFAULT_THREADS : limit,
        count("thread_table_auto_purging_interval_s", DEFAULT_PURGE),
        count("thread_table_auto_purging_thread_timeout_s", DEFAULT_PURGE));
  }

  /** A number of 32 bits without sign; anything else counts as absent. */
  private int count(String key, int absent) {
    long number = tree.number("falco_libs." + key, absent);
    return number < 0 || number > 0xffffffffL ? absent : (int) Math.min(Integer.MAX_VALUE, number);
  }

  private FormatOptions format() {
    return new FormatOptions(
        tree.truth("json_output", false),
        tree.truth("time_format_iso_8601", false),
        tree.truth("json_include_output_property", true),
        tree.truth("json_include_message_property", false),
        tree.truth("json_include_output_fields_property", true),
        tree.truth("json_include_tags_property", true));
  }

  private Config.Outputs outputs() throws ConfigException {
    long capacity = tree.number("outputs_queue.capacity", 0);
    return new Config.Outputs(
        enabledOutputs(),
        tree.truth("buffered_outputs", false),
        capacity <= 0 || capacity > Integer.MAX_VALUE - 1 ? DEFAULT_QUEUE : (int) capacity,
        Duration.ofMillis(Math.max(0, tree.number("output_timeout", 2000))));
  }

  private List<EnabledOutput> enabledOutputs() throws ConfigException {
    try {
      return new OutputMapping(tree).enabled();
    } catch (ConfigException e) {
      throw invalid(e.key(), e.getMessage());
    }
  }

  private Config.Capture capture() throws ConfigException {
    String mode = tree.text("capture.mode", "rules");
    if (!mode.equals("rules") && !mode.equals("all_rules")) {
      throw invalid("capture.mode", "capture.mode '" + mode + "' is not a valid mode.");
    }
    long milliseconds = tree.number("capture.default_duration", DEFAULT_CAPTURE);
    long size = tree.number("capture.max_file_size_mb", 0);
    return new Config.Capture(
        tree.truth("capture.enabled", false),
        tree.text("capture.path_prefix", "/tmp/falco"),
        mode.equals("all_rules"),
        Duration.ofMillis(
            milliseconds < 0 || milliseconds > 0xffffffffL ? DEFAULT_CAPTURE : milliseconds),
        Math.max(0, Math.min(size, MOST_CAPTURE_MB)));
  }

  private Config.Drops drops() throws ConfigException {
    double threshold = tree.decimal("syscall_event_drops.threshold", .1);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw invalid(
          "syscall_event_drops.threshold",
          "syscall event drops threshold must be a double in the range [0, 1]");
    }
    return new Config.Drops(
        threshold,
        dropActions(),
        tree.decimal("syscall_event_drops.rate", .03333),
        tree.decimal("syscall_event_drops.max_burst", 1),
        tree.truth("syscall_event_drops.simulate_drops", false));
  }

  private Set<DropAction> dropActions() throws ConfigException {
    EnumSet<DropAction> actions = EnumSet.noneOf(DropAction.class);
    for (String name : tree.texts("syscall_event_drops.actions")) {
      DropAction action =
          switch (name) {
            case "ignore" -> DropAction.IGNORE;
            case "log" -> DropAction.LOG;
            case "alert" -> DropAction.ALERT;
            case "exit" -> DropAction.EXIT;
            default ->
                throw invalid(
                    "syscall_event_drops.actions",
                    "available actions for syscall event drops are \"ignore\", \"log\","
                        + " \"alert\", and \"exit\"");
          };
      if ((action == DropAction.LOG || action == DropAction.ALERT)
          && actions.contains(DropAction.IGNORE)) {
        throw invalid(
            "syscall_event_drops.actions",
            "syscall event drop action \""
                + name
                + "\" does not make sense with the \"ignore\" action");
      }
      actions.add(action);
    }
    if (actions.isEmpty()) {
      actions.add(DropAction.IGNORE);
    }
    return Collections.unmodifiableSet(actions);
  }
}
