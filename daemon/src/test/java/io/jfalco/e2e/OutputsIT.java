package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jfalco.output.http.Receiver;
import io.jfalco.output.http.TestCertificates;
import io.jfalco.output.http.TlsContexts;
import io.jfalco.output.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of alerts when receivers are slow, die or hang, disks fill and logs rotate. */
class OutputsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALERTS = 10;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path work;
  private Path rules;

  @BeforeAll
  static void host() {
    LiveHost.require();
  }

  @BeforeEach
  void rules() throws IOException {
    rules = work.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        - rule: probe
          desc: a file by its name
          condition: evt.type in (open, openat, openat2) and fd.name startswith "%s/jf-out-"
          output: "opened %%fd.name"
          priority: WARNING
        """
            .formatted(work));
  }

  private FalcoProcess start(String outputs) throws Exception {
    return start(outputs, List.of());
  }

  private Path configuration(String outputs) throws IOException {
    return Files.writeString(
        work.resolve("falco.yaml"),
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        json_output: true
        log_stderr: true
        log_syslog: false
        %s
        """
            .formatted(outputs));
  }

  private FalcoProcess start(String outputs, List<String> more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-c", configuration(outputs).toString()));
    arguments.addAll(List.of("-r", rules.toString()));
    arguments.addAll(more);
    FalcoProcess falco = FalcoProcess.start(Map.of(), arguments);
    falco.awaitReady("probe", this::touch);
    return falco;
  }

  private String touch() throws IOException {
    String name = "jf-out-" + UUID.randomUUID();
    Files.createFile(work.resolve(name));
    return name;
  }

  private List<String> touchSome() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < ALERTS; i++) {
      names.add(touch());
    }
    return names;
  }

  private static void await(FalcoProcess falco, BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(falco.text());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static String http(Receiver receiver) {
    return "http_output: {enabled: true, url: 'http://127.0.0.1:" + receiver.port() + "/'}";
  }

  private static String received(Receiver receiver) {
    return String.join("\n", receiver.requests().stream().map(Receiver.Request::text).toList());
  }

  /** Names of the files in the alerts of a text, in order. */
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String line : text.lines().toList()) {
      names.add(Path.of(name(line)).getFileName().toString());
    }
    return names;
  }

  private static String name(String alert) {
    try {
      JsonNode json = JSON.readTree(alert);
      return json.path("output_fields").path("fd.name").asText();
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + alert, e);
    }
  }

  private static int end(FalcoProcess falco) throws Exception {
    falco.signal("TERM");
    return falco.await();
  }

  @Test
  void aHungReceiverDelaysNobodyAndIsNamed() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (Receiver hung =
            Receiver.http(
                0,
                (n, request, exchange) -> {
                  try {
                    released.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        FalcoProcess falco = start(http(hung) + "\noutput_timeout: 500")) {
      for (String name : touchSome()) {
        falco.awaitAlert("probe", name);
      }
      await(
          falco,
          () ->
              falco.errorLines().stream()
                  .anyMatch(line -> line.contains("\"http\" output timeout")));
      // It still holds the first request: what came out did so beside it.
      assertThat(hung.requests()).hasSize(1);
      assertThat(end(falco)).isZero();
      assertThat(falco.errorLines())
          .anyMatch(line -> line.contains("discarding all remaining") && line.contains("\"http\""));
      released.countDown();
    }
  }

  @Test
  void aSlowReceiverGetsAllInOrderBeforeTheEnd() throws Exception {
    try (Receiver slow =
            Receiver.http(
                0,
                (n, request, exchange) -> {
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                  exchange.sendResponseHeaders(200, -1);
                });
        FalcoProcess falco = start(http(slow) + "\noutput_timeout: 60000")) {
      List<String> names = touchSome();
      falco.awaitAlert("probe", names.get(ALERTS - 1));
      assertThat(end(falco)).isZero();
      assertThat(names(received(slow))).containsSubsequence(names);
    }
  }

  @Test
  void aReceiverThatDiesAndComesBackGetsAll() throws Exception {
    Receiver first = Receiver.http(0, Receiver.statuses(200));
    try (FalcoProcess falco = start(http(first) + "\noutput_timeout: 60000")) {
      await(falco, () -> !first.requests().isEmpty());
      first.close();
      List<String> names = touchSome();
      falco.awaitAlert("probe", names.get(ALERTS - 1));
      await(
          falco, () -> falco.errorLines().stream().anyMatch(line -> line.contains("trying again")));
      try (Receiver second = Receiver.http(first.port(), Receiver.statuses(200))) {
        await(falco, () -> names(received(second)).containsAll(names));
        assertThat(names(received(second))).containsSubsequence(names);
        assertThat(end(falco)).isZero();
      }
      assertThat(falco.errorLines())
          .filteredOn(line -> line.contains("trying again"))
          .hasSizeLessThanOrEqualTo(2);
    } finally {
      first.close();
    }
  }

  @Test
  void bothSidesShowCertificates() throws Exception {
    Path files = Files.createDirectory(work.resolve("tls"));
    TestCertificates authority = TestCertificates.authority(files);
    TlsSettings.Identity server = authority.issue("server", "127.0.0.1");
    TlsSettings.Identity client = authority.issue("client", "client");
    Path trusted = authority.file();
    SSLContext context = TlsContexts.client(new TlsSettings(false, trusted, Optional.of(server)));
    try (Receiver receiver = Receiver.https(context, true, Receiver.statuses(200));
        FalcoProcess falco =
            start(
                """
                http_output:
                  enabled: true
                  url: "https://127.0.0.1:%d/alerts"
                  ca_cert: %s
                  mtls: true
                  client_cert: %s
                  client_key: %s
                """
                    .formatted(receiver.port(), trusted, client.certificate(), client.key()))) {
      String name = touch();
      await(falco, () -> received(receiver).contains(name));
      assertThat(end(falco)).isZero();
    }
  }

  @Test
  void aHungSystemLogDelaysNobody() throws Exception {
    try (Rsyslog rsyslog = Rsyslog.start(work);
        FalcoProcess falco =
            start(
                "syslog_output: {enabled: true}\noutput_timeout: 500",
                List.of("-o", "log_syslog=true"))) {
      rsyslog.signal("STOP");
      try {
        // Far more than its socket takes; the daemon's own messages go there too.
        for (int i = 0; i < 5; i++) {
          List<String> names = touchSome();
          falco.awaitAlert("probe", names.get(ALERTS - 1));
        }
        await(
            falco,
            () ->
                falco.errorLines().stream()
                    .anyMatch(line -> line.contains("\"syslog\" output timeout")));
        falco.signal("HUP");
        String name = touch();
        falco.awaitAlert("probe", name);
        assertThat(end(falco)).isZero();
      } finally {
        rsyslog.signal("CONT");
      }
    }
  }

  /** What hangs here is whoever reads standard output: nobody does. */
  @Test
  void theEndWaitsForNoReader() throws Exception {
    Path file = work.resolve("alerts.txt");
    Path config = configuration("file_output: {enabled: true, filename: " + file + "}");
    Process falco =
        FalcoProcess.builder(Map.of(), List.of("-c", config.toString(), "-r", rules.toString()))
            .start();
    try {
      // More than a pipe holds.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!Files.exists(file) || Files.size(file) < 1 << 18) {
        assertThat(System.nanoTime()).isLessThan(end);
        touchSome();
      }
      falco.destroy();
      assertThat(falco.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(falco.exitValue()).isZero();
    } finally {
      falco.destroyForcibly();
    }
  }

  @Test
  void aFullDiskLosesNoMoreThanItMust() throws Exception {
    Path disk = Files.createDirectory(work.resolve("disk"));
    Commands.run("mount", "-t", "tmpfs", "-o", "size=16k", "none", disk.toString());
    try {
      Path file = disk.resolve("alerts.txt");
      Path ballast = disk.resolve("ballast");
      try (FalcoProcess falco =
          start("file_output: {enabled: true, keep_alive: true, filename: " + file + "}")) {
        await(falco, () -> Files.exists(file));
        Commands.run("dd", "if=/dev/zero", "of=" + ballast, "bs=1k", "count=16");
        await(
            falco,
            () -> {
              try {
                falco.awaitAlert("probe", touch());
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              return falco.errorLines().stream().anyMatch(line -> line.contains("No space left"));
            });
        touchSome();
        falco.awaitAlert("probe", touch());
        Files.delete(ballast);
        String kept = touch();
        await(falco, () -> read(file).contains(kept));
        assertThat(end(falco)).isZero();
        assertThat(falco.errorLines())
            .filteredOn(line -> line.contains("No space left"))
            .singleElement()
            .asString()
            .contains("file: failed to write to output file " + file);
        assertThat(falco.errorLines()).anyMatch(line -> line.contains("file: works again, after"));
        // Each line is a whole alert.
        assertThat(names(read(file))).contains(kept);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    } finally {
      Commands.run("umount", disk.toString());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void logsRotateWithoutLoss() throws Exception {
    Path file = work.resolve("alerts.txt");
    Path rotated = work.resolve("alerts.1");
    try (FalcoProcess falco =
        start("file_output: {enabled: true, keep_alive: true, filename: " + file + "}")) {
      List<String> names = new ArrayList<>(touchSome());
      falco.awaitAlert("probe", names.get(ALERTS - 1));
      Files.move(file, rotated);
      names.addAll(touchSome());
      falco.signal("USR1");
      await(
          falco,
          () -> {
            try {
              names.add(touch());
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            return Files.exists(file) && !read(file).isEmpty();
          });
      assertThat(end(falco)).isZero();
      assertThat(falco.errorLines()).anyMatch(line -> line.contains("reopening outputs"));
      List<String> both = new ArrayList<>(names(read(rotated)));
      both.addAll(names(read(file)));
      assertThat(both).containsSubsequence(names).doesNotHaveDuplicates();
    }
  }

  /** Alerts over TCP are TCP traffic of the daemon, which a rule on TCP must not see. */
  @Test
  void alertsOverTcpDoNotFeedThemselves() throws Exception {
    Files.writeString(
        rules,
        """

        - rule: tcp
          desc: TCP of all but the receiver
          condition: fd.l4proto = tcp and proc.pid != %d
          output: "%%evt.type by %%proc.pid %%proc.name"
          priority: NOTICE
        """
            .formatted(ProcessHandle.current().pid()),
        StandardOpenOption.APPEND);
    try (Receiver receiver = Receiver.http(0, Receiver.statuses(200));
        FalcoProcess falco = start(http(receiver), List.of("-M", "60"))) {
      int connections = 0;
      while (ProcessHandle.of(falco.pid()).map(ProcessHandle::isAlive).orElse(false)) {
        Commands.run(
            "curl",
            "-s",
            "--noproxy",
            "*",
            "--data",
            "{}",
            "http://127.0.0.1:" + receiver.port() + "/");
        connections++;
        TimeUnit.MILLISECONDS.sleep(500);
      }
      assertThat(falco.await()).isZero();
      List<JsonNode> alerts = falco.alerts("\"rule\":\"tcp\"");
      assertThat(alerts).hasSizeGreaterThan(connections / 2);
      assertThat(alerts)
          .noneMatch(alert -> alert.path("output_fields").path("proc.pid").asLong() == falco.pid());
      assertThat(received(receiver)).contains("\"rule\":\"tcp\"");
    }
  }
}
