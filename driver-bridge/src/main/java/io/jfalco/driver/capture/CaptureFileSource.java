package io.jfalco.driver.capture;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.SourceStats;
import io.jfalco.driver.container.ContainerJson;
import io.jfalco.event.EventView;
import io.jfalco.state.ContainerLookup;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Replays a capture file: {@link #open} reads the state of the host that the capture begins with
 * into the given state, {@link #poll} delivers the events as fast as they are taken.
 *
 * <p>Events are numbered from 1, state-only ones included. The events about users, groups and
 * containers that stand before the first other event complete the state of the beginning: they are
 * delivered as state-only. Events of older drivers are converted. Where another section begins in
 * the file (captures may be appended to one another), the state starts anew, and the numbers go on.
 *
 * <p>A record that contradicts its own lengths is counted and skipped. Where the blocks of the file
 * contradict each other, everything before that point is delivered, then {@code poll} throws.
 */
public final class CaptureFileSource implements EventSource {
  private static final long MAP_FROM = 1 << 22;
  private static final int MAP_PIECE = 1 << 30;

  private final Path file;
  private final HostState state;
  private final AtomicLongArray skipped = new AtomicLongArray(EventView.Check.values().length);
  private Blocks blocks;
  private EventReader events;
  private PrologueReader prologue;
  private DriverException failure;
  private boolean ended;
  private long passed;
  private volatile boolean stopped;
  private volatile long seen;
  private volatile long delivered;

  /**
   * A source that replays a file.
   *
   * @param file the capture, plain or compressed with gzip
   * @param state where the state of the beginning goes; must be empty when {@link #open} is called
   */
  public CaptureFileSource(Path file, HostState state) {
    this.file = file;
    this.state = state;
  }

  @Override
  public String name() {
    return file.toString();
  }

  /**
   * The machine that the capture was recorded on, after {@link #open}; empty if it says nothing.
   */
  public Optional<MachineInfo> machineInfo() {
    return prologue == null ? Optional.empty() : Optional.ofNullable(prologue.machineInfo());
  }

  @Override
  public void open() throws DriverException {
    try {
      blocks = new Blocks(openBytes());
      events = new EventReader(blocks, skipped);
      if (!blocks.next() || blocks.type() != BlockType.SECTION_HEADER) {
        throw new DamageException("this is not a capture");
      }
      state.containers().lookup(ContainerLookup.NONE);
      state.containers().reader(new ContainerJson());
      readPrologue();
    } catch (IOException e) {
      throw unreadable(e);
    } catch (DamageException e) {
      throw damaged(e);
    }
  }

  private CaptureBytes openBytes() throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      ByteBuffer start = EventView.newBuffer(2);
      int size = channel.read(start, 0);
      if (size == 2 && GzipFeed.isGzip(start.get(0) & 0xff, start.get(1) & 0xff)) {
        return new WindowedBytes(new GzipFeed(channel));
      }
      return channel.size() >= MAP_FROM
          ? new MappedBytes(channel, MAP_PIECE)
          : new WindowedBytes(new PlainFeed(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void start() {
    // the file waits
  }

  @Override
  public int poll(EventHandler handler, int limit) throws DriverException {
    if (failure != null) {
      DriverException once = failure;
      failure = null;
      ended = true;
      throw once;
    }
    if (ended || stopped || blocks == null) {
      return END;
    }
    int count = 0;
    try {
      while (count < limit && blocks.next()) {
        if (step()) {
          count++;
          handler.onEvent(events.view());
        }
      }
      ended = count < limit;
    } catch (IOException e) {
      failure = unreadable(e);
    } catch (DamageException e) {
      failure = damaged(e);
    } catch (InternalError e) {
      failure = unreadable(new IOException("the file was cut while it was read", e));
    }
    passed += count;
    delivered = passed;
    seen = passed + EventReader.sum(skipped);
    if (count > 0) {
      return count;
    }
    return failure != null ? poll(handler, limit) : END;
  }

  /** Goes over one block; true when it held an event to deliver. */
  private boolean step() throws IOException, DamageException {
    int type = blocks.type();
    switch (BlockType.kind(type)) {
      case EVENT -> {
        return events.read(type);
      }
      case SECTION -> {
        state.clear();
        readPrologue();
      }
      case UNKNOWN -> blocks.skip();
      case MACHINE, PROCESSES, DESCRIPTORS, INTERFACES, USERS ->
          throw new DamageException(
              "a block of type 0x" + Integer.toHexString(type) + " stands among the events");
    }
    return false;
  }

  /** Reads a section header, and what stands between it and the events. */
  private void readPrologue() throws IOException, DamageException {
    StateBuilder builder = new StateBuilder(state);
    prologue = new PrologueReader(blocks.body(), builder);
    long total = blocks.begin();
    prologue.section();
    blocks.end(total);
    while (blocks.next()) {
      int type = blocks.type();
      if (BlockType.kind(type) == BlockType.Kind.EVENT
          || BlockType.kind(type) == BlockType.Kind.SECTION) {
        break;
      }
      total = blocks.begin();
      prologue.block(type);
      blocks.end(total);
    }
    builder.finish();
    events.beginSection();
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public SourceStats stats() {
    return SourceStats.ofFile(seen, delivered, EventReader.byCheck(skipped));
  }

  @Override
  public void close() {
    ended = true;
    if (blocks != null) {
      try {
        blocks.close();
      } catch (IOException e) {
        // nothing was written, so nothing is lost
        blocks = null;
        return;
      }
      blocks = null;
    }
  }

  private DriverException unreadable(IOException e) {
    String reason =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e.getMessage() + (blocks == null ? "" : at());
    return new DriverException(
        DriverException.Code.CAPTURE_UNREADABLE, "reading the capture " + file, 0, reason, "", e);
  }

  private DriverException damaged(DamageException e) {
    return new DriverException(
        DriverException.Code.CAPTURE_INVALID,
        "reading the capture " + file,
        0,
        e.getMessage() + at(),
        e.fix(),
        e);
  }

  private String at() {
    return " (block at byte " + blocks.start() + ")";
  }
}
