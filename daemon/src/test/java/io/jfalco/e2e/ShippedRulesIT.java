package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The shipped rules on this host's kernel: what they are for is done, marked with a text that
 * nothing else has, and all alerts with that text are asserted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedRulesIT {
  private static final String CONTAINER_ID = (uuid() + uuid()).replace("-", "");

  private Path work;
  private FalcoProcess falco;
  private RuncContainer container;

  private static String uuid() {
    return UUID.randomUUID().toString();
  }

  @BeforeAll
  void startDaemon() throws Exception {
    LiveHost.require();
    LiveHost.joinRootCgroups();
    work = FalcoProcess.workDirectory("shipped");
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        log_syslog: false
        json_output: true
        rule_matching: all
        append_output: [{suggested_output: true}]
        """);
    Path probe = work.resolve("probe.yaml");
    Files.writeString(
        probe,
        """
        - rule: probe ready
          desc: shows that the daemon sees events
          condition: evt.type in (open, openat, openat2) and fd.filename startswith shipped-ready
          output: "%fd.name"
          priority: DEBUG
        """);
    container = RuncContainer.start(work, CONTAINER_ID);
    falco =
        FalcoProcess.start(
            Map.of(),
            List.of(
                "-c",
                config.toString(),
                "-r",
                FalcoProcess.ROOT.resolve("etc/falco/falco_rules.yaml").toString(),
                "-r",
                probe.toString()));
    falco.awaitReady(
        "probe ready", () -> Commands.run("touch", work.resolve("shipped-ready").toString()));
  }

  @AfterAll
  void stopDaemon() throws Exception {
    if (falco != null) {
      falco.close();
    }
    if (container != null) {
      container.close();
    }
    if (work != null) {
      Commands.run("rm", "-rf", work.toString());
    }
  }

  private static String marker() {
    return "mk" + uuid().substring(0, 8);
  }

  /** Rules of all alerts with the marker, after everything that happened so far was seen. */
  private List<String> rules(String marker) throws Exception {
    String sentinel = "shipped-ready-" + uuid();
    Commands.run("touch", work.resolve(sentinel).toString());
    falco.awaitAlert("probe ready", sentinel);
    return falco.alerts(marker).stream().map(alert -> alert.get("rule").asText()).toList();
  }

  /** A copy of a program under another name or in another place. */
  private static Path copy(String program, Path copy) throws IOException {
    Files.copy(Path.of("/usr/bin", program).toRealPath(), copy);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copy;
  }

  @Test
  void passwordFileRead() throws Exception {
    String marker = marker();
    Commands.run("cat", "/etc/shadow", "/nonexistent/" + marker);
    assertThat(rules(marker)).containsExactly("Read sensitive file untrusted");
    JsonNode alert = falco.alerts(marker).get(0);
    assertThat(alert.get("output").asText())
        .contains(
            "Sensitive file read by a program that is not trusted with it | file=/etc/shadow"
                + " process=cat command=cat /etc/shadow ");
    String near = marker();
    Commands.run("cat", "/etc/hostname", "/nonexistent/" + near);
    assertThat(rules(near)).isEmpty();
  }

  @Test
  void passwordFileReadByAServer() throws Exception {
    Path server = copy("bash", work.resolve("nginx"));
    String marker = "/nonexistent/" + marker();
    Commands.run(server.toString(), "-c", "sleep 6; read -r line < /etc/shadow", marker);
    assertThat(rules(marker))
        .containsExactly(
            "Read sensitive file trusted after startup", "Read sensitive file untrusted");
    String young = "/nonexistent/" + marker();
    Commands.run(server.toString(), "-c", "read -r line < /etc/shadow", young);
    assertThat(rules(young)).containsExactly("Read sensitive file untrusted");
  }

  @Test
  void pathWithStepsUpwards() throws Exception {
    String marker = marker();
    Path reader = copy("cat", work.resolve("jf-traversal"));
    Commands.runIn(work, reader.toString(), "/nonexistent/" + marker, "../../../../etc/hostname");
    assertThat(rules(marker)).containsExactly("Directory traversal monitored file read");
    String near = marker();
    Commands.runIn(work, reader.toString(), "/nonexistent/" + near, "/etc/hostname");
    assertThat(rules(near)).isEmpty();
  }

  @Test
  void linksToPasswordFiles() throws Exception {
    String soft = marker();
    Commands.run("ln", "-s", "/etc/shadow", work.resolve(soft).toString());
    assertThat(rules(soft)).containsExactly("Create Symlink Over Sensitive Files");
    String hard = marker();
    Commands.runIn(Path.of("/etc"), "ln", "shadow", work.resolve(hard).toString());
    assertThat(rules(hard)).containsExactly("Create Hardlink Over Sensitive Files");
  }

  @Test
  void logEmptied() throws Exception {
    Path directory = Files.createDirectory(work.resolve(marker()));
    Path log = directory.resolve("auth.log");
    Commands.run("sh", "-c", "echo x >> " + log);
    assertThat(falco.alerts(log.toString())).isEmpty();
    Commands.run("sh", "-c", ": > " + log);
    assertThat(rules(log.toString())).containsExactly("Clear Log Activities");
  }

  @Test
  void searchesForSecrets() throws Exception {
    String keys = marker();
    Commands.run("grep", "-rs", "BEGIN OPENSSH PRIVATE", "/nonexistent/" + keys);
    assertThat(rules(keys)).containsExactly("Search Private Keys or Passwords");
    String aws = marker();
    Commands.run("find", "/nonexistent/" + aws, "-path", "*/.aws/credentials");
    assertThat(rules(aws)).containsExactly("Find AWS Credentials");
    String other = marker();
    Commands.run("grep", "-rs", "something", "/nonexistent/" + other);
    assertThat(rules(other)).isEmpty();
  }

  @Test
  void dataShredded() throws Exception {
    Path file = Files.writeString(work.resolve(marker()), "x");
    Commands.run("shred", "-u", file.toString());
    assertThat(rules(file.toString())).containsExactly("Remove Bulk Data from Disk");
  }

  @Test
  void programInSharedMemory() throws Exception {
    String marker = marker();
    Path program = copy("true", Path.of("/dev/shm", marker));
    try {
      Commands.run(program.toString());
    } finally {
      Files.delete(program);
    }
    assertThat(rules(marker)).containsExactly("Execution from /dev/shm");
  }

  @Test
  void shellBelowAServer() throws Exception {
    Path directory = Files.createDirectory(work.resolve("server"));
    String marker = marker();
    Path server = copy("bash", directory.resolve("lighttpd"));
    Commands.run(server.toString(), "-c", "sh -c 'true " + marker + "'; true");
    assertThat(rules(marker)).containsExactly("Run shell untrusted");
    String near = marker();
    Path other = copy("bash", directory.resolve("jf-other"));
    Commands.run(other.toString(), "-c", "sh -c 'true " + near + "'; true");
    assertThat(rules(near)).isEmpty();
  }

  @Test
  void shellInContainer() throws Exception {
    String marker = marker();
    container.execWithTerminal("true " + marker);
    assertThat(rules(marker)).contains("Terminal shell in container");
    String plain = marker();
    container.exec("true " + plain);
    assertThat(rules(plain)).doesNotContain("Terminal shell in container");
  }
}
