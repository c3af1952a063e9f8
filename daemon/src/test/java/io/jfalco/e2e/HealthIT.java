package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jfalco.event.EventTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics of a live daemon, and what becomes of it when others make it blind. */
class HealthIT {
  private static final Path UNHOOK = FalcoProcess.ROOT.resolve("native/build/unhook");
  private static final Path REFUSED =
      FalcoProcess.ROOT.resolve("native/build/refused/jfalco.bpf.o").toAbsolutePath();

  @TempDir Path work;
  private Path config;

  @BeforeAll
  static void host() {
    LiveHost.require();
    LiveHost.require(UNHOOK, "this test needs native/build/unhook: make native");
    LiveHost.require(REFUSED, "this test needs the object with refused programs: make native");
  }

  @BeforeEach
  void files() throws IOException {
    config = work.resolve("falco.yaml");
    Path rules = work.resolve("rules.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        json_output: true
        log_stderr: true
        log_syslog: false
        rules_files: [%s]
        webserver: {enabled: true, listen_port: 0, prometheus_metrics_enabled: true}
        metrics: {enabled: true, interval: 1s, output_rule: true, include_empty_values: true}
        """
            .formatted(rules));
    Files.writeString(
        rules,
        """
        - rule: probe
          desc: a file by its name
          condition: >
            evt.type in (open, openat, openat2) and fd.name startswith "%s/jf-health-"
          output: "%%fd.name"
          priority: WARNING
          tags: [a-b]
        """
            .formatted(work));
  }

  private FalcoProcess start(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(more);
    // Which files of cgroups there are differs from host to host.
    environment.put(
        "FALCO_CGROUP_MEM_PATH", Files.writeString(work.resolve("memory"), "4711000\n").toString());
    FalcoProcess falco = FalcoProcess.start(environment, List.of("-c", config.toString()));
    try {
      falco.awaitReady("probe", this::touch);
      return falco;
    } catch (Exception | AssertionError e) {
      falco.close();
      throw e;
    }
  }

  private void touch() throws IOException {
    Files.createFile(work.resolve("jf-health-" + UUID.randomUUID()));
  }

  private static void unhook(FalcoProcess falco, String... what) throws Exception {
    List<String> command = new ArrayList<>(List.of(UNHOOK.toString(), Long.toString(falco.pid())));
    command.addAll(List.of(what));
    assertThat(Commands.run(command.toArray(new String[0]))).isEmpty();
  }

  @Test
  void aDetachedProgramIsNotHealthy() throws Exception {
    try (FalcoProcess falco = start(Map.of())) {
      WebClient web = new WebClient(falco);
      assertThat(web.get("/healthz").body()).isEqualTo("{\"status\": \"ok\"}");
      unhook(falco, "unlink", "sys_exit");
      assertThat(web.await("/healthz", response -> response.statusCode() == 503).body())
          .isEqualTo(
              "{\"status\":\"failed\",\"problems\":"
                  + "[\"eBPF program 'sys_exit' is no longer attached\"]}");
      assertThat(web.get("/metrics").body()).contains("\njfalco_healthy 0\n");
    }
  }

  @Test
  void anEmptiedMapIsNotHealthy() throws Exception {
    try (FalcoProcess falco = start(Map.of())) {
      WebClient web = new WebClient(falco);
      assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
      int openat = EventTable.syscall("openat").orElseThrow().x8664();
      unhook(falco, "delete", "tails", Integer.toString(openat));
      assertThat(web.await("/healthz", response -> response.statusCode() == 503).body())
          .contains("eBPF map 'tails' has been emptied: no events of openat");
    }
  }

  @Test
  void refusedProgramsAreNamedInAHealthyAnswer() throws Exception {
    try (FalcoProcess falco = start(Map.of("JFALCO_JAVA_OPTS", "-Djfalco.bpf.object=" + REFUSED))) {
      WebClient web = new WebClient(falco);
      assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(web.get("/healthz").body())
          .startsWith("{\"status\":\"ok\",\"degraded\":[")
          .contains("eBPF program 'x_getpriority' was refused by this kernel");
      Matcher count =
          Pattern.compile("jfalco_degradations (\\d+)").matcher(web.get("/metrics").body());
      assertThat(count.find()).isTrue();
      assertThat(Integer.parseInt(count.group(1))).isPositive();
    }
  }

  /** Lines of a resource; those behind a minus are mapped to false. */
  private static Map<String, Boolean> names(String resource) throws IOException {
    Map<String, Boolean> names = new TreeMap<>();
    // Elsewhere they are not used.
    boolean iterators =
        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().equals("pid:[4026531836]");
    String text =
        new String(
            HealthIT.class.getResourceAsStream(resource).readAllBytes(), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      boolean ofIterators = line.contains("_task") || line.contains("max_event_size");
      if (!line.startsWith("#") && (!ofIterators || iterators)) {
        names.put(line.replaceFirst("^- ", ""), !line.startsWith("- "));
      }
    }
    assertThat(names).hasSizeGreaterThan(40);
    return names;
  }

  @Test
  void metricsHaveFalcosNamesAndTypes() throws Exception {
    try (FalcoProcess falco = start(Map.of())) {
      WebClient web = new WebClient(falco);
      String text = web.get("/metrics").body();
      names("prometheus.names")
          .forEach(
              (name, here) ->
                  assertThat(text.contains("\n# TYPE " + name + "\n"))
                      .as(name + "\n" + text)
                      .isEqualTo(here));
      assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
      assertThat(text)
          .containsPattern(
              "falcosecurity_falco_rules_matches_total\\{priority=\"4\",rule_name=\"probe\","
                  + "source=\"syscall\",tag_a_b=\"true\"} [1-9]")
          .containsPattern("falcosecurity_scap_n_evts_total [1-9]")
          .containsPattern("falcosecurity_scap_n_threads_total [1-9]")
          .contains("falcosecurity_scap_n_drops_buffer_total{dir=\"exit\",drop=\"open\"} ")
          .contains("falcosecurity_scap_n_drops_buffer_total{dir=\"enter\",drop=\"open\"} 0\n")
          .containsPattern("jfalco_output_delivered_total\\{output=\"stdout\"} [1-9]")
          .contains("jfalco_output_dropped_total{output=\"stdout\"} 0\n");
    }
  }

  @Test
  void snapshotsHaveFalcosNames() throws Exception {
    try (FalcoProcess falco = start(Map.of())) {
      falco.awaitAlert("Falco internal: metrics snapshot", "\"falco.evts_rate_sec\":");
      List<JsonNode> all = falco.alerts("falco.evts_rate_sec");
      JsonNode fields = all.get(all.size() - 1).path("output_fields");
      names("snapshot.names")
          .forEach(
              (name, here) ->
                  assertThat(fields.has(name)).as(name + "\n" + fields).isEqualTo(here));
      assertThat(fields.path("scap.n_evts").asLong()).isPositive();
      assertThat(fields.path("falco.rules.probe").asLong()).isPositive();
      assertThat(fields.path("falco.version").isTextual()).isTrue();
      assertThat(fields.path("falco.num_evts").isNumber()).isTrue();
    }
  }
}
