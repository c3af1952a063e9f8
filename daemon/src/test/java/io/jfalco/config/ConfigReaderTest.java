package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.alert.Priority;
import io.jfalco.config.Config.AppendedOutput;
import io.jfalco.config.Config.DropAction;
import io.jfalco.config.Config.EnabledOutput;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.config.Config.MetricFamily;
import io.jfalco.config.Config.Selection;
import io.jfalco.output.FormatOptions;
import io.jfalco.render.BufferFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final String KIND = "engine.kind=nodriver";

  @TempDir Path dir;

  private LoadedConfig read(String yaml, String... options) throws Exception {
    Path file = dir.resolve("falco.yaml");
    Files.writeString(file, yaml);
    Map<String, String> environment = Map.of("LEVEL", "error", "A", "1", "B", "x");
    return new ConfigReader(environment::get, () -> true).read(Optional.of(file), List.of(options));
  }

  private Config config(String yaml, String... options) throws Exception {
    return read(yaml, options).config();
  }

  private static EnabledOutput program(String command) {
    return new EnabledOutput(
        "program", Map.of("enabled", "true", "program", command, "keep_alive", "false"));
  }

  @Test
  void absentKeysHaveFalcosDefaults() throws Exception {
    assertThat(config("engine: {kind: modern_ebpf}"))
        .isEqualTo(
            new Config(
                new Config.Engine(EngineKind.MODERN_EBPF, 4, 2, false, true, ""),
                new Config.Rules(
                    List.of(), List.of(), Priority.DEBUG, false, List.of(), new TreeMap<>(), false),
                new Config.Syscalls(
                    List.of(),
                    false,
                    false,
                    80,
                    4096,
                    new Config.DynamicSnaplen(false, 0, 0, 8125),
                    1000),
                new Config.Threads(262144, 300, 300),
                FormatOptions.defaults(),
                BufferFormat.TEXT,
                new Config.Outputs(List.of(), false, 65536, Duration.ofSeconds(2)),
                new Config.Log(
                    false, true, Priority.INFORMATIONAL, Optional.of(Priority.INFORMATIONAL)),
                new Config.Drops(.1, Set.of(DropAction.IGNORE), .03333, 1, false),
                new Config.Capture(false, "/tmp/falco", false, Duration.ofSeconds(5), 0),
                true,
                new Config.Web(
                    false,
                    "127.0.0.1",
                    8765,
                    Runtime.getRuntime().availableProcessors(),
                    "/healthz",
                    false,
                    Optional.empty()),
                new Config.Metrics(
                    false, "5000", false, "", EnumSet.allOf(MetricFamily.class), true, false)));
  }

  @Test
  void everyKeyIsRead() throws Exception {
    Path rules = Files.writeString(dir.resolve("r.yaml"), "");
    String yaml =
        """
        rules_files: [%s, /does/not/exist.yaml]
        rules:
          - disable: {rule: "*"}
          - enable: {tag: network}
        engine:
          kind: modern_ebpf
          modern_ebpf:
            buf_size_preset: 7
            cpus_for_each_buffer: 0
            drop_failed_exit: yes
            disable_iterators: true
        base_syscalls: {custom_set: [open, "!close"], all: on, repair: true}
        falco_libs: {snaplen: 120, args_size: 20000, thread_table_size: 1000,
          dynamic_snaplen: {enabled: true, first_port: 10, last_port: 20, statsd_port: 30},
          thread_table_auto_purging_interval_s: 60, thread_table_auto_purging_thread_timeout_s: 30}
        syscall_event_timeouts: {max_consecutives: 5}
        time_format_iso_8601: Yes
        buffer_format_base64: true
        json_output: TRUE
        json_include_output_property: n
        json_include_message_property: y
        json_include_output_fields_property: off
        json_include_tags_property: No
        append_output:
          - suggested_output: true
          - match: {source: syscall, tags: [a]}
            extra_output: x %%proc.name
            extra_fields: [up: "%%toupper(proc.name)", evt.rawres]
        priority: Info
        rule_matching: all
        buffered_outputs: true
        outputs_queue: {capacity: 7}
        output_timeout: 300
        stdout_output: {enabled: true}
        syslog_output: {enabled: true}
        file_output: {enabled: true, filename: ./e.txt, keep_alive: true}
        program_output: {enabled: true, program: "cat | wc"}
        log_stderr: true
        log_syslog: false
        log_level: notice
        libs_logger: {enabled: true, severity: trace}
        syscall_event_drops: {threshold: 0, actions: [log, alert, exit], rate: 1, max_burst: 10,
          simulate_drops: true}
        watch_config_files: false
        strict_permissions: true
        static_fields: {team: blue, none: }
        capture: {enabled: true, path_prefix: /var/c, mode: all_rules, default_duration: 70,
          max_file_size_mb: 3}
        webserver: {enabled: true, listen_address: "fd00::1", listen_port: 0, threadiness: 3,
          k8s_healthz_endpoint: /alive, prometheus_metrics_enabled: true, ssl_enabled: true,
          ssl_certificate: /etc/falco/own.pem}
        metrics: {enabled: true, interval: 1h30m, output_rule: true, output_file: m.jsonl,
          resource_utilization_enabled: false, state_counters_enabled: false,
          kernel_event_counters_enabled: false, kernel_event_counters_per_cpu_enabled: false,
          kernel_iter_event_counters_enabled: false, libbpf_stats_enabled: false,
          convert_memory_to_mb: false, include_empty_values: true}
        """
            .formatted(rules);
    LoadedConfig loaded = read(yaml);
    assertThat(loaded.config())
        .isEqualTo(
            new Config(
                new Config.Engine(EngineKind.MODERN_EBPF, 7, 0, true, false, ""),
                new Config.Rules(
                    List.of(rules.toString()),
                    List.of(
                        new Selection(false, Optional.of("*"), Optional.empty()),
                        new Selection(true, Optional.empty(), Optional.of("network"))),
                    Priority.INFORMATIONAL,
                    true,
                    List.of(
                        new AppendedOutput(
                            Optional.of("syscall"),
                            Optional.empty(),
                            Set.of(),
                            "static_none=%static.none static_team=%static.team"
                                + " container_id=%container.id container_name=%container.name"
                                + " container_image_repository=%container.image.repository"
                                + " container_image_tag=%container.image.tag"
                                + " k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name",
                            new TreeMap<>(),
                            new TreeSet<>()),
                        new AppendedOutput(
                            Optional.of("syscall"),
                            Optional.empty(),
                            Set.of("a"),
                            "x %proc.name",
                            new TreeMap<>(Map.of("up", "%toupper(proc.name)")),
                            new TreeSet<>(Set.of("evt.rawres")))),
                    new TreeMap<>(Map.of("team", "blue", "none", "null")),
                    true),
                new Config.Syscalls(
                    List.of("open", "!close"),
                    true,
                    true,
                    120,
                    20000,
                    new Config.DynamicSnaplen(true, 10, 20, 30),
                    5),
                new Config.Threads(1000, 60, 30),
                new FormatOptions(true, true, false, true, false, false),
                BufferFormat.BASE64,
                new Config.Outputs(
                    List.of(
                        new EnabledOutput(
                            "file",
                            Map.of("enabled", "true", "filename", "./e.txt", "keep_alive", "true")),
                        new EnabledOutput("stdout", Map.of("enabled", "true")),
                        new EnabledOutput("syslog", Map.of("enabled", "true")),
                        program("cat | wc")),
                    true,
                    7,
                    Duration.ofMillis(300)),
                new Config.Log(true, false, Priority.NOTICE, Optional.of(Priority.DEBUG)),
                new Config.Drops(
                    0, Set.of(DropAction.LOG, DropAction.ALERT, DropAction.EXIT), 1, 10, true),
                new Config.Capture(true, "/var/c", true, Duration.ofMillis(70), 3),
                false,
                new Config.Web(
                    true, "fd00::1", 0, 3, "/alive", true, Optional.of("/etc/falco/own.pem")),
                new Config.Metrics(
                    true,
                    "1h30m",
                    true,
                    "m.jsonl",
                    EnumSet.of(MetricFamily.RULES, MetricFamily.PLUGINS),
                    false,
                    true)));
    assertThat(loaded.warnings())
        .hasSize(8)
        .allMatch(text -> text.contains("should be true or false, not '"));
    assertThat(loaded.files().get(dir.resolve("falco.yaml").toString()))
        .startsWith("failed for <root>[base_syscalls][all]: Value type not permitted");
  }

  @Test
  void valuesOfAWrongTypeCountAsAbsentAndAreReported() throws Exception {
    LoadedConfig loaded =
        read("engine: {kind: nodriver}\njson_output: perhaps\noutput_timeout: [1]\n");
    assertThat(loaded.config().format().json()).isFalse();
    assertThat(loaded.config().outputs().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(loaded.files().get(dir.resolve("falco.yaml").toString()))
        .isEqualTo(
            "failed for <root>[json_output]: Value type not permitted by 'type' constraint.");
  }

  @Test
  void unknownKeysAreReportedAndIgnored() throws Exception {
    assertThat(read("engine: {kind: nodriver, knid: x}").files().values().iterator().next())
        .isEqualTo(
            "failed for <root>[engine]: Object contains a property that could not be validated"
                + " using 'properties' or 'additionalProperties' constraints: 'knid'.");
    assertThat(read("engine: {kind: nodriver}\ngrpc: {}").files().values().iterator().next())
        .startsWith("failed for <root>: ")
        .contains("'grpc'");
  }

  @Test
  void environmentVariablesAreFilledIn() throws Exception {
    Config config =
        config(
            """
            engine: {kind: nodriver}
            log_level: ${LEVEL}
            program_output: {enabled: "${NOT}true", program: "a${A}b${B}c$${A}d${open"}
            """);
    assertThat(config.log().level()).isEqualTo(Priority.ERROR);
    assertThat(config.outputs().enabled()).contains(program("a1bxc${A}d${open"));
  }

  @Test
  void keysWithNothingBehindThemCountAsAbsent() throws Exception {
    assertThat(
            config(
                """
                engine:
                  kind: nodriver
                  modern_ebpf:
                    # cpus_for_each_buffer: 2
                append_output:
                rules_files: ~
                json_output:
                """))
        .isEqualTo(config("engine: {kind: nodriver}"));
  }

  @Test
  void optionsAreStrongerThanFiles() throws Exception {
    Config config =
        config(
            "engine: {kind: modern_ebpf}\njson_output: false\n",
            KIND,
            "json_output=true",
            "program_output.enabled=true",
            "program_output.program=a=${A}",
            "syscall_event_drops.actions[]=log",
            "syscall_event_drops.actions[]=exit",
            "rules[]={disable: {rule: \"*\"}}",
            "rules[1].enable.tag=net");
    assertThat(config.engine().kind()).isEqualTo(EngineKind.NODRIVER);
    assertThat(config.format().json()).isTrue();
    assertThat(config.outputs().enabled()).contains(program("a=${A}"));
    assertThat(config.drops().actions()).containsExactlyInAnyOrder(DropAction.LOG, DropAction.EXIT);
    assertThat(config.rules().selection())
        .containsExactly(
            new Selection(false, Optional.of("*"), Optional.empty()),
            new Selection(true, Optional.empty(), Optional.of("net")));
  }

  @Test
  void anOptionCanReplaceAListElement() throws Exception {
    Config config =
        config(
            "engine: {kind: nodriver}\nsyscall_event_drops: {actions: [log, alert]}\n",
            "syscall_event_drops.actions[1]=exit");
    assertThat(config.drops().actions()).containsExactlyInAnyOrder(DropAction.LOG, DropAction.EXIT);
  }

  @Test
  void listsMayBeNestedAndPathsEndInADot() throws Exception {
    LoadedConfig loaded = read("log_stderr: true", KIND, "l[][]=1", "l[0][1].=2");
    assertThat(loaded.values()).containsEntry("l[0][0]", "1").containsEntry("l[0][1]", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json_output | Error parsing config option \"json_output\". Must be of the form key=val or"
            + " key.subkey=val",
        "a.\\x=1 | Config error at key \"a.\\x\": Parsing error: invalid escape sequence '\\x' at"
            + " pos 2",
        "a\\=1 | Config error at key \"a\\\": Parsing error: trailing backslash at pos 1",
        "a[x]=1 | Config error at key \"a[x]\": Parsing error: expected a numeric index, found 'x'",
        "a[0=1 | Config error at key \"a[0\": Parsing error: expected a numeric index, found '0'",
        "a[0]b=1 | Config error at key \"a[0]b\": Parsing error: expected '.' character at pos 3",
        "a..b=1 | Config error at key \"a..b\": Parsing error: unexpected character at pos 2",
        "engine.kind.x=1 | Config error at key \"engine.kind.x\": a text is where it would go on",
        ".a=1 | Config error at key \".a\": Parsing error: unexpected character at pos 0",
        "engine[]=1 | Config error at key \"engine[]\": the configuration has no such place",
      })
  void malformedOptionsAreRefused(String option, String message) {
    assertThatThrownBy(() -> config("engine: {kind: nodriver}", option))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void theKernelModuleIsTheDefaultAndHasKeysOfItsOwn() throws Exception {
    assertThat(config("json_output: true").engine())
        .isEqualTo(new Config.Engine(EngineKind.KMOD, 4, 2, false, true, ""));
    assertThat(
            config(
                    """
                    engine:
                      kind: kmod
                      kmod: {buf_size_preset: 6, drop_failed_exit: true}
                      modern_ebpf: {buf_size_preset: 3}
                    """)
                .engine())
        .isEqualTo(new Config.Engine(EngineKind.KMOD, 6, 2, true, true, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "engine: {kind: ebpf} | engine.kind 'ebpf' is not a valid kind.",
        "engine: {kind: replay} | engine.kind is 'replay' but no engine.replay.capture_file",
        "{engine: {kind: nodriver}, log_level: loud} | Unknown log level loud",
        "{engine: {kind: nodriver}, libs_logger: {severity: x}} | Unknown sinsp log severity x",
        "{engine: {kind: nodriver}, priority: WNAORTNICNEG} | Unknown priority \"WNAORTNICNEG\"",
        "{engine: {kind: nodriver}, rule_matching: some} | Unknown rule matching strategy \"some\"",
        "{engine: {kind: nodriver}, file_output: {enabled: true}} | file output enabled but no"
            + " filename in configuration block",
        "{engine: {kind: nodriver}, program_output: {enabled: true}} | program output enabled but"
            + " no program in configuration block",
        "{engine: {kind: nodriver}, http_output: {enabled: true}} | http output enabled but no url"
            + " in configuration block",
        "{engine: {kind: nodriver}, http_output: {enabled: true, url: 'ftp://x'}} |"
            + " http_output.url is not a URL that can be used",
        "{engine: {kind: nodriver}, rules_file: a, rules_files: [b]} | both 'rules_files' and"
            + " 'rules_file' keys set",
        "{engine: {kind: nodriver}, load_plugins: [x]} | Cannot load plugin 'x': plugin config not"
            + " found for given name",
        "{engine: {kind: nodriver}, plugins: [{name: json}]} | Cannot load plugin 'json': plugins"
            + " are not supported yet",
        "{engine: {kind: nodriver}, append_output: [{extra_fields: [x, x: y]}]} | 'extra_fields' has"
            + " 'x' twice",
        "{engine: {kind: nodriver}, append_output: [{extra_fields: [[x]]}]} | is neither the name of"
            + " a field nor",
        "{engine: {kind: nodriver}, syscall_event_drops: {threshold: 2}} | must be a double in the"
            + " range [0, 1]",
        "{engine: {kind: nodriver}, syscall_event_drops: {actions: [ignore, log]}} | does not make"
            + " sense with the \"ignore\" action",
        "{engine: {kind: nodriver}, syscall_event_drops: {actions: [bark]}} | available actions",
        "{engine: {kind: nodriver}, syscall_event_timeouts: {max_consecutives: 0}} | unsigned"
            + " integer > 0",
        "{engine: {kind: modern_ebpf, modern_ebpf: {buf_size_preset: 11}}} | between '1' and '10'",
        "{engine: {kind: kmod, kmod: {buf_size_preset: 0}}} | between '1' and '10'",
        "{engine: {kind: nodriver}, static_fields: {a: [b]}} | static_fields.a is not a text",
        "{engine: {kind: nodriver}, rules: [{disable: {tagg: x}}]} | neither a rule nor a tag",
        "{engine: {kind: nodriver}, plugins: [{library_path: x}]} | a plugin has no name",
        "{engine: {kind: nodriver}, config_files: [{strategy: append}]} | 'config_files' has no"
            + " path",
        "[a, b] | the configuration is not a map of keys",
        "{engine: {kind: nodriver}, capture: {mode: some}} | capture.mode 'some' is not a valid mode.",
        "{a: | Cannot read config file",
      })
  void impossibleConfigurationIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> config(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics: {enabled: true, jemalloc_stats_enabled: true} | metrics.jemalloc_stats_enabled has",
        "plugins_hostinfo: false | plugins_hostinfo: false is not supported yet",
        "plugins: [{name: container}] | plugin 'container' is not supported yet",
        "rules_file: x.yaml | deprecated config key 'rules_file'",
      })
  void whatIsNotSupportedYetIsNotPassedOverInSilence(String yaml, String warning) throws Exception {
    assertThat(read(yaml, KIND).warnings()).singleElement().asString().contains(warning);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1:2",
    "::ffff:10.0.0.1",
  })
  void literalAddressesAreListenedOn(String address) throws Exception {
    assertThat(config("webserver: {listen_address: '" + address + "'}").web().address())
        .isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listen_address: localhost | webserver listen address \"localhost\" is not a valid IP address",
        "listen_address: 1.2.3 | webserver listen address \"1.2.3\" is not a valid IP address",
        "listen_address: 1.2.3.4.5 | \"1.2.3.4.5\" is not a valid IP address",
        "listen_address: 1.2.3.256 | \"1.2.3.256\" is not a valid IP address",
        "listen_address: '1:2:3' | \"1:2:3\" is not a valid IP address",
        "listen_address: ':' | \":\" is not a valid IP address",
        "listen_port: 65536 | webserver.listen_port must be 0 to 65535",
        "threadiness: -1 | webserver.threadiness must be 0 to 1024",
        "k8s_healthz_endpoint: healthz | \"healthz\" does not begin with a slash",
      })
  void whereNobodyCanListenIsRefused(String member, String message) {
    assertThatThrownBy(() -> config("webserver: {" + member + "}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Error reading config file (")
        .hasMessageContaining(message);
  }

  @Test
  void falseOrEmptyUnsupportedKeysAreFine() throws Exception {
    LoadedConfig loaded =
        read(
            """
            engine: {kind: nodriver}
            webserver: {enabled: false}
            http_output: {enabled: false, url: x}
            load_plugins: []
            plugins: [{name: json, library_path: libjson.so}]
            append_output: [{suggested_output: true}]
            """);
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void includedFilesAreMergedByTheirStrategy() throws Exception {
    Path append = file("1.yaml", "json_output: true\nrules: [{disable: {tag: b}}]\n");
    Path override = file("2.yaml", "priority: error\nrules: [{disable: {tag: c}}]\n");
    Path addOnly = file("3.yaml", "priority: alert\noutput_timeout: 5\n");
    String yaml =
        """
        engine: {kind: nodriver}
        json_output: false
        priority: notice
        rules: [{disable: {tag: a}}]
        config_files: [%s, {path: %s, strategy: %s}, {path: %s, strategy: add-only}, /not/there]
        """;
    Config appended = config(yaml.formatted(append, override, "append", addOnly));
    assertThat(appended.format().json()).isTrue();
    assertThat(appended.rules().minimum()).isEqualTo(Priority.ERROR);
    assertThat(tags(appended)).containsExactly("a", "b", "c");
    assertThat(appended.outputs().timeout()).isEqualTo(Duration.ofMillis(5));
    Config overridden = config(yaml.formatted(append, override, "override", addOnly));
    assertThat(tags(overridden)).containsExactly("c");
  }

  private static List<String> tags(Config config) {
    return config.rules().selection().stream().map(s -> s.tag().orElseThrow()).toList();
  }

  @Test
  void directoriesAreIncludedInOrderOfNamesAndByOption() throws Exception {
    Files.createDirectory(dir.resolve("d"));
    file("d/b.yaml", "priority: error\n");
    file("d/a.conf", "priority: alert\njson_output: true\n");
    LoadedConfig loaded = read("engine: {kind: nodriver}\n", "config_files[]=" + dir.resolve("d"));
    assertThat(loaded.config().rules().minimum()).isEqualTo(Priority.ERROR);
    assertThat(loaded.config().format().json()).isTrue();
    assertThat(loaded.files().keySet())
        .containsExactly(
            dir.resolve("d/a.conf").toString(),
            dir.resolve("d/b.yaml").toString(),
            dir.resolve("falco.yaml").toString());
  }

  @Test
  void includesCannotNest() throws Exception {
    Path nested = file("n.yaml", "config_files: []\n");
    assertThatThrownBy(() -> config("config_files: [" + nested + "]"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Config error: 'config_files' directive in included config file " + nested + ".");
    assertThatThrownBy(() -> config("config_files: [" + dir.resolve("falco.yaml") + "]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tried to recursively include main config file");
  }

  @Test
  void shippedConfigurationIsFaultless() throws Exception {
    Path shipped = Path.of(System.getProperty("jfalco.root"), "etc/falco/falco.yaml");
    LoadedConfig loaded =
        new ConfigReader(name -> null, () -> true)
            .read(Optional.of(shipped), List.of("config_files="));
    assertThat(loaded.files()).containsEntry(shipped.toString(), "ok");
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void withoutAFileOnlyOptionsCount() throws Exception {
    LoadedConfig loaded =
        new ConfigReader(name -> null, () -> true)
            .read(Optional.empty(), List.of(KIND, "json_output=true"));
    assertThat(loaded.config().format().json()).isTrue();
    assertThat(loaded.files()).isEmpty();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
