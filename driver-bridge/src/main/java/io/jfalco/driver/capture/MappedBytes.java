package io.jfalco.driver.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A plain file mapped into memory, piece by piece: no copy. A mapping lives until the collector
 * finds it unused, so views of the last event stay readable after {@link #close}.
 */
final class MappedBytes implements CaptureBytes {
  private final FileChannel channel;
  private final long size;
  private final int piece;
  private ByteBuffer map;
  private int position;
  private long before;

  /**
   * Maps the beginning of a file.
   *
   * @param channel the file
   * @param piece most bytes to map at once; more than any request for bytes
   */
  MappedBytes(FileChannel channel, int piece) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.piece = piece;
    remap(0);
  }

  @Override
  public ByteBuffer buffer() {
    return map;
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public int available() {
    return map.capacity() - position;
  }

  @Override
  public void advance(int count) {
    position += count;
  }

  @Override
  public long offset() {
    return before + position;
  }

  @Override
  public boolean has(int count) throws IOException {
    if (map.capacity() - position >= count) {
      return true;
    }
    if (before + map.capacity() < size) {
      remap(before + position);
    }
    return map.capacity() - position >= count;
  }

  private void remap(long from) throws IOException {
    map =
        channel
            .map(FileChannel.MapMode.READ_ONLY, from, Math.min(piece, size - from))
            .order(ByteOrder.LITTLE_ENDIAN);
    before = from;
    position = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
