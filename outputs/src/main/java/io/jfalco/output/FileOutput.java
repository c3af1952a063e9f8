package io.jfalco.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends one line for each alert to a file, which only its owner can read when it is made here.
 */
public final class FileOutput implements Output {
  private final Path path;
  private final boolean keepAlive;
  private final boolean buffered;
  private OutputStream out;

  /**
   * An output.
   *
   * @param path the file
   * @param keepAlive true to keep the file open between messages
   * @param buffered false to flush after each line
   */
  public FileOutput(Path path, boolean keepAlive, boolean buffered) {
    this.path = path;
    this.keepAlive = keepAlive;
    this.buffered = buffered;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public void write(OutputMessage message) throws IOException {
    if (out == null) {
      out = open();
    }
    out.write(message.line());
    if (!keepAlive) {
      close();
    } else if (!buffered) {
      out.flush();
    }
  }

  private OutputStream open() throws IOException {
    try {
      return new BufferedOutputStream(
          Channels.newOutputStream(
              Files.newByteChannel(
                  path,
                  Set.of(
                      StandardOpenOption.CREATE,
                      StandardOpenOption.WRITE,
                      StandardOpenOption.APPEND),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")))));
    } catch (IOException e) {
      throw new IOException("failed to open output file " + path, e);
    }
  }

  @Override
  public void reopen() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      OutputStream closing = out;
      out = null;
      closing.close();
    }
  }
}
