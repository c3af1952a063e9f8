package io.jfalco.driver;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.FdSpec;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Records of iterators that are applied to the state when all events before them have been.
 * Descriptors of a process come with rising numbers: those between two of them are not there.
 */
final class Corrections {
  /** There is nothing to correct. */
  static final Corrections NONE = new Corrections(new StateBuilder(new HostState()));

  /** Time of {@link #next} when nothing follows. */
  static final long NEVER = Long.MAX_VALUE;

  private final StateBuilder state;
  private final Queue<ByteBuffer> records = new ArrayDeque<>();
  private final EventView view = new EventView();
  private final ThreadSpec thread = new ThreadSpec();
  private final FdSpec fd = new FdSpec();

  /** The process whose descriptors come, or -1, and the number above the last one. */
  private long table = -1;

  private long free;

  /** Corrections of this state. */
  Corrections(StateBuilder state) {
    this.state = state;
  }

  /** Keeps a copy of a record; they come in the order of their times. */
  void add(EventView event) {
    byte[] copy = new byte[event.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = event.buffer().get(event.offset() + i);
    }
    records.add(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Time of the next record, or {@link #NEVER}: events up to it are to be applied first. */
  long next() {
    return peek() ? view.timestamp() : NEVER;
  }

  /** Applies the next record. */
  void apply() {
    if (!peek()) {
      return;
    }
    if (view.type() == EventType.ITER_TASK_E) {
      endTable();
      IteratedRecords.thread(view, state.state().bootTime(), thread);
      state.correct(thread);
    } else {
      descriptor();
    }
    records.remove();
    if (records.isEmpty()) {
      endTable();
    }
  }

  private void descriptor() {
    long pid = IteratedRecords.pid(view);
    if (pid != table) {
      endTable();
      table = pid;
    }
    IteratedRecords.descriptor(view, fd);
    state.removeFds(pid, free, fd.number() - 1);
    state.correct(pid, fd);
    free = fd.number() + 1;
  }

  private void endTable() {
    if (table >= 0) {
      state.removeFds(table, free, Long.MAX_VALUE);
    }
    table = -1;
    free = 0;
  }

  private boolean peek() {
    ByteBuffer record = records.peek();
    return record != null && view.wrap(record, 0, record.capacity()) == EventView.Check.OK;
  }
}
