package io.jfalco.output;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/** Gives each alert, as a line, to the standard input of a shell command. */
public final class ProgramOutput implements Output {
  private static final long EXIT_SECONDS = 1;

  private final String command;
  private final boolean keepAlive;
  private final boolean buffered;
  private Process process;

  /**
   * An output.
   *
   * @param command given to {@code sh -c}
   * @param keepAlive true for one process for all messages, false for one for each
   * @param buffered false to flush after each line
   */
  public ProgramOutput(String command, boolean keepAlive, boolean buffered) {
    this.command = command;
    this.keepAlive = keepAlive;
    this.buffered = buffered;
  }

  @Override
  public String name() {
    return "program";
  }

  @Override
  public void write(OutputMessage message) throws IOException {
    if (process == null) {
      process = open();
    }
    try {
      OutputStream input = process.getOutputStream();
      input.write(message.line());
      if (keepAlive && !buffered) {
        input.flush();
      }
    } catch (IOException e) {
      end(0);
      throw e;
    }
    if (!keepAlive) {
      end(Long.MAX_VALUE);
    }
  }

  private Process open() throws IOException {
    try {
      return new ProcessBuilder("/bin/sh", "-c", command)
          .redirectOutput(Redirect.INHERIT)
          .redirectError(Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new IOException(
          "Failed to open program output: " + command + " (error: " + e.getMessage() + ")", e);
    }
  }

  /** Closes the input and waits, so that at most one process of a kind runs. */
  private void end(long seconds) throws IOException {
    Process ending = process;
    process = null;
    try {
      ending.getOutputStream().close();
    } finally {
      try {
        ending.waitFor(seconds, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void reopen() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      end(EXIT_SECONDS);
    }
  }
}
