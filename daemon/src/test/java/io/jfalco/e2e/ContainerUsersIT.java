package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users that only a container knows, in live alerts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerUsersIT {
  private static final String RULES =
      """
      - rule: probe ready
        desc: shows that the daemon sees events
        condition: evt.type in (open, openat, openat2) and fd.filename startswith users-ready
        output: "%fd.name"
        priority: DEBUG
      - rule: marked
        desc: programs of the user with a marker among their arguments
        condition: >
          evt.type in (execve, execveat) and user.uid = 61234 and proc.args contains users-mark
        output: "%proc.args %user.uid %user.name %user.homedir %user.shell %group.name %container.id"
        priority: INFO
      """;

  private static final int TRIES = 30;

  private Path work;
  private FalcoProcess falco;
  private RuncContainer container;

  @BeforeAll
  void startDaemon() throws Exception {
    LiveHost.require();
    LiveHost.joinRootCgroups();
    work = FalcoProcess.workDirectory("users");
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        log_syslog: false
        json_output: true
        """);
    Path rules = Files.writeString(work.resolve("rules.yaml"), RULES);
    String id = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    container = RuncContainer.start(work, id);
    falco = FalcoProcess.start(Map.of(), List.of("-c", config.toString(), "-r", rules.toString()));
    falco.awaitReady(
        "probe ready", () -> Commands.run("touch", work.resolve("users-ready").toString()));
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

  /** Does something with a new marker until there is an alert about it that will do. */
  private JsonNode alert(Action action, Predicate<JsonNode> wanted) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      String marker = "users-mark-" + UUID.randomUUID();
      action.run(marker);
      String sentinel = "users-ready-" + UUID.randomUUID();
      Commands.run("touch", work.resolve(sentinel).toString());
      falco.awaitAlert("probe ready", sentinel);
      for (JsonNode alert : falco.alerts(marker)) {
        if (wanted.test(alert.get("output_fields"))) {
          return alert.get("output_fields");
        }
      }
    }
    throw new AssertionError("no such alert\n" + falco.text());
  }

  /** A program that has the marker among its arguments. */
  private interface Action {
    void run(String marker) throws Exception;
  }

  /** Its names may come a moment after its first process. */
  private JsonNode inTheContainer() throws Exception {
    return alert(
        marker -> container.execAsUser("true " + marker),
        fields -> !fields.get("user.name").asText().equals("<NA>"));
  }

  @Test
  void aUserOfTheContainerHasTheNameThatTheContainerGivesIt() throws Exception {
    JsonNode fields = inTheContainer();
    assertThat(fields.get("user.uid").asLong()).isEqualTo(61234);
    assertThat(fields.get("user.name").asText()).isEqualTo(RuncContainer.USER);
    assertThat(fields.get("user.homedir").asText()).isEqualTo("/srv/web");
    assertThat(fields.get("user.shell").asText()).isEqualTo("/bin/none");
    assertThat(fields.get("group.name").asText()).isEqualTo(RuncContainer.GROUP);
    assertThat(fields.get("container.id").asText()).hasSize(12);
  }

  @Test
  void onTheHostTheNumberIsNobody() throws Exception {
    inTheContainer();
    JsonNode fields =
        alert(
            marker ->
                Commands.run(
                    "setpriv", "--reuid=61234", "--regid=61235", "--clear-groups", "true", marker),
            any -> true);
    assertThat(fields.get("container.id").asText()).isEqualTo("host");
    assertThat(fields.get("user.name").asText()).isEqualTo("<NA>");
    assertThat(fields.get("group.name").asText()).isEqualTo("<NA>");
  }
}
