package io.jfalco.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short programs that tests run to cause events. */
final class Commands {
  private Commands() {}

  /** Runs a program to its end; returns what it printed. Any exit code will do. */
  static String run(String... command) throws IOException, InterruptedException {
    return runIn(Path.of("/"), command);
  }

  static String runIn(Path directory, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("did not end: " + String.join(" ", command));
    }
    return output;
  }
}
