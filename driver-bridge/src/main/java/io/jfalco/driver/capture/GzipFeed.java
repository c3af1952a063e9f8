package io.jfalco.driver.capture;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of a gzip file, decompressed straight into the caller's buffer. Members that follow one
 * another are one stream; anything else behind a member is ignored, as gzip does. When the data are
 * damaged, everything that could be decompressed before is delivered first.
 */
final class GzipFeed implements Feed {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATED = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private static final String EARLY_END = "the compressed data end early";

  private final FileChannel channel;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final ByteBuffer input =
      ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN).flip();
  private boolean inMember;
  private boolean anyMember;
  private boolean ended;
  private IOException damage;

  GzipFeed(FileChannel channel) {
    this.channel = channel;
  }

  /** True when the first two bytes of a file are those of gzip. */
  static boolean isGzip(int first, int second) {
    return (second << 8 | first) == MAGIC;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (damage != null) {
      throw damage;
    }
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        return -1;
      }
      int size = inflate(into);
      if (size > 0) {
        return size;
      }
      if (damage != null) {
        throw damage;
      }
    }
    return -1;
  }

  /** Decompresses what fits; 0 when the member ended or is damaged. */
  private int inflate(ByteBuffer into) throws IOException {
    int start = into.position();
    long before = inflater.getBytesWritten();
    try {
      while (true) {
        inflater.setInput(input);
        inflater.inflate(into);
        int size = (int) (inflater.getBytesWritten() - before);
        if (size > 0) {
          return taken(into, start, size);
        }
        if (inflater.finished()) {
          endMember();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw new DataFormatException("a preset dictionary is needed");
        }
        if (input.hasRemaining()) {
          throw new DataFormatException("no progress");
        }
        if (!fill(1)) {
          throw new EOFException(EARLY_END);
        }
      }
    } catch (DataFormatException e) {
      damage = new IOException("the compressed data are damaged: " + e.getMessage(), e);
      return taken(into, start, (int) (inflater.getBytesWritten() - before));
    }
  }

  private int taken(ByteBuffer into, int start, int size) {
    int limit = into.limit();
    into.limit(start + size).position(start);
    crc.update(into);
    into.limit(limit);
    return size;
  }

  private void endMember() throws IOException {
    inMember = false;
    if (!fill(8)) {
      damage = new EOFException(EARLY_END);
      return;
    }
    long expectedCrc = input.getInt() & 0xffffffffL;
    long expectedSize = input.getInt() & 0xffffffffL;
    if (expectedCrc != crc.getValue()
        || expectedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
      damage = new IOException("the check sum of the compressed data is wrong");
    }
    inflater.reset();
    crc.reset();
  }

  /** Reads the header of the next member; false when there is none. */
  private boolean beginMember() throws IOException {
    boolean first = !anyMember;
    if (!fill(10) || (input.getShort(input.position()) & 0xffff) != MAGIC) {
      if (first) {
        throw new IOException("the compressed data have no header");
      }
      return false;
    }
    input.position(input.position() + 2);
    int method = input.get();
    int flags = input.get();
    input.position(input.position() + 6);
    if (method != DEFLATED) {
      throw new IOException("the compression is of an unknown kind (" + method + ")");
    }
    skipHeader(flags);
    inMember = true;
    anyMember = true;
    return true;
  }

  private void skipHeader(int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      int size = nextByte() | nextByte() << 8;
      for (int i = 0; i < size; i++) {
        nextByte();
      }
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      nextByte();
      nextByte();
    }
  }

  private void skipText() throws IOException {
    int last;
    do {
      last = nextByte();
    } while (last != 0);
  }

  private int nextByte() throws IOException {
    if (!fill(1)) {
      throw new EOFException(EARLY_END);
    }
    return input.get() & 0xff;
  }

  /** Makes sure that so many compressed bytes are there; false at the end of the file. */
  private boolean fill(int wanted) throws IOException {
    while (input.remaining() < wanted) {
      input.compact();
      int size = channel.read(input);
      input.flip();
      if (size < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    channel.close();
  }
}
