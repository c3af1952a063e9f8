package io.jfalco.driver.capture;

import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A window that moves over a feed. It grows only by bytes that really came, so that a corrupt
 * length costs no memory.
 */
final class WindowedBytes implements CaptureBytes {
  static final int INITIAL = 1 << 18;

  private final Feed feed;
  private ByteBuffer window = EventView.newBuffer(INITIAL);
  private int position;
  private int end;
  private long before;
  private boolean ended;

  WindowedBytes(Feed feed) {
    this.feed = feed;
  }

  @Override
  public ByteBuffer buffer() {
    return window;
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public int available() {
    return end - position;
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
    return end - position >= count || fill(count);
  }

  private boolean fill(int count) throws IOException {
    while (end - position < count) {
      if (ended) {
        return false;
      }
      if (end == window.capacity()) {
        makeRoom();
      }
      window.limit(window.capacity()).position(end);
      int size;
      try {
        size = feed.read(window);
      } finally {
        window.clear();
      }
      if (size < 0) {
        ended = true;
      } else {
        end += size;
      }
    }
    return true;
  }

  private void makeRoom() {
    window.limit(end).position(position);
    if (position == 0) {
      window = EventView.newBuffer(window.capacity() * 2).put(window);
    } else {
      window.compact();
    }
    window.clear();
    before += position;
    end -= position;
    position = 0;
  }

  @Override
  public void close() throws IOException {
    feed.close();
  }
}
