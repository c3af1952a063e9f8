package io.jfalco.output;

import java.nio.file.Files;
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
  public Optional<Obstacle> obstacle(OutputSettings settings) {
    Path file = Path.of(settings.text(FILE)).toAbsolutePath();
    Path folder = file.getParent();
    if (Files.isDirectory(file)) {
      return obstacle(file + " is a directory", "name a file in it");
    }
    if (Files.exists(file)) {
      return Files.isWritable(file)
          ? Optional.empty()
          : obstacle(file + " may not be written", "let the daemon's user write to it");
    }
    if (!Files.isDirectory(folder)) {
      return obstacle(folder + " is not there", "create it");
    }
    return Files.isWritable(folder)
        ? Optional.empty()
        : obstacle("no file may be made in " + folder, "let the daemon's user write there");
  }

  private static Optional<Obstacle> obstacle(String text, String fix) {
    return Optional.of(new Obstacle(text, fix + ", or change file_output.filename"));
  }

  @Override
  public Output open(OutputSettings settings) {
    return new FileOutput(
        Path.of(settings.text(FILE)), settings.truth(KEEP_ALIVE), settings.buffered());
  }
}
