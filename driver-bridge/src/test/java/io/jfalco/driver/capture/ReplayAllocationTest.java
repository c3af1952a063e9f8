package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.render.BufferFormat;
import io.jfalco.render.ParamRenderer;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a capture and rendering parameters allocate nothing for each event. */
class ReplayAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int EVENTS = 200_000;

  @TempDir Path folder;

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  private static long read(CaptureFileSource source, EventHandler handler) throws DriverException {
    source.open();
    assertThat(source.poll(handler, 10_000)).isPositive();
    long before = allocated();
    int count = 0;
    while (count != EventSource.END) {
      count = source.poll(handler, 10_000);
    }
    return allocated() - before;
  }

  @Test
  void readingAllocatesNothing() throws DriverException {
    CaptureFile file = CaptureFile.section();
    EventBuilder close =
        EventBuilder.of(EventType.SYSCALL_CLOSE_X).timestamp(1).tid(7).number(0).number(3);
    byte[] body = new CaptureFile.Body().u16(0).raw(CaptureFile.record(close)).bytes();
    for (int i = 0; i < EVENTS; i++) {
      file.block(0x216, body);
    }
    for (Path path : new Path[] {file.write(folder), file.writeCompressed(folder)}) {
      try (CaptureFileSource source = new CaptureFileSource(path, new HostState())) {
        assertThat(read(source, event -> {})).isLessThan(EVENTS / 100);
      }
    }
  }

  @Test
  void convertingAllocatesNothing() throws DriverException {
    CaptureFile file = CaptureFile.section();
    EventBuilder enter =
        EventBuilder.of(EventType.SYSCALL_OPENAT_E).tid(7).number(-100).text("/etc/passwd");
    byte[] before = CaptureFile.record(enter.number(1).number(0));
    byte[] after = CaptureFile.record(EventBuilder.of(EventType.SYSCALL_OPENAT_X).tid(7).number(3));
    for (int i = 0; i < EVENTS; i++) {
      file.block(0x216, new CaptureFile.Body().u16(0).raw(before).bytes());
      file.block(0x216, new CaptureFile.Body().u16(0).raw(after).bytes());
    }
    assertThat(Replay.of(file.write(folder)).events())
        .hasSize(EVENTS)
        .allMatch(event -> event.type() == EventType.SYSCALL_OPENAT_2_X);
    try (CaptureFileSource source = new CaptureFileSource(file.write(folder), new HostState())) {
      assertThat(read(source, event -> {})).isLessThan(EVENTS / 100);
    }
  }

  @Test
  void renderingAllocatesNothing() throws DriverException {
    Path path = Shared.capture("guest-everything.scap");
    ParamRenderer renderer = new ParamRenderer(BufferFormat.TEXT);
    Measure warm = new Measure(renderer);
    Measure measured = new Measure(renderer);
    for (Measure measure : new Measure[] {warm, measured}) {
      try (CaptureFileSource source = new CaptureFileSource(path, measure.state)) {
        long unused = read(source, measure);
      }
    }
    assertThat(measured.events).isGreaterThan(40_000);
    assertThat(measured.bytes).isLessThan(measured.events / 100);
  }

  /** Renders each event and counts what that allocates. */
  private static final class Measure implements EventHandler {
    final HostState state = new HostState();
    private final StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
    private final EventContext context = new EventContext(state);
    private final ParamRenderer renderer;
    private final Bytes out = new Bytes();
    private long bytes;
    private long events;

    Measure(ParamRenderer renderer) {
      this.renderer = renderer;
      out.append(new byte[1 << 17], 0, 1 << 17);
    }

    @Override
    public void onEvent(EventView event) {
      updater.apply(event, context);
      long before = allocated();
      renderer.args(context, out);
      renderer.resolvedText(context, 0, out);
      renderer.result(context, out);
      bytes += allocated() - before;
      events++;
      updater.finish(context);
    }
  }
}
