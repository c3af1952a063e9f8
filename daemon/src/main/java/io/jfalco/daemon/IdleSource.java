package io.jfalco.daemon;

import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.SourceStats;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** No events at all ({@code engine.kind: nodriver}). */
final class IdleSource implements EventSource {
  private static final long WAIT_MILLIS = 20;

  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public String name() {
    return "nodriver";
  }

  @Override
  public void open() {
    // Nothing to take hold of.
  }

  @Override
  public void start() {
    // Nothing flows.
  }

  @Override
  public int poll(EventHandler handler, int limit) {
    try {
      return stopped.await(WAIT_MILLIS, TimeUnit.MILLISECONDS) ? END : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return END;
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public SourceStats stats() {
    return SourceStats.ofFile(0, 0, Map.of());
  }

  @Override
  public void close() {
    stop();
  }
}
