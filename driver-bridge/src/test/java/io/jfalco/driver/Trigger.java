package io.jfalco.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program of native/test, which makes system calls and says what records they must give. */
final class Trigger {
  /** fds that nobody has: closing them marks where the part that counts begins and ends. */
  static final long MARK_BEGIN = 0x7a000001;

  static final long MARK_END = 0x7a000002;

  /** Closed by the first thread after all calls of a case. */
  static final long MARK_DONE = 0x7a000003;

  private final Path program;

  Trigger(Path root) {
    program = root.resolve("native/build/trigger");
  }

  boolean isBuilt() {
    return Files.isExecutable(program);
  }

  /** Names of all cases. */
  List<String> cases() throws IOException, InterruptedException {
    return output(start("--list"));
  }

  /** Starts a case; it prints its lines after the last system call. */
  Process start(String name) throws IOException {
    return new ProcessBuilder(program.toString(), name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Waits for a case and returns what it expects. */
  static List<ExpectedRecord> expectations(Process process)
      throws IOException, InterruptedException {
    return output(process).stream().map(ExpectedRecord::parse).toList();
  }

  private static List<String> output(Process process) throws IOException, InterruptedException {
    byte[] output = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException("trigger ended with " + process.exitValue());
    }
    return new String(output, StandardCharsets.US_ASCII).lines().toList();
  }
}
