package io.jfalco.driver.capture;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Reads the events of a capture, those of older drivers converted. */
final class EventReader {
  /** Most bytes of an event whose block is not a large one. */
  private static final int MAX_EVENT = 1 << 16;

  /** Most bytes of an event in a large block; longer ones are skipped and counted. */
  private static final int MAX_LARGE_EVENT = 1 << 24;

  private static final int FLAG_STATE_ONLY = 1;

  private final Blocks blocks;
  private final EventView view = new EventView();
  private final AtomicLongArray skipped;
  private final OldRecord oldRecord = new OldRecord();
  private final Converter converter = new Converter();
  private int sections;
  private boolean initial;
  private long number;

  /**
   * Reads events.
   *
   * @param blocks where they stand
   * @param skipped counts of the records that cannot be used, by the check that they failed
   */
  EventReader(Blocks blocks, AtomicLongArray skipped) {
    this.blocks = blocks;
    this.skipped = skipped;
  }

  /**
   * A section begins: its first events may complete the state that stands before them. They have
   * numbers of their own only in the first section, as in Falco.
   */
  void beginSection() {
    sections++;
    initial = true;
  }

  /** The last event, valid until the next is read. */
  EventView view() {
    return view;
  }

  /** Reads the event block at the current position; false when it holds none to deliver. */
  boolean read(int type) throws IOException, DamageException {
    long total = blocks.total();
    int prefix = BlockType.hasFlags(type) ? 6 : 2;
    boolean tooLong =
        total > (BlockType.isLarge(type) ? MAX_LARGE_EVENT : MAX_EVENT) + Blocks.HEADER;
    if (tooLong && BlockType.isLarge(type)) {
      blocks.skip();
      return skip(EventView.Check.BAD_LENGTH);
    }
    if (tooLong || total < Blocks.HEADER + Blocks.TRAILER + prefix) {
      throw new DamageException("the length of an event block is " + total);
    }
    int at = blocks.take((int) total);
    ByteBuffer buffer = blocks.buffer();
    int cpu = buffer.getShort(at + Blocks.HEADER) & 0xffff;
    int flags = prefix == 6 ? buffer.getInt(at + Blocks.HEADER + 2) : 0;
    int record = at + Blocks.HEADER + prefix;
    int size = (int) total - Blocks.HEADER - Blocks.TRAILER - prefix;
    EventView.Check check =
        BlockType.hasParamCount(type)
            ? view.wrap(buffer, record, size)
            : oldRecord.wrap(view, buffer, record, size);
    if (check != EventView.Check.OK) {
      return skip(check);
    }
    Converter.Outcome outcome = converter.convert(view);
    if (outcome == Converter.Outcome.UNUSABLE) {
      return skip(EventView.Check.BAD_PARAMS);
    }
    if (outcome == Converter.Outcome.DROPPED) {
      initial = false;
      return false;
    }
    boolean ofTheBeginning = isInitial();
    if (!ofTheBeginning || sections == 1) {
      number++;
    }
    view.position(cpu, number);
    view.stateOnly((flags & FLAG_STATE_ONLY) != 0 || ofTheBeginning || isOnlyForState(view.type()));
    return true;
  }

  private boolean skip(EventView.Check check) {
    skipped.incrementAndGet(check.ordinal());
    return false;
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
          SOCKET_CONNECT_E,
          SYSCALL_EXECVE_19_E,
          SYSCALL_EXECVEAT_E ->
          true;
      default -> false;
    };
  }

  static long sum(AtomicLongArray counts) {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  static Map<EventView.Check, Long> byCheck(AtomicLongArray counts) {
    Map<EventView.Check, Long> map = new EnumMap<>(EventView.Check.class);
    for (EventView.Check check : EventView.Check.values()) {
      if (counts.get(check.ordinal()) != 0) {
        map.put(check, counts.get(check.ordinal()));
      }
    }
    return map;
  }
}
