package io.jfalco.driver.capture;

import io.jfalco.event.EventFlag;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamInfo;
import io.jfalco.state.HostState;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a capture file that Falco, sysdig and {@link CaptureFileSource} read: the state of the
 * host, then events. Only its owner may read the file.
 *
 * <p>Owned by the event-loop thread. A thread of its own compresses and writes; in between is a
 * buffer of 16 MiB. When that is full, events are lost and counted, or waited for: see {@link
 * Overflow}.
 */
public final class CaptureWriter implements Closeable {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(OWNER);

  /** Readers take no longer blocks, those of large events apart. */
  private static final int MOST_BYTES = 1 << 16;

  /** Around a record: header of the block, CPU, flags, padding, length again. */
  private static final int AROUND = 8 + 2 + 4 + 3 + 4;

  /** In the header of a record, and bytes of the length of a parameter. */
  private static final int AT_LENGTH = 16;

  private static final int AT_COUNT = 22;
  private static final int LENGTH = 2;

  private static final int STATE_ONLY = 1;

  /** What happens to an event when the buffer is full. */
  public enum Overflow {
    /** It is lost and counted: where events come, whether or not they are taken. */
    LOSE,
    /** It waits: where the source does, too. */
    WAIT
  }

  private final CountingStream counted;
  private final ChunkSink sink;
  private final Overflow overflow;
  private ByteBuffer chunk;
  private long events;
  private long lost;
  private boolean ended;

  private CaptureWriter(CountingStream counted, OutputStream out, Overflow overflow) {
    this.counted = counted;
    this.sink = new ChunkSink(out);
    this.overflow = overflow;
    this.chunk = sink.await();
  }

  /**
   * Makes a file that is not there yet.
   *
   * @throws IOException also when it is there
   */
  public static CaptureWriter create(Path file, Overflow overflow) throws IOException {
    return open(file, true, overflow, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Makes a file, or begins one anew.
   *
   * @param compressed with gzip
   */
  public static CaptureWriter replace(Path file, boolean compressed, Overflow overflow)
      throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(file, OWNER);
    }
    return open(
        file,
        compressed,
        overflow,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static CaptureWriter open(
      Path file, boolean compressed, Overflow overflow, OpenOption... options) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file, Set.of(options), OWNER_ONLY);
    return to(Channels.newOutputStream(channel), compressed, overflow);
  }

  /** Writes to a stream, which is closed at the end. */
  static CaptureWriter to(OutputStream out, boolean compressed, Overflow overflow)
      throws IOException {
    CountingStream counted = new CountingStream(out);
    return new CaptureWriter(counted, compressed ? new Gzip(counted) : counted, overflow);
  }

  /** Fast, because on the host that is watched the processor is worth more than the disk. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, MOST_BYTES, true);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * Writes what a capture begins with. To be called once, before the first event.
   *
   * @param timestamp time of the state, nanoseconds since the epoch
   */
  public void state(HostState state, MachineInfo machine, long timestamp) {
    new StateWriter(this::block, timestamp).write(state, machine);
  }

  /** Writes an event; as state-only when it is. Allocates nothing while there is room. */
  public void event(EventView event) {
    event(event, event.isStateOnly());
  }

  /** Writes an event; state-only means that readers apply it, but no rule sees it. */
  public void event(EventView event, boolean stateOnly) {
    int ours = ours(event);
    int spare = spare(event, ours);
    int size = size(event, ours, spare);
    boolean large = event.type().info().is(EventFlag.LARGE_PAYLOAD);
    if (size + AROUND > (large ? ChunkSink.CHUNK : MOST_BYTES)) {
      lost++;
      return;
    }
    if (chunk == null || chunk.remaining() < size + AROUND) {
      next(overflow == Overflow.WAIT);
      if (chunk == null) {
        lost++;
        return;
      }
    }
    int start = chunk.position();
    chunk.putInt(BlockType.eventType(stateOnly, large)).putInt(0);
    chunk.putShort((short) event.cpu());
    if (stateOnly) {
      chunk.putInt(STATE_ONLY);
    }
    int at = chunk.position();
    put(event, at, ours, spare);
    chunk.position(at + size);
    while ((chunk.position() - start) % 4 != 0) {
      chunk.put((byte) 0);
    }
    int total = chunk.position() - start + 4;
    chunk.putInt(total);
    chunk.putInt(start + 4, total);
    events++;
  }

