package io.jfalco.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** One line for each alert to standard output. */
public final class StdoutOutput implements Output {
  private final BufferedOutputStream out;
  private final boolean buffered;

  /**
   * An output.
   *
   * @param stream where to write, not closed by this output
   * @param buffered false to flush after each line
   */
  public StdoutOutput(OutputStream stream, boolean buffered) {
    this.out = new BufferedOutputStream(stream, 8192);
    this.buffered = buffered;
  }

  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public void write(OutputMessage message) throws IOException {
    out.write(message.line());
    if (!buffered) {
      out.flush();
    }
  }

  @Override
  public void reopen() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
