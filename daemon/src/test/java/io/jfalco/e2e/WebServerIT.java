package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jfalco.daemon.web.OwnCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Web server and metrics of a daemon without events; those of a live one are {@link HealthIT}. */
class WebServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path work;
  private Path config;

  @BeforeEach
  void files() throws IOException {
    config = work.resolve("falco.yaml");
    write("webserver: {enabled: true, listen_port: 0}");
    Files.writeString(
        work.resolve("rules.yaml"),
        "- {rule: r, desc: d, condition: evt.type = reboot, output: o, priority: INFO}\n");
  }

  private void write(String more) throws IOException {
    Files.writeString(
        config,
        """
        engine: {kind: nodriver}
        stdout_output: {enabled: true}
        json_output: true
        log_stderr: true
        log_syslog: false
        watch_config_files: false
        rules_files: [%s]
        %s
        """
            .formatted(work.resolve("rules.yaml"), more));
  }

  private FalcoProcess start(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", config.toString()));
    arguments.addAll(Arrays.asList(options));
    return FalcoProcess.start(Map.of(), arguments);
  }

  private static boolean isOk(HttpResponse<String> response) {
    return response.statusCode() == 200;
  }

  @Test
  void healthAndVersionsAreAnsweredOnLoopbackOnly() throws Exception {
    try (FalcoProcess falco = start()) {
      WebClient web = new WebClient(falco);
      HttpResponse<String> health = web.await("/healthz", WebServerIT::isOk);
      assertThat(health.body()).isEqualTo("{\"status\": \"ok\"}");
      assertThat(health.headers().firstValue("Content-Type")).hasValue("application/json");
      JsonNode versions = JSON.readTree(web.get("/versions").body());
      assertThat(versions.fieldNames())
          .toIterable()
          .containsExactly(
              "default_driver_version",
              "driver_api_version",
              "driver_schema_version",
              "engine_version",
              "engine_version_semver",
              "falco_version",
              "libs_version",
              "plugin_api_version");
      assertThat(web.get("/metrics").statusCode()).isEqualTo(404);
      assertThat(web.get("/other").statusCode()).isEqualTo(404);
      assertThat(listening(falco.pid())).containsExactly("127.0.0.1:" + web.port());
      falco.signal("TERM");
      assertThat(falco.await()).isZero();
    }
  }

  /** Addresses of IPv4 and IPv6 sockets of a process that listen. */
  private static List<String> listening(long pid) throws Exception {
    List<String> inodes = new ArrayList<>();
    for (String line : Commands.run("ls", "-l", "/proc/" + pid + "/fd").lines().toList()) {
      if (line.contains("socket:[")) {
        inodes.add(line.replaceFirst(".*socket:\\[(\\d+)].*", "$1"));
      }
    }
    List<String> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
        String[] field = line.strip().split(" +");
        if (field[3].equals("0A") && inodes.contains(field[9])) {
          String[] local = field[1].split(":");
          // An IPv4 address in a socket of IPv6 stands at the end.
          boolean loopback = local[0].endsWith("0100007F");
          found.add((loopback ? "127.0.0.1:" : local[0] + ":") + Integer.parseInt(local[1], 16));
        }
      }
    }
    return found;
  }

  @Test
  void aBusyPortStopsTheStart() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FalcoProcess falco = start("-o", "webserver.listen_port=" + other.getLocalPort())) {
      assertThat(falco.await()).isEqualTo(1);
      assertThat(falco.text()).contains("Error: an error occurred while starting webserver");
    }
  }

  @Test
  void replaysAndDryRunsHaveNoServer() throws Exception {
    Path capture = FalcoProcess.ROOT.resolve("daemon/src/demo/guest-shell.scap");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Whoever started it would find the port busy.
      String busy = "webserver.listen_port=" + other.getLocalPort();
      try (FalcoProcess dry = start("-o", busy, "--dry-run")) {
        assertThat(dry.await()).as(dry::text).isZero();
      }
      try (FalcoProcess replay =
          start(
              "-o",
              busy,
              "-o",
              "engine.kind=replay",
              "-o",
              "engine.replay.capture_file=" + capture)) {
        assertThat(replay.await()).as(replay::text).isZero();
        assertThat(replay.text()).doesNotContain("Starting health webserver");
      }
    }
  }

  @Test
  void httpsWithACertificateThatAReloadReplaces() throws Exception {
    OwnCertificate first = new OwnCertificate();
    Path file = first.write(work.resolve("falco.pem"));
    write(
        "webserver: {enabled: true, listen_port: 0, ssl_enabled: true, ssl_certificate: %s}"
            .formatted(file));
    try (FalcoProcess falco = start()) {
      WebClient web = new WebClient(falco, first.trusting());
      web.await("/healthz", WebServerIT::isOk);
      assertThat(falco.text()).contains(":" + web.port() + " (SSL)");

      OwnCertificate second = new OwnCertificate();
      second.write(file);
      falco.signal("HUP");
      new WebClient(falco, second.trusting()).await("/healthz", WebServerIT::isOk);

      Files.writeString(file, "broken");
      falco.signal("HUP");
      awaitLine(falco, "hot restart failure: invalid webserver configuration");
      assertThat(new WebClient(falco, second.trusting()).get("/healthz").statusCode())
          .isEqualTo(200);
    }
  }

  private static void awaitLine(FalcoProcess falco, String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!falco.text().contains(text)) {
      assertThat(System.nanoTime()).as(falco::text).isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void aReloadRestartsTheServerOnlyWhenItsKeysHaveChanged() throws Exception {
    try (FalcoProcess falco = start()) {
      WebClient web = new WebClient(falco);
      web.await("/healthz", WebServerIT::isOk);
      int port = web.port();
      write("webserver: {enabled: true, listen_port: 0}\ntime_format_iso_8601: true");
      falco.signal("HUP");
      awaitLine(falco, "SIGHUP received");
      awaitLine(falco, "Events detected: 0");
      assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(web.port()).isEqualTo(port);
      assertThat(web.starts()).isEqualTo(1);

      write(
          """
          webserver: {enabled: true, listen_port: 0, k8s_healthz_endpoint: /alive,
            prometheus_metrics_enabled: true}
          metrics: {enabled: true, interval: 1h}
          """);
      falco.signal("HUP");
      web.await("/alive", WebServerIT::isOk);
      assertThat(web.get("/healthz").statusCode()).isEqualTo(404);
      HttpResponse<String> metrics = web.get("/metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4");
      assertThat(metrics.body())
          .contains("falcosecurity_scap_engine_name_info{engine_name=\"nodriver\"")
          .contains("\njfalco_healthy 1\n");

      write("webserver: {enabled: false}");
      falco.signal("HUP");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!listening(falco.pid()).isEmpty()) {
        assertThat(System.nanoTime()).as(falco::text).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  @Test
  void snapshotsGoToTheAlertsAndToAFileOfOurOwn() throws Exception {
    Path file = work.resolve("metrics.jsonl");
    write(
        "metrics: {enabled: true, interval: 100ms, output_rule: true, output_file: %s}"
            .formatted(file));
    try (FalcoProcess falco = start()) {
      falco.awaitAlert("Falco internal: metrics snapshot", "\"falco.num_evts\":0");
      JsonNode alert = falco.alerts("metrics snapshot").get(0);
      assertThat(alert.path("priority").asText()).isEqualTo("Informational");
      assertThat(alert.path("output").asText()).isEqualTo("Falco metrics snapshot");
      assertThat(alert.path("source").asText()).isEqualTo("internal");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (Files.readAllLines(file).size() < 3) {
        assertThat(System.nanoTime()).as(falco::text).isLessThan(end);
        Thread.sleep(20);
      }
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < 3; i++) {
        JsonNode line = JSON.readTree(lines.get(i));
        assertThat(line.path("sample").asInt()).isEqualTo(i);
        assertThat(line.path("output_fields").path("scap.engine_name").asText())
            .isEqualTo("nodriver");
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(falco.text())
          .contains("Setting metrics interval to 100ms, equivalent to 100 (ms)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics.output_rule=true | 5000 | Error: Metrics interval must have a minimum value of 100ms",
        "metrics.output_rule=true | 99ms | Error: Metrics interval must have a minimum value of 100ms",
        "metrics.output_rule=false | 1h | Error: Metrics are enabled with no output configured.",
        "metrics.output_file=/no/such/file | 1h | Error: metrics.output_file cannot be written to",
      })
  void metricsThatCannotBeEmittedStopTheStart(String option, String interval, String message)
      throws Exception {
    try (FalcoProcess falco =
        start("-o", "metrics.enabled=true", "-o", option, "-o", "metrics.interval=" + interval)) {
      assertThat(falco.await()).isEqualTo(1);
      assertThat(falco.text()).contains(message);
    }
  }
}
