package io.jfalco.driver.capture;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.SourceStats;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Replays a capture file: {@link #open} reads the state of the host that the capture begins with
 * into the given state, {@link #poll} delivers the events as fast as they are taken.
 *
 * <p>Events are numbered from 1, state-only ones included. The events about users, groups and
 * containers that stand before the first other event complete the state of the beginning: they are
 * delivered as state-only.
 *
 * <p>A record that contradicts its own lengths is counted and skipped. Where the blocks of the file
 * contradict each other, everything before that point is delivered, then {@code poll} throws.
 */
public final class CaptureFileSource implements EventSource {
  /** Most bytes of an event whose block is not a large one. */
  private static final int MAX_EVENT = 1 << 16;

  /** Most bytes of an event in a large block; longer ones are skipped and counted. */
  private static final int MAX_LARGE_EVENT = 1 << 24;

  private static final long MAP_FROM = 1 << 22;
  private static final int MAP_PIECE = 1 << 30;
  private static final int BLOCK_HEADER = 8;
  private static final int TRAILER = 4;
  private static final int FLAG_STATE_ONLY = 1;

  private final Path file;
  private final HostState state;
  private final EventView view = new EventView();
  private final AtomicLongArray skipped = new AtomicLongArray(EventView.Check.values().length);
  private final OldRecord oldRecord = new OldRecord();
  private final RecordedUsers recordedUsers;
  private CaptureBytes bytes;
  private BlockReader block;
  private PrologueReader prologue;
  private DriverException failure;
  private long blockStart;
  private boolean initial;
  private boolean ended;
  private long number;
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
    this.recordedUsers = new RecordedUsers(state);
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
      bytes = openBytes();
      block = new BlockReader(bytes);
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
    if (ended || stopped || bytes == null) {
      return END;
    }
    long before = number;
    int count = 0;
    try {
      while (count < limit && step()) {
        if (number != before) {
          before = number;
          count++;
          handler.onEvent(view);
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
    seen = number + skippedTotal();
    delivered = number;
    if (count > 0) {
      return count;
    }
    return failure != null ? poll(handler, limit) : END;
  }

  /** Goes over one block; false at the end. When it held an event, {@link #number} has grown. */
  private boolean step() throws IOException, DamageException {
    blockStart = bytes.offset();
    if (!bytes.has(BLOCK_HEADER)) {
      if (bytes.available() > 0) {
        throw new DamageException("the file ends inside the header of a block");
      }
      return false;
    }
    int type = bytes.buffer().getInt(bytes.position());
    if (BlockType.kind(type) == BlockType.Kind.EVENT) {
      event(type);
      return true;
    }
    if (type == BlockType.SECTION_HEADER) {
      throw new DamageException("a second section begins here, which this version cannot read");
    }
    if (BlockType.kind(type) != BlockType.Kind.UNKNOWN) {
      throw new DamageException(
          "a block of type 0x" + Integer.toHexString(type) + " stands among the events");
    }
    long total = beginBlock();
    block.finish();
    endBlock(total);
    return true;
  }

  private void readPrologue() throws IOException, DamageException {
    if (!bytes.has(BLOCK_HEADER)
        || bytes.buffer().getInt(bytes.position()) != BlockType.SECTION_HEADER) {
      throw new DamageException("this is not a capture");
    }
    StateBuilder builder = new StateBuilder(state);
    prologue = new PrologueReader(block, builder);
    long total = beginBlock();
    prologue.section();
    endBlock(total);
    while (bytes.has(BLOCK_HEADER)) {
      int type = bytes.buffer().getInt(bytes.position());
      if (BlockType.kind(type) == BlockType.Kind.EVENT
          || BlockType.kind(type) == BlockType.Kind.SECTION) {
        break;
      }
      total = beginBlock();
      prologue.block(type);
      endBlock(total);
    }
    builder.finish();
    initial = true;
  }

  /** Steps over the header of a block and returns the length of the whole block. */
  private long beginBlock() throws DamageException {
    blockStart = bytes.offset();
    long total = bytes.buffer().getInt(bytes.position() + 4) & 0xffffffffL;
    if (total < BLOCK_HEADER + TRAILER) {
      throw new DamageException("the length of a block is " + total);
    }
    bytes.advance(BLOCK_HEADER);
    block.begin(total - BLOCK_HEADER - TRAILER);
    return total;
  }

  /** Steps over the length that stands behind a block again. */
  private void endBlock(long total) throws IOException, DamageException {
    if (!bytes.has(TRAILER)) {
      throw new DamageException("the file ends inside a block");
    }
    checkTrailer(total, bytes.buffer().getInt(bytes.position()));
    bytes.advance(TRAILER);
  }

  private static void checkTrailer(long total, int again) throws DamageException {
    if (again != (int) total) {
      throw new DamageException(
          "the length of a block is "
              + total
              + " before it and "
              + (again & 0xffffffffL)
              + " behind it");
    }
  }

  private void event(int type) throws IOException, DamageException {
    long total = bytes.buffer().getInt(bytes.position() + 4) & 0xffffffffL;
    int prefix = BlockType.hasFlags(type) ? 6 : 2;
    boolean tooLong =
        total > (BlockType.isLarge(type) ? MAX_LARGE_EVENT : MAX_EVENT) + BLOCK_HEADER;
    if (tooLong && BlockType.isLarge(type)) {
      beginBlock();
      block.finish();
      endBlock(total);
      skip(EventView.Check.BAD_LENGTH);
      return;
    }
    if (tooLong || total < BLOCK_HEADER + TRAILER + prefix) {
      throw new DamageException("the length of an event block is " + total);
    }
    if (!bytes.has((int) total)) {
      throw new DamageException("the file ends inside an event");
    }
    ByteBuffer buffer = bytes.buffer();
    int at = bytes.position();
    checkTrailer(total, buffer.getInt(at + (int) total - TRAILER));
    bytes.advance((int) total);
    int cpu = buffer.getShort(at + BLOCK_HEADER) & 0xffff;
    int flags = prefix == 6 ? buffer.getInt(at + BLOCK_HEADER + 2) : 0;
    int record = at + BLOCK_HEADER + prefix;
    int size = (int) total - BLOCK_HEADER - TRAILER - prefix;
    EventView.Check check =
        BlockType.hasParamCount(type)
            ? view.wrap(buffer, record, size)
            : oldRecord.wrap(view, buffer, record, size);
    if (check != EventView.Check.OK) {
      skip(check);
      return;
    }
    refuseOldSchema(view.type().info());
    number++;
    view.position(cpu, number);
    if ((flags & FLAG_STATE_ONLY) != 0) {
      recordedUsers.take(view);
    }
    view.stateOnly((flags & FLAG_STATE_ONLY) != 0 || isInitial() || isOnlyForState(view.type()));
  }

  private void skip(EventView.Check check) {
    skipped.incrementAndGet(check.ordinal());
  }

  private long skippedTotal() {
    long sum = 0;
    for (int i = 0; i < skipped.length(); i++) {
      sum += skipped.get(i);
    }
    return sum;
  }

  /** True for the events that complete the state of the beginning. */
  private boolean isInitial() {
    if (initial) {
      initial =
          switch (view.type()) {
            case CONTAINER_JSON_2_E,
                USER_ADDED_E,
                USER_DELETED_E,
                GROUP_ADDED_E,
                GROUP_DELETED_E,
                ASYNCEVENT_E ->
                true;
            default -> false;
          };
    }
    return initial;
  }

  /** True for what was taken before a call ran, only to check it against the end of the call. */
  private static boolean isOnlyForState(EventType type) {
    return switch (type) {
      case SYSCALL_OPEN_E,
          SYSCALL_CREAT_E,
          SYSCALL_OPENAT_2_E,
          SYSCALL_OPENAT2_E,
          SOCKET_CONNECT_E ->
          true;
      default -> false;
    };
  }

  private static void refuseOldSchema(EventInfo info) throws DamageException {
    if (!info.isLive()) {
      throw new DamageException(
          "it holds events of an older driver schema, the first is number "
              + info.type().ordinal()
              + " ("
              + info.name()
              + "), where schema "
              + EventTable.SCHEMA_VERSION
              + " is expected",
          "record it again with a driver of today");
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public SourceStats stats() {
    Map<EventView.Check, Long> counts = new EnumMap<>(EventView.Check.class);
    for (EventView.Check check : EventView.Check.values()) {
      if (skipped.get(check.ordinal()) != 0) {
        counts.put(check, skipped.get(check.ordinal()));
      }
    }
    return SourceStats.ofFile(seen, delivered, counts);
  }

  @Override
  public void close() {
    ended = true;
    if (bytes != null) {
      try {
        bytes.close();
      } catch (IOException e) {
        // nothing was written, so nothing is lost
        bytes = null;
        return;
      }
      bytes = null;
    }
  }

  private DriverException unreadable(IOException e) {
    String reason =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e.getMessage() + (bytes == null ? "" : at());
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
    return " (block at byte " + blockStart + ")";
  }
}
