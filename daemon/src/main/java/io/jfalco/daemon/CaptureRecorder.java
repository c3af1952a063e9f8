package io.jfalco.daemon;

import io.jfalco.driver.capture.CaptureWriter;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Writes every event to one capture, from the first to the last. */
final class CaptureRecorder implements EventStage {
  private final Path file;
  private final CaptureWriter writer;
  private final Stages.Watched watched;
  private final EndingCaptures ending = new EndingCaptures();
  private boolean begun;
  private boolean broken;

  private CaptureRecorder(Path file, CaptureWriter writer, Stages.Watched watched) {
    this.file = file;
    this.writer = writer;
    this.watched = watched;
  }

  /**
   * Begins the file.
   *
   * @throws FatalException when it cannot be written
   */
  static CaptureRecorder open(CaptureTarget target, Stages.Watched watched) throws FatalException {
    try {
      return new CaptureRecorder(
          target.file(),
          CaptureWriter.replace(target.file(), target.compressed(), watched.overflow()),
          watched);
    } catch (IOException e) {
      throw new FatalException(
          "Could not open the capture " + target.file() + " for writing: " + reason(e), e);
    }
  }

  /** The message of many file errors is only the name of the file. */
  static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  @Override
  public void first(EventView event) {
    begin(event.timestamp());
  }

  private void begin(long timestamp) {
    if (!begun) {
      begun = true;
      writer.state(watched.state(), watched.machine(), timestamp);
    }
  }

  @Override
  public boolean onEvent(EventContext context) {
    writer.event(context.event());
    return true;
  }

  /** Writes an event that only the state of readers is to see. */
  void onlyForState(EventContext context) {
    writer.event(context.event(), true);
  }

  @Override
  public void tick() {
    writer.flush();
    if (!broken && writer.failure().isPresent()) {
      broken = true;
      Log.error("Capture " + file + ": " + writer.failure().get().getMessage());
    }
  }

  @Override
  public void close() {
    begin(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    ending.end(file, writer);
    ending.close();
  }
}
