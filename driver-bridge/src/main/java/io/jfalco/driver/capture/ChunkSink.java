package io.jfalco.driver.capture;

import io.jfalco.event.EventView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Takes filled buffers to a stream on a thread of its own, so that who fills them is not held up by
 * the disk. There are only so many buffers: when all are on their way, {@link #take} gives none.
 */
final class ChunkSink {
  static final int CHUNK = 1 << 18;

  private static final int MOST_CHUNKS = 64;

  private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(MOST_CHUNKS);
  private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(MOST_CHUNKS + 1);
  private final ByteBuffer end = ByteBuffer.allocate(0);
  private final OutputStream out;
  private final Thread thread;
  private int made;
  private volatile IOException failure;

  /**
   * Starts the thread.
   *
   * @param out closed at the end
   */
  ChunkSink(OutputStream out) {
    this.out = out;
    this.thread = new Thread(this::run, "capture-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** An empty buffer, or null when all are on their way. */
  ByteBuffer take() {
    ByteBuffer chunk = empty.poll();
    if (chunk == null && made < MOST_CHUNKS) {
      made++;
      chunk = EventView.newBuffer(CHUNK);
    }
    return chunk;
  }

  /** An empty buffer; waits for it. */
  ByteBuffer await() {
    ByteBuffer chunk = take();
    boolean interrupted = false;
    while (chunk == null) {
      try {
        chunk = empty.take();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return chunk;
  }

  /** Hands a buffer over that {@link #take} gave. */
  void put(ByteBuffer chunk) {
    full.add(chunk.flip());
  }

  /** Why nothing is written any more, or null. */
  IOException failure() {
    return failure;
  }

  /** After what was handed over the stream is to be closed. Does not wait. */
  void end() {
    full.add(end);
  }

  /** True when the stream is closed. */
  boolean isEnded() {
    return !thread.isAlive();
  }

  /** Waits until the stream is closed. */
  void join() throws IOException {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    byte[] copy = new byte[CHUNK];
    try (out) {
      boolean flushed = true;
      while (true) {
        ByteBuffer chunk = full.poll();
        if (chunk == null) {
          if (!flushed && failure == null) {
            flush();
          }
          flushed = true;
          chunk = full.take();
        }
        if (chunk.capacity() == 0) {
          break;
        }
        flushed = false;
        write(chunk, copy);
        empty.add(chunk.clear());
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new IOException("the writer was interrupted", e));
    }
  }

  /** After a failure buffers still come back, empty, so that nobody waits for ever. */
  private void write(ByteBuffer chunk, byte[] copy) {
    if (failure != null) {
      return;
    }
    int size = chunk.remaining();
    chunk.get(copy, 0, size);
    try {
      out.write(copy, 0, size);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    if (failure == null) {
      failure = e;
    }
  }
}
