package io.jfalco.output;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code file_output}. */
public final class FileProvider implements OutputProvider {
  private static final String FILE = "filename";
  private static final String KEEP_ALIVE = "keep_alive";

  @Override
  public String name() {
    return "file";
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public List<OutputKey> keys() {
    return List.of(
        OutputKey.enabled(false, "A file, appended to."),
        OutputKey.flag(
            KEEP_ALIVE,
            "Keep the file open between alerts; SIGUSR1 opens it again, for log rotation."),
        OutputKey.text(FILE, "", "./events.txt", "The file; alerts are appended."));
  }

  @Override
  public Optional<String> problem(OutputSettings settings) {
    return settings.text(FILE).isEmpty()
        ? Optional.of("file output enabled but no filename in configuration block")
        : Optional.empty();
  }

  @Override
  public Output open(OutputSettings settings) {
    return new FileOutput(
        Path.of(settings.text(FILE)), settings.truth(KEEP_ALIVE), settings.buffered());
  }
}
