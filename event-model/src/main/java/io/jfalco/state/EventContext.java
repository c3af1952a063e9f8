package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventView;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An event together with the state that it refers to, as {@link StateUpdater#apply} left it. One
 * object is reused for all events of a loop; owned by the event-loop thread.
 */
public final class EventContext {
  /** Evaluations that a context can number before it would reach the numbers of the next one. */
  private static final long EVALUATIONS = 1L << 46;

  private static final AtomicLong CONTEXTS = new AtomicLong();

  private final HostState state;
  private long evaluation = CONTEXTS.incrementAndGet() * EVALUATIONS;
  private final NamesFromEvents names = new NamesFromEvents();
  EventView event;
  ThreadInfo thread;
  FdInfo fd;
  long fdNumber = -1;
  boolean fdNameChanged;
  private ContainerInfo told;
  private long runTime;
  private long userTime;
  private long systemTime;
  long firstTimestamp;
  long previousTimestamp;

  /** A context over a state. */
  public EventContext(HostState state) {
    this.state = state;
  }

  /** Starts with the next event. */
  void begin(EventView next) {
    evaluation++;
    event = next;
    thread = null;
    fd = null;
    fdNumber = -1;
    fdNameChanged = false;
    told = null;
    runTime = 0;
    userTime = 0;
    systemTime = 0;
  }

  /** The event itself tells of this container. */
  void told(ContainerInfo info) {
    told = info;
  }

  /** The event is a context switch of a thread that ran so long, in nanoseconds. */
  void ran(long time) {
    runTime = time;
  }

  /** The event tells of a thread's CPU time; these are what the one before told. */
  void usedBefore(long user, long system) {
    userTime = user;
    systemTime = system;
  }

  /** The event has created this descriptor; it has no number where no table can hold it. */
  void created(FdInfo descriptor, long number) {
    fd = descriptor;
    fdNumber = thread != null && thread.fds() == FdTable.UNKNOWN ? -1 : number;
    fdNameChanged = descriptor != null && !descriptor.name.isEmpty();
  }

  /**
   * Writes what {@code fd.name} shows when {@link #fd()} is null, because the call failed or
   * nothing is known of the descriptor: the path or tuple of the event itself, or nothing.
   *
   * <p>Only events that create, use or close a descriptor have such a value.
   *
   * @param raw for {@code fd.nameraw}: the path of openat as the caller gave it
   * @return false when there is no value; true with an empty text is an empty value
   */
  public boolean nameFromEvent(Bytes out, boolean raw) {
    return names.fromEvent(this, out, raw);
  }

  /**
   * Starts another evaluation of conditions on this event: what was read of the event and the state
   * before is not used again.
   */
  public void nextEvaluation() {
    evaluation++;
  }

  /**
   * Number of the evaluation, never the same for two events or two contexts and never 0. Values
   * that were read under this number are still good.
   */
  public long evaluation() {
    return evaluation;
  }

  /** The state of the host. */
  public HostState state() {
    return state;
  }

  /** The current event. */
  public EventView event() {
    return event;
  }

  /**
   * What is known of the container that the event tells of or happened in, {@code host} included;
   * null when nothing is.
   */
  public ContainerInfo containerInfo() {
    if (told != null) {
      return told;
    }
    return thread == null ? null : thread.container().info();
  }

  /** True when the event itself tells of a container, in whatever thread it came. */
  public boolean tellsOfContainer() {
    return told != null;
  }

  /** The thread that caused the event, or null when it is unknown. */
  public ThreadInfo thread() {
    return thread;
  }

  /** The descriptor that the event creates, uses or closed, or null. */
  public FdInfo fd() {
    return fd;
  }

  /**
   * The number of that descriptor even if nothing is known of it, or -1. Of events that create two
   * it is the second.
   */
  public long fdNumber() {
    return fdNumber;
  }

  /** True when this event changed the name of the descriptor (tuple of a socket). */
  public boolean isFdNameChanged() {
    return fdNameChanged;
  }

  /** For context switches: CPU time since the one before on this CPU, nanoseconds; else 0. */
  public long runTime() {
    return runTime;
  }

  /** For process information: the thread's CPU time in user mode that was told before, or 0. */
  public long previousUserTime() {
    return userTime;
  }

  /** For process information: the thread's CPU time in the kernel that was told before, or 0. */
  public long previousSystemTime() {
    return systemTime;
  }

  /** Time of the first event that was seen, nanoseconds since the epoch. */
  public long firstTimestamp() {
    return firstTimestamp;
  }

  /** Time of the event before this one, nanoseconds since the epoch; 0 for the first. */
  public long previousTimestamp() {
    return previousTimestamp;
  }
}