  /** How many of the parameters are ours; none when the record comes from such a capture. */
  private static int ours(EventView event) {
    List<ParamInfo> params = event.type().info().params();
    int counted = event.buffer().getInt(event.offset() + AT_COUNT);
    int first = Math.min(counted, params.size());
    while (first > 0 && params.get(first - 1).own()) {
      first--;
    }
    return counted > params.size() ? 0 : counted - first;
  }

  /** How many of those are left out, because they and all behind them are missing. */
  private static int spare(EventView event, int ours) {
    int last = event.paramCount();
    int first = last - ours;
    int kept = last;
    while (kept > first && event.isMissing(kept - 1)) {
      kept--;
    }
    return last - kept;
  }

  /** Bytes of a record as it is written. */
  private static int size(EventView event, int ours, int spare) {
    return event.length() - LENGTH * spare + (ours > spare ? EventView.OWN_TAIL : 0);
  }

  /** Puts a record into the chunk, those parameters of ours that are kept at its end. */
  private void put(EventView event, int at, int ours, int spare) {
    int size = size(event, ours, spare);
    if (ours == 0) {
      chunk.put(at, event.buffer(), event.offset(), size);
      return;
    }
    int falcos = event.paramCount() - ours;
    int lengths = EventView.HEADER_SIZE + LENGTH * falcos;
    int values = event.length() - lengths - LENGTH * ours;
    chunk.put(at, event.buffer(), event.offset(), lengths);
    chunk.put(at + lengths, event.buffer(), event.offset() + lengths + LENGTH * ours, values);
    chunk.putInt(at + AT_LENGTH, size);
    chunk.putInt(at + AT_COUNT, falcos);
    int kept = ours - spare;
    if (kept > 0) {
      int tail = at + lengths + values;
      chunk.put(tail, event.buffer(), event.offset() + lengths, LENGTH * kept);
      chunk.putShort(tail + LENGTH * kept, (short) kept);
      chunk.putInt(tail + LENGTH * kept + 2, EventView.OWN_MARK);
    }
  }

  /** A block of the state: never lost. */
  private void block(ByteBuffer block) {
    while (block.hasRemaining()) {
      if (!chunk.hasRemaining()) {
        next(true);
      }
      int size = Math.min(chunk.remaining(), block.remaining());
      chunk.put(chunk.position(), block, block.position(), size);
      chunk.position(chunk.position() + size);
      block.position(block.position() + size);
    }
  }

  private void next(boolean wait) {
    if (chunk != null) {
      sink.put(chunk);
    }
    chunk = wait ? sink.await() : sink.take();
  }

  /** Lets what was given so far reach the file soon. To be called now and then. */
  public void flush() {
    if (chunk != null && chunk.position() > 0) {
      next(false);
    }
  }

  /** Bytes of the file so far. What is still buffered does not count. */
  public long writtenBytes() {
    return counted.count();
  }

  /** Events taken. */
  public long events() {
    return events;
  }

  /** Events lost because the buffer was full, or that were too long for the format. */
  public long lost() {
    return lost;
  }

  /** Why nothing is written any more: the disk is full, for instance. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(sink.failure());
  }

  /** No more events come: what is left is written and the file closed, without waiting for it. */
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (chunk != null) {
      sink.put(chunk);
      chunk = null;
    }
    sink.end();
  }

  /** True when the file is closed, so that {@link #close} need not wait. */
  public boolean isEnded() {
    return ended && sink.isEnded();
  }

  /**
   * Writes what is left and waits until the file is closed.
   *
   * @throws IOException when not everything could be written
   */
  @Override
  public void close() throws IOException {
    end();
    sink.join();
  }
}
