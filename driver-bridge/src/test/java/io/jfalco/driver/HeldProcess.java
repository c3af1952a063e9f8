package io.jfalco.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program of native/test/hold, which stays as it is told until it is closed. */
final class HeldProcess implements AutoCloseable {
  static final Path PROGRAM = LiveHost.ROOT.resolve("native/build/hold");

  private final Process process;
  private final BufferedReader answers;

  /** Starts it, and waits until it is what it shall be. */
  HeldProcess(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.US_ASCII);
    expect("ready");
  }

  long pid() {
    return process.pid();
  }

  /** Says something, and waits for the answer. */
  void tell(String line, String answer) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    expect(answer);
  }

  private void expect(String answer) throws IOException {
    String line = answers.readLine();
    if (!answer.equals(line)) {
      process.destroy();
      throw new IOException("hold said " + line + " instead of " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
