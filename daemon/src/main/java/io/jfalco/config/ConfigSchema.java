package io.jfalco.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that Falco's configuration has, with their types. A file that does not keep to them is
 * reported and used nevertheless.
 */
final class ConfigSchema {
  private static final String KEYS =
      """
      append_output[] any
      base_syscalls.all bool
      base_syscalls.custom_set[] text
      base_syscalls.repair bool
      buffer_format_base64 bool
      buffered_outputs bool
      capture.default_duration number
      capture.enabled bool
      capture.max_file_size_mb number
      capture.mode text
      capture.path_prefix text
      config_files[] any
      engine.kind text
      engine.kmod.buf_size_preset number
      engine.kmod.drop_failed_exit bool
      engine.modern_ebpf.buf_size_preset number
      engine.modern_ebpf.cpus_for_each_buffer number
      engine.modern_ebpf.disable_iterators bool
      engine.modern_ebpf.drop_failed_exit bool
      engine.replay.capture_file text
      falco_libs.args_size number
      falco_libs.dynamic_snaplen.enabled bool
      falco_libs.dynamic_snaplen.first_port number
      falco_libs.dynamic_snaplen.last_port number
      falco_libs.dynamic_snaplen.statsd_port number
      falco_libs.snaplen number
      falco_libs.thread_table_auto_purging_interval_s number
      falco_libs.thread_table_auto_purging_thread_timeout_s number
      falco_libs.thread_table_size number
      file_output.enabled bool
      file_output.filename text
      file_output.keep_alive bool
      http_output.ca_bundle text
      http_output.ca_cert text
      http_output.ca_path text
      http_output.client_cert text
      http_output.client_key text
      http_output.compress_uploads bool
      http_output.echo bool
      http_output.enabled bool
      http_output.insecure bool
      http_output.keep_alive bool
      http_output.max_consecutive_timeouts number
      http_output.mtls bool
      http_output.url text
      http_output.user_agent text
      json_include_message_property bool
      json_include_output_fields_property bool
      json_include_output_property bool
      json_include_tags_property bool
      json_output bool
      libs_logger.enabled bool
      libs_logger.severity text
      load_plugins[] text
      log_level text
      log_stderr bool
      log_syslog bool
      metrics.convert_memory_to_mb bool
      metrics.enabled bool
      metrics.include_empty_values bool
      metrics.interval text
      metrics.jemalloc_stats_enabled bool
      metrics.kernel_event_counters_enabled bool
      metrics.kernel_event_counters_per_cpu_enabled bool
      metrics.kernel_iter_event_counters_enabled bool
      metrics.libbpf_stats_enabled bool
      metrics.output_file text
      metrics.output_rule bool
      metrics.plugins_metrics_enabled bool
      metrics.resource_utilization_enabled bool
      metrics.rules_counters_enabled bool
      metrics.state_counters_enabled bool
      output_timeout number
      outputs_queue.capacity number
      plugins[].init_config any
      plugins[].library_path text
      plugins[].name text
      plugins[].open_params text
      plugins_hostinfo bool
      priority text
      program_output.enabled bool
      program_output.keep_alive bool
      program_output.program text
      rule_matching text
      rules[].disable.rule text
      rules[].disable.tag text
      rules[].enable.rule text
      rules[].enable.tag text
      rules_file any
      rules_files[] text
      static_fields any
      stdout_output.enabled bool
      syscall_event_drops.actions[] text
      syscall_event_drops.max_burst number
      syscall_event_drops.rate number
      syscall_event_drops.simulate_drops bool
      syscall_event_drops.threshold number
      syscall_event_timeouts.max_consecutives number
      syslog_output.enabled bool
      time_format_iso_8601 bool
      watch_config_files bool
      webserver.enabled bool
      webserver.k8s_healthz_endpoint text
      webserver.listen_address text
      webserver.listen_port number
      webserver.prometheus_metrics_enabled bool
      webserver.ssl_certificate text
      webserver.ssl_enabled bool
      webserver.threadiness number
      """;

  private static final Map<String, String> TYPES = new HashMap<>();

  /** All keys, and the keys of the maps and lists that they lie in. */
  private static final Set<String> PLACES = new HashSet<>();

  static {
    KEYS.lines().map(line -> line.split(" ")).forEach(row -> add(row[0], row[1]));
  }

  private static void add(String key, String type) {
    TYPES.put(key, type);
    PLACES.add(key);
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) == '.' || key.charAt(i) == '[') {
        PLACES.add(key.substring(0, i));
      }
    }
  }

  private ConfigSchema() {}

  /** All keys; {@code []} stands behind the name of a list. */
  static Set<String> keys() {
    return Collections.unmodifiableSet(TYPES.keySet());
  }

  /** Type of a key: {@code bool}, {@code number}, {@code text} or {@code any}. */
  static String type(String key) {
    return TYPES.get(key);
  }

  /** {@code ok}, or {@code failed for PLACE: WHY} with the first thing found. */
  static String validate(ConfigTree tree) {
    return check(tree.root(), "", "<root>").map(text -> "failed for " + text).orElse("ok");
  }

  private static Optional<String> check(Object node, String key, String place) {
    String type = TYPES.get(key);
    if (type != null) {
      return fits(node, type)
          ? Optional.empty()
          : Optional.of(place + ": Value type not permitted by 'type' constraint.");
    }
    if (node instanceof Map<?, ?> map) {
      return checkMap(map, key, place);
    }
    if (node instanceof List<?> list && isList(key)) {
      for (int i = 0; i < list.size(); i++) {
        Optional<String> problem = check(list.get(i), key + "[]", place + "[" + i + "]");
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
    return node.equals("") || isList(key) && node instanceof String
        ? Optional.empty()
        : Optional.of(place + ": Value type not permitted by 'type' constraint.");
  }

  private static Optional<String> checkMap(Map<?, ?> map, String key, String place) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = entry.getKey().toString();
      String child = key.isEmpty() ? name : key + "." + name;
      if (!PLACES.contains(child)) {
        return Optional.of(
            place
                + ": Object contains a property that could not be validated using 'properties' or"
                + " 'additionalProperties' constraints: '"
                + name
                + "'.");
      }
      Optional<String> problem = check(entry.getValue(), child, place + "[" + name + "]");
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static boolean isList(String key) {
    for (String place : PLACES) {
      if (place.startsWith(key + "[]")) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(Object node, String type) {
    if (type.equals("any")) {
      return true;
    }
    if (!(node instanceof String text)) {
      return false;
    }
    if (text.isEmpty()) {
      return true;
    }
    return switch (type) {
      case "bool" -> ConfigTree.truth(text).isPresent();
      case "number" -> isNumber(text);
      default -> true;
    };
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return text.matches("0x[0-9a-fA-F]+");
    }
  }
}
