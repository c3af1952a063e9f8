package io.jfalco.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends one line for each alert to a file, which only its owner can read when it is made here. A
 * line that a full disk takes in part is taken back, so that each line of the file is an alert.
 */
public final class FileOutput implements Output {
  private static final int BUFFER_BYTES = 8192;

  private final Path path;
  private final boolean keepAlive;
  private final boolean buffered;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private FileChannel file;

  /**
   * An output.
   *
   * @param path the file
   * @param keepAlive true to keep the file open between messages
   * @param buffered false to write each line at once; lines of a file that is not kept open always
   *     are
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
    if (file == null) {
      file = open();
    }
    waiting.writeBytes(message.line());
    if (!keepAlive) {
      close();
    } else if (!buffered || waiting.size() >= BUFFER_BYTES) {
      flush();
    }
  }

  private FileChannel open() throws IOException {
    try {
      return FileChannel.open(
          path,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new IOException("failed to open output file " + path, e);
    }
  }

  private void flush() throws IOException {
    ByteBuffer lines = ByteBuffer.wrap(waiting.toByteArray());
    waiting.reset();
    long size = file.size();
    try {
      while (lines.hasRemaining()) {
        file.write(lines);
      }
    } catch (IOException e) {
      IOException failure =
          new IOException("failed to write to output file " + path + ": " + e.getMessage(), e);
      takeBack(size, lines.position(), failure);
      throw failure;
    }
  }

  /** Cuts off what was written, unless somebody else has written since, or it is no file. */
  private void takeBack(long size, int written, IOException failure) {
    try {
      if (written > 0 && file.size() == size + written) {
        file.truncate(size);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void reopen() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      try {
        flush();
      } finally {
        FileChannel closing = file;
        file = null;
        closing.close();
      }
    }
  }
}
