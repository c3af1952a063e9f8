package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private ShippedDaemon daemon;

  @BeforeAll
  void startDaemon() throws Exception {
    daemon = ShippedDaemon.start("shipped", "falco_rules.yaml");
  }

  @AfterAll
  void stopDaemon() throws Exception {
    if (daemon != null) {
      daemon.close();
    }
  }

  @Test
  void passwordFileRead() throws Exception {
    String marker = ShippedDaemon.marker();
    Commands.run("cat", "/etc/shadow", "/nonexistent/" + marker);
    assertThat(daemon.rules(marker)).containsExactly("Read sensitive file untrusted");
    JsonNode alert = daemon.alerts(marker).get(0);
    assertThat(alert.get("output").asText())
        .contains(
            "Sensitive file read by a program that is not trusted with it | file=/etc/shadow"
                + " process=cat command=cat /etc/shadow ");
    String near = ShippedDaemon.marker();
    Commands.run("cat", "/etc/hostname", "/nonexistent/" + near);
    assertThat(daemon.rules(near)).isEmpty();
  }

  @Test
  void passwordFileReadByAServer() throws Exception {
    Path server = ShippedDaemon.copy("bash", daemon.work().resolve("nginx"));
    String marker = "/nonexistent/" + ShippedDaemon.marker();
    Commands.run(server.toString(), "-c", "sleep 6; read -r line < /etc/shadow", marker);
    assertThat(daemon.rules(marker))
        .containsExactly(
            "Read sensitive file trusted after startup", "Read sensitive file untrusted");
    String young = "/nonexistent/" + ShippedDaemon.marker();
    Commands.run(server.toString(), "-c", "read -r line < /etc/shadow", young);
    assertThat(daemon.rules(young)).containsExactly("Read sensitive file untrusted");
  }

  @Test
  void pathWithStepsUpwards() throws Exception {
    String marker = ShippedDaemon.marker();
    Path reader = ShippedDaemon.copy("cat", daemon.work().resolve("jf-traversal"));
    Commands.runIn(
        daemon.work(), reader.toString(), "/nonexistent/" + marker, "../../../../etc/hostname");
    assertThat(daemon.rules(marker)).containsExactly("Directory traversal monitored file read");
    String near = ShippedDaemon.marker();
    Commands.runIn(daemon.work(), reader.toString(), "/nonexistent/" + near, "/etc/hostname");
    assertThat(daemon.rules(near)).isEmpty();
  }

  @Test
  void linksToPasswordFiles() throws Exception {
    String soft = ShippedDaemon.marker();
    Commands.run("ln", "-s", "/etc/shadow", daemon.work().resolve(soft).toString());
    assertThat(daemon.rules(soft)).containsExactly("Create Symlink Over Sensitive Files");
    String hard = ShippedDaemon.marker();
    Commands.runIn(Path.of("/etc"), "ln", "shadow", daemon.work().resolve(hard).toString());
    assertThat(daemon.rules(hard)).containsExactly("Create Hardlink Over Sensitive Files");
  }

  @Test
  void logEmptied() throws Exception {
    Path directory = Files.createDirectory(daemon.work().resolve(ShippedDaemon.marker()));
    Path log = directory.resolve("auth.log");
    Commands.run("sh", "-c", "echo x >> " + log);
    assertThat(daemon.alerts(log.toString())).isEmpty();
    Commands.run("sh", "-c", ": > " + log);
    assertThat(daemon.rules(log.toString())).containsExactly("Clear Log Activities");
  }

  @Test
  void searchesForSecrets() throws Exception {
    String keys = ShippedDaemon.marker();
    Commands.run("grep", "-rs", "BEGIN OPENSSH PRIVATE", "/nonexistent/" + keys);
    assertThat(daemon.rules(keys)).containsExactly("Search Private Keys or Passwords");
    String aws = ShippedDaemon.marker();
    Commands.run("find", "/nonexistent/" + aws, "-path", "*/.aws/credentials");
    assertThat(daemon.rules(aws)).containsExactly("Find AWS Credentials");
    String other = ShippedDaemon.marker();
    Commands.run("grep", "-rs", "something", "/nonexistent/" + other);
    assertThat(daemon.rules(other)).isEmpty();
  }

  @Test
  void dataShredded() throws Exception {
    Path file = Files.writeString(daemon.work().resolve(ShippedDaemon.marker()), "x");
    Commands.run("shred", "-u", file.toString());
    assertThat(daemon.rules(file.toString())).containsExactly("Remove Bulk Data from Disk");
  }

  @Test
  void programInSharedMemory() throws Exception {
    String marker = ShippedDaemon.marker();
    Path program = ShippedDaemon.copy("true", Path.of("/dev/shm", marker));
    try {
      Commands.run(program.toString());
    } finally {
      Files.delete(program);
    }
    assertThat(daemon.rules(marker)).containsExactly("Execution from /dev/shm");
  }

  @Test
  void shellBelowAServer() throws Exception {
    Path directory = Files.createDirectory(daemon.work().resolve("server"));
    String marker = ShippedDaemon.marker();
    Path server = ShippedDaemon.copy("bash", directory.resolve("lighttpd"));
    Commands.run(server.toString(), "-c", "sh -c 'true " + marker + "'; true");
    assertThat(daemon.rules(marker)).containsExactly("Run shell untrusted");
    String near = ShippedDaemon.marker();
    Path other = ShippedDaemon.copy("bash", directory.resolve("jf-other"));
    Commands.run(other.toString(), "-c", "sh -c 'true " + near + "'; true");
    assertThat(daemon.rules(near)).isEmpty();
  }

  @Test
  void shellInContainer() throws Exception {
    String marker = ShippedDaemon.marker();
    daemon.container().execWithTerminal("true " + marker);
    assertThat(daemon.rules(marker)).contains("Terminal shell in container");
    String plain = ShippedDaemon.marker();
    daemon.container().exec("true " + plain);
    assertThat(daemon.rules(plain)).doesNotContain("Terminal shell in container");
  }
}
