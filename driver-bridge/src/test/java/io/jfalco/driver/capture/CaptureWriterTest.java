package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.driver.capture.CaptureWriter.Overflow;
import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.HostState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CaptureWriterTest {
  private static final MachineInfo MACHINE = new MachineInfo(2, 1 << 30, 32768, "host", 77);

  @TempDir Path folder;

  private static EventView close(long timestamp, int cpu) {
    EventView view =
        EventBuilder.of(EventType.SYSCALL_CLOSE_X)
            .timestamp(timestamp)
            .tid(7)
            .number(0)
            .number(3)
            .view();
    view.position(cpu, 1);
    return view;
  }

  private static EventView named(String name) {
    return EventBuilder.of(EventType.SYSCALL_CHDIR_X).number(0).text(name).view();
  }

  private static EventView async(int size) {
    return EventBuilder.of(EventType.ASYNCEVENT_E)
        .number(0)
        .text("container")
        .bytes(new byte[size])
        .view();
  }

  /** A stream that takes nothing before it is opened. */
  private static final class Gate extends OutputStream {
    private final CountDownLatch open = new CountDownLatch(1);
    private long size;

    @Override
    public void write(int value) {
      size++;
    }

    @Override
    public void write(byte[] bytes, int at, int count) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      size += count;
    }
  }

  /** A stream to a full disk. */
  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  private static EventBuilder opened() {
    return EventBuilder.of(EventType.SYSCALL_OPENAT_2_X)
        .number(3)
        .number(-100)
        .text("name")
        .number(1)
        .number(0)
        .number(5)
        .number(77);
  }

  @Test
  void parametersOfOursAreBehindThoseThatOthersCount() throws Exception {
    Path file = folder.resolve("c.scap");
    Path again = folder.resolve("again.scap");
    try (CaptureWriter writer = CaptureWriter.replace(file, false, Overflow.WAIT)) {
      writer.state(new HostState(), MACHINE, 5);
      writer.event(opened().missing().missing().view());
      writer.event(opened().text("/kernel/name").missing().view());
      writer.event(opened().text("/kernel/name").number(1).view());
      writer.event(opened().missing().number(0).view());
    }
    try (CaptureFileSource source = new CaptureFileSource(file, new HostState());
        CaptureWriter writer = CaptureWriter.replace(again, false, Overflow.WAIT)) {
      source.open();
      writer.state(new HostState(), MACHINE, 5);
      source.poll(writer::event, 10);
    }
    String[] expected = {
      "7 7 name 77 -", "7 8 name 77 /kernel/name", "7 9 name 77 /kernel/name 1", "7 9 name 77 - 0"
    };
    assertThat(openedIn(file)).containsExactly(expected);
    assertThat(openedIn(again)).containsExactly(expected);
  }

  /** Counted parameters, all, name, inode, and ours. */
  private static List<String> openedIn(Path file) throws Exception {
    List<String> seen = new ArrayList<>();
    try (CaptureFileSource source = new CaptureFileSource(file, new HostState())) {
      source.open();
      source.poll(
          event -> {
            Bytes name = new Bytes();
            event.text(2, name);
            Bytes kernel = new Bytes();
            boolean known = !event.isMissing(7) && event.text(7, kernel);
            seen.add(
                event.buffer().getInt(event.offset() + 22)
                    + (" " + event.paramCount() + " " + name + " " + event.s64(6, 0))
                    + (known ? " " + kernel : " -")
                    + (event.isMissing(8) ? "" : " " + event.u32(8, 7)));
          },
          10);
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eventsComeBackAsTheyWere(boolean compressed) throws Exception {
    Path file = folder.resolve("c.scap");
    try (CaptureWriter writer = CaptureWriter.replace(file, compressed, Overflow.WAIT)) {
      writer.state(new HostState(), MACHINE, 5);
      writer.event(close(10, 3));
      for (int length = 1; length < 6; length++) {
        writer.event(named("/tmp".repeat(length).substring(0, length)));
      }
      writer.event(close(20, 1), true);
      writer.event(async(100_000));
      writer.event(async(1), true);
      assertThat(writer.events()).isEqualTo(9);
      assertThat(writer.lost()).isZero();
    }

    Replay replay = Replay.of(file);
    assertThat(replay.failure()).isNull();
    assertThat(replay.stats().skipped()).isEmpty();
    assertThat(replay.events()).hasSize(9);
    assertThat(replay.events().get(0))
        .isEqualTo(new Replay.Event(1, 3, EventType.SYSCALL_CLOSE_X, 10, 7, false));
    assertThat(replay.events().get(6))
        .isEqualTo(new Replay.Event(7, 1, EventType.SYSCALL_CLOSE_X, 20, 7, true));
    assertThat(replay.events().get(7).type()).isEqualTo(EventType.ASYNCEVENT_E);
    assertThat(replay.events().get(7).stateOnly()).isFalse();
    assertThat(replay.events().get(8).stateOnly()).isTrue();
  }

  @Test
  void tellsOfTheMachine() throws Exception {
    Path file = folder.resolve("c.scap");
    try (CaptureWriter writer = CaptureWriter.create(file, Overflow.WAIT)) {
      writer.state(new HostState(), MACHINE, 5);
    }
    try (CaptureFileSource source = new CaptureFileSource(file, new HostState())) {
      source.open();
      assertThat(source.machineInfo()).contains(MACHINE);
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws Exception {
    Path file = folder.resolve("c.scap");
    CaptureWriter.create(file, Overflow.LOSE).close();
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThatThrownBy(() -> CaptureWriter.create(file, Overflow.LOSE))
        .isInstanceOf(FileAlreadyExistsException.class);

    Path old = Files.writeString(folder.resolve("old.scap"), "x".repeat(10_000));
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
    CaptureWriter.replace(old, /* compressed= */ false, Overflow.LOSE).close();
    assertThat(permissions(old)).isEqualTo("rw-------");
    assertThat(old).isEmptyFile();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aSlowDiskLosesEventsAndHoldsNobodyUp() throws Exception {
    Gate gate = new Gate();
    CaptureWriter writer = CaptureWriter.to(gate, /* compressed= */ false, Overflow.LOSE);
    EventView event = close(1, 0);
    int count = 0;
    while (writer.lost() < 100) {
      writer.event(event);
      count++;
    }
    assertThat(writer.events() + writer.lost()).isEqualTo(count);
    assertThat(writer.events()).isGreaterThan(100_000);
    writer.end();
    assertThat(writer.isEnded()).isFalse();
    gate.open.countDown();
    writer.close();
    assertThat(writer.isEnded()).isTrue();
    assertThat(writer.writtenBytes()).isEqualTo(gate.size);
    assertThat(gate.size % writer.events()).isZero();
  }

  @Test
  void aPatientWriterLosesNothing() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EventView event = close(1, 0);
    int count = 600_000;
    try (CaptureWriter writer = CaptureWriter.to(out, /* compressed= */ false, Overflow.WAIT)) {
      for (int i = 0; i < count; i++) {
        writer.event(event);
      }
      assertThat(writer.lost()).isZero();
    }
    assertThat(out.size() % count).isZero();
    assertThat(out.size()).isGreaterThan(64 << 18);
  }

  @Test
  void aFullDiskIsToldAndHoldsNobodyUp() throws Exception {
    CaptureWriter writer = CaptureWriter.to(new FullDisk(), /* compressed= */ false, Overflow.WAIT);
    EventView event = close(1, 0);
    for (int i = 0; i < 500_000; i++) {
      writer.event(event);
    }
    assertThatThrownBy(writer::close).hasMessage("No space left on device");
    assertThat(writer.failure()).isPresent();
  }

  @Test
  void whatTheFormatCannotHoldIsCounted() throws Exception {
    Path file = folder.resolve("c.scap");
    try (CaptureWriter writer = CaptureWriter.create(file, Overflow.WAIT)) {
      writer.state(new HostState(), MACHINE, 5);
      writer.event(named("x".repeat(65_530)));
      writer.event(async(1 << 19));
      writer.event(named("x".repeat(65_400)));
      assertThat(writer.lost()).isEqualTo(2);
    }
    assertThat(Replay.of(file).events()).hasSize(1);
  }

  @Test
  void flushedEventsReachTheFile() throws Exception {
    Path file = folder.resolve("c.scap");
    try (CaptureWriter writer = CaptureWriter.replace(file, true, Overflow.LOSE)) {
      writer.state(new HostState(), MACHINE, 5);
      writer.event(close(10, 3));
      writer.flush();
      while (Files.size(file) < 100) {
        Thread.onSpinWait();
      }
      assertThat(Replay.of(file).events()).hasSize(1);
    }
  }
}
