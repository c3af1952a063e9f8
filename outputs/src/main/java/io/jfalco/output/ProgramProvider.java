package io.jfalco.output;

import java.util.List;
import java.util.Optional;

/** {@code program_output}. */
public final class ProgramProvider implements OutputProvider {
  private static final String PROGRAM = "program";
  private static final String KEEP_ALIVE = "keep_alive";

  @Override
  public String name() {
    return "program";
  }

  @Override
  public int rank() {
    return 4;
  }

  @Override
  public List<OutputKey> keys() {
    return List.of(
        OutputKey.enabled(false, "Standard input of a shell command."),
        OutputKey.flag(
            KEEP_ALIVE, "One process for all alerts, not one for each; SIGUSR1 starts it again."),
        OutputKey.text(
            PROGRAM,
            "",
            "logger -t falco-alert",
            "A shell command; each alert is a line of its standard input."));
  }

  @Override
  public Optional<String> problem(OutputSettings settings) {
    return settings.text(PROGRAM).isEmpty()
        ? Optional.of("program output enabled but no program in configuration block")
        : Optional.empty();
  }

  @Override
  public Output open(OutputSettings settings) {
    return new ProgramOutput(
        settings.text(PROGRAM), settings.truth(KEEP_ALIVE), settings.buffered());
  }
}
