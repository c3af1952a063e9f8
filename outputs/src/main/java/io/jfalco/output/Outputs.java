package io.jfalco.output;

import io.jfalco.alert.Alert;
import java.time.Duration;
import java.util.List;

/**
 * All outputs of the daemon. An alert is formatted once, on the calling thread, and offered to each
 * channel. {@link #send} blocks no longer than the patience of the limits; any thread may call it.
 */
public final class Outputs implements AutoCloseable {
  private final AlertFormatter formatter;
  private final Duration timeout;
  private final List<OutputChannel> channels;

  /**
   * Starts a channel for each output.
   *
   * @param formatter form of the alerts
   * @param outputs in the order in which they are given each message
   * @param limits of each queue
   * @param timeout how long an output may take for one message before that is reported, and how
   *     long {@link #close} waits
   */
  public Outputs(
      AlertFormatter formatter,
      List<Output> outputs,
      OutputChannel.Limits limits,
      Duration timeout) {
    this(
        formatter,
        outputs.stream().map(output -> new OutputChannel(output, limits)).toList(),
        timeout);
  }

  /** Over channels that run already; otherwise the same. */
  public Outputs(AlertFormatter formatter, List<OutputChannel> channels, Duration timeout) {
    this.formatter = formatter;
    this.timeout = timeout;
    this.channels = List.copyOf(channels);
  }

  /** Formats and queues an alert. */
  public void send(Alert alert) {
    OutputMessage message = formatter.format(alert);
    for (OutputChannel channel : channels) {
      channel.offer(message);
    }
  }

  /** The channels, for counters. */
  public List<OutputChannel> channels() {
    return channels;
  }

  /** Messages dropped by all channels. */
  public long dropped() {
    long sum = 0;
    for (OutputChannel channel : channels) {
      sum += channel.dropped();
    }
    return sum;
  }

  /** Reports outputs that hang. For the event-loop thread, about once a second. */
  public void checkBlocked() {
    long now = System.nanoTime();
    for (OutputChannel channel : channels) {
      channel.checkBlocked(now, timeout);
    }
  }

  /** Asks all outputs to reopen their files. */
  public void reopen() {
    channels.forEach(OutputChannel::reopen);
  }

  /** Delivers what waits, at most as long as the timeout, and ends all channels. */
  @Override
  public void close() {
    close(channels);
  }

  /** The same for those channels that these other outputs do not use. */
  public void closeBut(Outputs others) {
    close(channels.stream().filter(channel -> !others.channels.contains(channel)).toList());
  }

  private void close(List<OutputChannel> ending) {
    ending.forEach(OutputChannel::stop);
    long deadline = System.nanoTime() + timeout.toNanos();
    for (OutputChannel channel : ending) {
      try {
        channel.awaitEnd(deadline);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
