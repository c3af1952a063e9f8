package io.jfalco.driver;

import io.jfalco.driver.proc.Snapshot;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.FdSpec;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.ThreadSpec;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * All threads and descriptors, read by BPF iterators after the programs have been attached. Events
 * that came before a thread was read wait in the rings then; applied to what was read later, some
 * give something wrong (a relative chdir, a dup of a number that is used anew). So the processes
 * that have such events are read a second time, with the time kept, and when the events up to that
 * time have been applied, the state is made to agree with it: {@link #corrections}.
 */
final class KernelSnapshot implements Snapshot {
  static final String THREADS = "iter_task";
  static final String FILES = "iter_task_file";

  /** How often processes are read again, at most: some 0.2 s, each pause twice the one before. */
  private static final int TRIES = 9;

  private static final long PAUSE_NANOS = 1_000_000;

  /** Numbers of system calls, plus one, whose events must not be applied to what they have done. */
  private static final BitSet UNSETTLED = new BitSet();

  static {
    for (String name : List.of("chdir", "fchdir", "chroot", "execve", "execveat")) {
      EventTable.syscall(name).ifPresent(call -> UNSETTLED.set(call.x8664() + 1));
    }
  }

  private final IteratorReader reader;
  private final Predicate<String> loaded;
  private final RingPeek waiting;
  private final ThreadSpec thread = new ThreadSpec();
  private final FdSpec fd = new FdSpec();
  private Corrections corrections = Corrections.NONE;
  private Optional<BpfError> failure = Optional.empty();

  /**
   * A snapshot.
   *
   * @param bpf the programs
   * @param loaded whether a program is among them; known when the snapshot is read
   * @param waiting the events that have not been delivered yet
   */
  KernelSnapshot(NativeBpf bpf, Predicate<String> loaded, RingPeek waiting) {
    this.reader = new IteratorReader(bpf);
    this.loaded = loaded;
    this.waiting = waiting;
  }

  /** What did not work, if anything. */
  Optional<BpfError> failure() {
    return failure;
  }

  /** What has to be applied to the state as its time comes. */
  Corrections corrections() {
    return corrections;
  }

  /** Records read, by the ordinals of their types. */
  long[] counts() {
    return reader.counts();
  }

  @Override
  public boolean addThreads(StateBuilder into) {
    long bootTime = into.state().bootTime();
    return read(
        THREADS,
        event -> {
          IteratedRecords.thread(event, bootTime, thread);
          into.add(thread);
        });
  }

  @Override
  public boolean addFds(StateBuilder into) {
    return loaded.test(FILES)
        && read(
            FILES,
            event -> {
              IteratedRecords.descriptor(event, fd);
              into.add(IteratedRecords.pid(event), fd);
            });
  }

  @Override
  public void added(StateBuilder into) {
    if (failure.isPresent()) {
      return;
    }
    BitSet active = new BitSet();
    waiting.read(event -> activeProcess(event, into, active));
    if (active.isEmpty()) {
      return;
    }
    Corrections kept = new Corrections(into);
    // The second time finds who was born the first time: his parent was not yet right then.
    for (int tries = 0; tries < 2 || tries < TRIES && !active.isEmpty(); tries++) {
      if (tries > 0) {
        LockSupport.parkNanos(PAUSE_NANOS << tries - 1);
      }
      if (!keep(active, kept, into, tries == TRIES - 1)) {
        return;
      }
    }
    corrections = kept;
  }

  /**
   * Keeps the records of these processes, and of those that are new. Only those remain that are to
   * be read once more: the directory of one that is in chdir may be the new one already, one that
   * is in exec may have closed half of its descriptors, and their events are still to come.
   */
  private boolean keep(BitSet active, Corrections kept, StateBuilder into, boolean last) {
    BitSet unsure = new BitSet();
    EventHandler handler =
        event -> {
          int pid = (int) IteratedRecords.pid(event);
          if (!active.get(pid) && into.state().thread(pid) != null) {
            return;
          }
          if (event.type() == EventType.ITER_TASK_E && isUnsettled(event) && !last) {
            unsure.set(pid);
          }
          if (!unsure.get(pid)) {
            kept.add(event);
          }
        };
    boolean done = read(THREADS, handler) && (!loaded.test(FILES) || read(FILES, handler));
    active.clear();
    active.or(unsure);
    return done;
  }

  private static boolean isUnsettled(EventView event) {
    return UNSETTLED.get(IteratedRecords.systemCall(event) + 1);
  }

  /** Notes the process of an event, and that of the child that the event tells of. */
  private static void activeProcess(EventView event, StateBuilder into, BitSet active) {
    note(event.tid(), into, active);
    EventType type = event.type();
    if (type == EventType.SYSCALL_CLONE_20_X
        || type == EventType.SYSCALL_CLONE3_X
        || type == EventType.SYSCALL_FORK_20_X
        || type == EventType.SYSCALL_VFORK_20_X) {
      note(event.s64(0, -1), into, active);
      note(event.s64(4, -1), into, active);
    }
  }

  private static void note(long tid, StateBuilder into, BitSet active) {
    if (tid <= 0 || tid > Integer.MAX_VALUE) {
      return;
    }
    ThreadInfo known = into.state().thread(tid);
    active.set((int) (known == null || known.pid() <= 0 ? tid : known.pid()));
  }

  private boolean read(String program, EventHandler handler) {
    try {
      reader.read(program, handler);
      return true;
    } catch (BpfError error) {
      failure = Optional.of(error);
      return false;
    }
  }
}
