package io.jfalco.output;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code program_output}. */
public final class ProgramProvider implements OutputProvider {
  private static final String PROGRAM = "program";
  private static final String KEEP_ALIVE = "keep_alive";

  /** The name of a program, not something for the shell. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+-]+");

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
  public Optional<Obstacle> obstacle(OutputSettings settings) {
    String command = settings.text(PROGRAM).strip().split("\\s+", 2)[0];
    if (!PLAIN.matcher(command).matches()) {
      // Only a shell could tell what it would run.
      return Optional.empty();
    }
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "command -v \"$0\"", command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return shell.waitFor() == 0
          ? Optional.empty()
          : Optional.of(
              new Obstacle(
                  "the shell does not find " + command,
                  "install it, or change program_output.program"));
    } catch (IOException e) {
      return Optional.of(new Obstacle("/bin/sh: " + e.getMessage(), "install a shell"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public Output open(OutputSettings settings) {
    return new ProgramOutput(
        settings.text(PROGRAM), settings.truth(KEEP_ALIVE), settings.buffered());
  }
}
