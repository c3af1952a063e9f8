package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.output.DatagramReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon tells a service manager; the test is in systemd's place. */
class ServiceIT {
  private static final String RULE =
      """
      - rule: probe
        desc: a file by its name
        condition: evt.type in (open, openat, openat2) and fd.filename startswith jf-service
        output: "opened %fd.name"
        priority: WARNING
      """;

  @TempDir Path work;
  private final List<String> told = new ArrayList<>();

  private void await(DatagramReceiver socket, String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (told.stream().noneMatch(message -> message.contains(text))) {
      assertThat(System.nanoTime()).as(text + " not among " + told).isLessThan(deadline);
      socket.pollText().ifPresentOrElse(told::add, ServiceIT::pause);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void startReloadAndEndAreToldInTheirOrder() throws Exception {
    LiveHost.require();
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        json_output: true
        log_syslog: false
        watch_config_files: false
        """);
    Path rules = work.resolve("rules.yaml");
    Files.writeString(rules, RULE);
    Path socket = work.resolve("notify");
    try (DatagramReceiver manager = new DatagramReceiver(socket.toString());
        FalcoProcess falco =
            FalcoProcess.start(
                Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "2000000"),
                List.of("-c", config.toString(), "-r", rules.toString()))) {
      await(manager, "READY=1\nSTATUS=Working with 1 rules on ");
      // Ready means that no event is missed: one try is enough.
      Commands.run("touch", work.resolve("jf-service-1").toString());
      falco.awaitAlert("probe", "jf-service-1");
      await(manager, "WATCHDOG=1");

      Files.writeString(rules, RULE + RULE.replace("probe", "other"));
      falco.signal("HUP");
      await(manager, "READY=1\nSTATUS=Working with 2 rules on ");
      Files.writeString(rules, "- rule: broken");
      falco.signal("HUP");
      await(manager, "READY=1\nSTATUS=Working with old rules");
      falco.signal("TERM");
      await(manager, "STOPPING=1");
      assertThat(falco.await()).isZero();
    }
    assertThat(told.stream().map(text -> text.split("[=\n]", 2)[0]))
        .filteredOn(name -> !name.equals("WATCHDOG"))
        .containsExactly("READY", "RELOADING", "READY", "RELOADING", "READY", "STOPPING");
  }
}
