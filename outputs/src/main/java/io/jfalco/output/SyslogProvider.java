package io.jfalco.output;

import java.util.List;

/** {@code syslog_output}. */
public final class SyslogProvider implements OutputProvider {
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
  public Output open(OutputSettings settings) {
    Output syslog = new SyslogOutput(Syslog.open());
    return Journal.ofSyslog()
        .<Output>map(journal -> new JournalOutput(journal, syslog))
        .orElse(syslog);
  }
}
