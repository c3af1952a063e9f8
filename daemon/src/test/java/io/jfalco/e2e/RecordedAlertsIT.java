package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the daemon records live is replayed: the alerts are those that were seen live. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedAlertsIT {
  private static final String RULES =
      """
      - rule: probe ready
        desc: d
        condition: evt.type in (open, openat, openat2) and fd.name contains jfalco-ready-
        output: "%fd.name"
        priority: DEBUG
      - rule: opened
        desc: d
        condition: evt.type in (open, openat, openat2) and fd.name contains jfalco-seen-
        output: "%evt.time %evt.info %fd.name %proc.cmdline %proc.pcmdline %proc.aname[3] %user.name"
        priority: WARNING
        capture: true
        capture_duration: 2000
      - rule: executed
        desc: d
        condition: evt.type in (execve, execveat) and proc.cmdline contains jfalco-seen-
        output: "%evt.time %proc.exepath %proc.cwd %proc.tty %proc.sid %group.name %proc.env[PATH]"
        priority: NOTICE
      - rule: closed
        desc: d
        condition: evt.type = close and fd.name contains jfalco-seen-
        output: "%evt.time %evt.res %fd.name %fd.num %proc.name %proc.exe_ino %container.id"
        priority: NOTICE
      """;

  private Path work;
  private Path capture;
  private Path config;
  private Path rules;
  private FalcoProcess live;

  @BeforeAll
  void record() throws Exception {
    LiveHost.require();
    LiveHost.joinRootCgroups();
    work = FalcoProcess.workDirectory("recorded");
    capture = work.resolve("all.scap");
    rules = Files.writeString(work.resolve("r.yaml"), RULES);
    config =
        Files.writeString(
            work.resolve("falco.yaml"),
            """
            engine: {kind: modern_ebpf}
            stdout_output: {enabled: true}
            log_syslog: false
            json_output: true
            rule_matching: all
            capture: {enabled: true, path_prefix: %s}
            """
                .formatted(work.resolve("match")));
    Path older = Files.writeString(work.resolve("jfalco-seen-older"), "x");
    Path go = work.resolve("go");
    Process holder =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec 9<" + older + "; while [ ! -e " + go + " ]; do sleep .1; done; exec 9<&-")
            .start();
    live =
        FalcoProcess.start(
            Map.of(),
            List.of("-c", config.toString(), "-r", rules.toString(), "-w", capture.toString()));
    live.awaitReady("probe ready", this::touchReady);
    for (int i = 0; i < 20; i++) {
      String file = work.resolve("jfalco-seen-" + UUID.randomUUID()).toString();
      Commands.run("sh", "-c", "echo x > " + file + "; cat " + file + " | wc -c; rm " + file);
    }
    Files.createFile(go);
    holder.waitFor();
    String last = "jfalco-ready-" + UUID.randomUUID();
    Commands.run("touch", work.resolve(last).toString());
    live.awaitAlert("probe ready", last);
    live.signal("TERM");
    assertThat(live.await()).as(live.text()).isZero();
  }

  @AfterAll
  void cleanUp() throws Exception {
    if (live != null) {
      live.close();
    }
    if (work != null) {
      Commands.run("rm", "-rf", work.toString());
    }
  }

  private void touchReady() throws Exception {
    Commands.run("touch", work.resolve("jfalco-ready-" + UUID.randomUUID()).toString());
  }

  /** Alerts without the name of the host, which a capture does not give to fields. */
  private static List<String> alerts(FalcoProcess falco) {
    List<String> alerts = new ArrayList<>();
    for (JsonNode alert : falco.alerts("jfalco-")) {
      alerts.add(alert.get("rule") + " " + alert.get("output") + " " + alert.get("output_fields"));
    }
    return alerts;
  }

  private List<String> replayed(Path file) throws Exception {
    try (FalcoProcess replay =
        FalcoProcess.start(
            Map.of(),
            List.of(
                "-c",
                config.toString(),
                "-r",
                rules.toString(),
                "-o",
                "engine.kind=replay",
                "-o",
                "capture.enabled=false",
                "-o",
                "engine.replay.capture_file=" + file))) {
      assertThat(replay.await()).as(replay.text()).isZero();
      return alerts(replay);
    }
  }

  @Test
  void theWholeRecordGivesTheAlertsThatWereSeen() throws Exception {
    assertThat(live.errorLines()).noneMatch(line -> line.contains("lacks"));
    List<String> seen = alerts(live);
    assertThat(seen).hasSizeGreaterThan(80);
    assertThat(seen).anyMatch(alert -> alert.contains("jfalco-seen-older"));
    assertThat(replayed(capture)).isEqualTo(seen);
  }

  @Test
  void theCaptureOfAMatchGivesTheAlertsSinceThen() throws Exception {
    List<Path> matches;
    try (Stream<Path> files = Files.list(work)) {
      matches = files.filter(f -> f.getFileName().toString().startsWith("match_")).toList();
    }
    assertThat(matches).isNotEmpty();
    List<String> seen = alerts(live);
    for (Path match : matches) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(match)))
          .isEqualTo("rw-------");
      List<String> again = replayed(match);
      assertThat(again).isNotEmpty();
      assertThat(again.get(0)).startsWith("\"opened\"");
      assertThat(seen).containsAll(again);
    }
  }

  /**
   * Debian's sysdig, which is older than the events of today, reads the record. Only processes that
   * began while it was made are compared: for a child that ran before, and whose parent returns
   * from vfork after, sysdig puts the parent's name in place of the one in the process table.
   */
  @Test
  void sysdigPrintsTheSameLines() throws Exception {
    LiveHost.require(Path.of("/usr/bin/sysdig"), "this test needs sysdig: scripts/setup.sh test");
    String format = "*%evt.rawtime %evt.cpu %thread.tid %evt.dir %evt.type %evt.res %proc.name";
    String filter = "evt.type in (open, openat, close, procexit) and proc.name in (cat, wc, rm)";
    String theirs = Commands.run("sysdig", "-r", capture.toString(), "-p", format, filter);
    List<String> ours;
    try (FalcoProcess events =
        FalcoProcess.start(
            Map.of(), List.of("events", "-r", capture.toString(), "-p", format, filter))) {
      assertThat(events.await()).isZero();
      ours = events.lines();
    }
    assertThat(ours).hasSizeGreaterThan(300);
    assertThat(theirs.lines().toList()).isEqualTo(ours);
  }
}
