package io.jfalco.driver;

import java.util.List;

/**
 * A stream of events: this host's system calls, a capture file, nothing at all.
 *
 * <p>Life: {@link #open}, {@link #start}, any number of {@link #poll}, {@link #close}. All by one
 * thread, except {@link #stop}, {@link #stats} and {@link #problems}, which any thread may call.
 * {@code close} is allowed at any point, also after a failed {@code open}, and more than once.
 */
public interface EventSource extends AutoCloseable {
  /** Returned by {@link #poll} when no event will ever follow. */
  int END = -1;

  /** What the source is, for log lines: {@code modern_ebpf}, or the name of a capture file. */
  String name();

  /**
   * Takes hold of everything the source needs, so that what can fail fails here. Nothing is
   * gathered yet.
   *
   * @throws DriverException when the host or the file does not allow it
   */
  void open() throws DriverException;

  /**
   * Lets events flow. They gather in the source from here on, so the state that existed before may
   * be read after this call and before the first {@link #poll}.
   *
   * @throws DriverException when the kernel refuses
   */
  void start() throws DriverException;

  /**
   * Delivers waiting events in the order of their timestamps. When there are none, waits a moment
   * (milliseconds at most) before it returns 0, so that a loop around it needs no sleep of its own.
   *
   * @param handler called once for each event, on the calling thread
   * @param limit most events to deliver in this call; positive
   * @return number of events delivered, 0 when there are none now, {@link #END} at the end
   * @throws DriverException when the source broke; later calls return {@link #END}
   */
  int poll(EventHandler handler, int limit) throws DriverException;

  /**
   * Ends the stream: nothing more is gathered, what was gathered is still delivered, then {@link
   * #poll} returns {@link #END}. Returns at once.
   */
  void stop();

  /** Counters since {@link #open}. Allocates; not for each event. */
  SourceStats stats();

  /**
   * What keeps events from coming though the source is started, in sentences for the user; empty
   * when nothing is known to. Takes less than a millisecond; any thread may call it.
   */
  default List<String> problems() {
    return List.of();
  }

  /** Gives everything back. Views that were delivered are invalid afterwards. */
  @Override
  void close();
}
