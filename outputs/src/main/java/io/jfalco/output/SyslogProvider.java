package io.jfalco.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code syslog_output}. */
public final class SyslogProvider implements OutputProvider {
  private static final Path DEV_LOG = Path.of("/dev/log");

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public int rank() {
    return 3;
  }

  @Override
  public List<OutputKey> keys() {
    return List.of(OutputKey.enabled(true, "The system's log, with the priority of the rule."));
  }

  @Override
  public Optional<Obstacle> obstacle(OutputSettings settings) {
    return Files.exists(DEV_LOG)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                DEV_LOG + " is not there: no system log listens",
                "start one (systemd-journald, rsyslog), or set syslog_output.enabled to false"));
  }

  @Override
  public Output open(OutputSettings settings) {
    Output syslog = new SyslogOutput(Syslog.open());
    return Journal.ofSyslog()
        .<Output>map(journal -> new JournalOutput(journal, syslog))
        .orElse(syslog);
  }
}
