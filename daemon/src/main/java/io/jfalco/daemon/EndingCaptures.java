package io.jfalco.daemon;

import io.jfalco.driver.capture.CaptureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Captures whose last bytes are still on their way to the disk. Owned by one thread. */
final class EndingCaptures implements AutoCloseable {
  private final List<Ending> endings = new ArrayList<>();

  private record Ending(Path file, CaptureWriter writer) {}

  /** Ends a capture without waiting for the disk. */
  void end(Path file, CaptureWriter writer) {
    writer.end();
    endings.add(new Ending(file, writer));
  }

  int count() {
    return endings.size();
  }

  /** Tells of those that have ended since. */
  void check() {
    for (Iterator<Ending> all = endings.iterator(); all.hasNext(); ) {
      Ending ending = all.next();
      if (ending.writer().isEnded()) {
        close(ending);
        all.remove();
      }
    }
  }

  /** Waits for all. */
  @Override
  public void close() {
    endings.forEach(EndingCaptures::close);
    endings.clear();
  }

  private static void close(Ending ending) {
    CaptureWriter writer = ending.writer();
    try {
      writer.close();
    } catch (IOException e) {
      Log.error("Capture " + ending.file() + " is not complete: " + e.getMessage());
    }
    if (writer.lost() > 0) {
      Log.warning(
          "Capture "
              + ending.file()
              + " lacks "
              + writer.lost()
              + " of "
              + (writer.events() + writer.lost())
              + " events: the disk was too slow, or they were too long");
    }
  }
}
