package io.jfalco.driver.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.capture.CaptureFile.Body;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.HostState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileSourceTest {
  @TempDir Path folder;

  private static EventBuilder close(long timestamp) {
    return EventBuilder.of(EventType.SYSCALL_CLOSE_X)
        .timestamp(timestamp)
        .tid(7)
        .number(0)
        .number(3);
  }

  private static EventBuilder userAdded() {
    return EventBuilder.of(EventType.USER_ADDED_E)
        .number(1)
        .number(1)
        .text("daemon")
        .text("/")
        .text("/bin/false")
        .text("");
  }

  private static CaptureFile three() {
    return CaptureFile.section().event(0, close(10)).event(1, close(20)).event(0, close(30));
  }

  @Test
  void deliversEventsInOrderWithTheirNumbers() {
    Replay replay = Replay.of(three().write(folder));

    assertThat(replay.failure()).isNull();
    assertThat(replay.events())
        .containsExactly(
            new Replay.Event(1, 0, EventType.SYSCALL_CLOSE_X, 10, 7, false),
            new Replay.Event(2, 1, EventType.SYSCALL_CLOSE_X, 20, 7, false),
            new Replay.Event(3, 0, EventType.SYSCALL_CLOSE_X, 30, 7, false));
    assertThat(replay.stats().seen()).isEqualTo(3);
    assertThat(replay.stats().delivered()).isEqualTo(3);
  }

  @Test
  void compressedAndPlainAreTheSame() {
    Replay plain = Replay.of(three().write(folder));
    assertThat(Replay.of(three().writeCompressed(folder)).events()).isEqualTo(plain.events());
  }

  @Test
  void compressedMembersFollowOneAnother() {
    byte[] whole = three().bytes();
    byte[] first = CaptureFile.compress(Arrays.copyOf(whole, 50));
    byte[] second = CaptureFile.compress(Arrays.copyOfRange(whole, 50, whole.length));
    Path file = new CaptureFile().raw(first).raw(second).raw(new byte[] {1, 2, 3}).write(folder);

    Replay replay = Replay.of(file);

    assertThat(replay.failure()).isNull();
    assertThat(replay.events()).hasSize(3);
  }

  @Test
  void limitBoundsOnePoll() throws DriverException {
    try (CaptureFileSource source = new CaptureFileSource(three().write(folder), new HostState())) {
      source.open();
      assertThat(source.poll(event -> {}, 2)).isEqualTo(2);
      assertThat(source.poll(event -> {}, 2)).isEqualTo(1);
      assertThat(source.poll(event -> {}, 2)).isEqualTo(EventSource.END);
    }
  }

  @Test
  void stopEndsTheStream() throws DriverException {
    try (CaptureFileSource source = new CaptureFileSource(three().write(folder), new HostState())) {
      source.open();
      assertThat(source.poll(event -> {}, 1)).isEqualTo(1);
      source.stop();
      assertThat(source.poll(event -> {}, 1)).isEqualTo(EventSource.END);
    }
  }

  @Test
  void flagMarksStateOnlyEvents() {
    CaptureFile file = CaptureFile.section().event(0, 1, close(1)).event(0, 4, close(2));
    assertThat(Replay.of(file.write(folder)).events())
        .extracting(Replay.Event::stateOnly)
        .containsExactly(true, false);
  }

  @Test
  void onlyTheUsersBeforeTheFirstEventAreOfTheBeginning() {
    CaptureFile file =
        CaptureFile.section()
            .event(0, userAdded())
            .event(0, userAdded())
            .event(0, close(1))
            .event(0, userAdded());
    assertThat(Replay.of(file.write(folder)).events())
        .extracting(Replay.Event::number, Replay.Event::stateOnly)
        .containsExactly(tuple(1L, true), tuple(2L, true), tuple(3L, false), tuple(4L, false));
  }

  @Test
  void whatWasTakenBeforeACallIsForTheStateOnly() {
    EventBuilder open =
        EventBuilder.of(EventType.SYSCALL_OPEN_E).text("/etc/passwd").number(1).number(0);
    CaptureFile file = CaptureFile.section().event(0, close(1)).event(0, open);
    assertThat(Replay.of(file.write(folder)).events().get(1).stateOnly()).isTrue();
  }

  @Test
  void readsLargeEvents() {
    byte[] payload = new byte[400_000];
    EventBuilder event =
        EventBuilder.of(EventType.ASYNCEVENT_E).number(0).text("container").bytes(payload);
    byte[] record = CaptureFile.record(event);
    CaptureFile file =
        CaptureFile.section()
            .event(0, close(1))
            .block(0x221, new Body().u16(3).raw(record).bytes())
            .block(0x222, new Body().u16(4).u32(5).raw(record).bytes())
            .event(0, close(2));

    Replay replay = Replay.of(file.write(folder));

    assertThat(replay.failure()).isNull();
    assertThat(replay.events())
        .extracting(Replay.Event::type, Replay.Event::cpu, Replay.Event::stateOnly)
        .containsExactly(
            tuple(EventType.SYSCALL_CLOSE_X, 0, false),
            tuple(EventType.ASYNCEVENT_E, 3, false),
            tuple(EventType.ASYNCEVENT_E, 4, true),
            tuple(EventType.SYSCALL_CLOSE_X, 0, false));
  }

  @Test
  void largerFilesAreMapped() {
    CaptureFile file = CaptureFile.section();
    byte[] record =
        CaptureFile.record(
            EventBuilder.of(EventType.SYSCALL_READ_X)
                .number(0)
                .bytes(new byte[60_000])
                .number(3)
                .number(60_000));
    for (int i = 0; i < 100; i++) {
      file.block(0x216, new Body().u16(0).raw(record).bytes());
    }
    Replay replay = Replay.of(file.write(folder));
    assertThat(replay.failure()).isNull();
    assertThat(replay.events()).hasSize(100);
  }

  @Test
  void readsRecordsWithoutParameterCount() {
    CaptureFile file =
        CaptureFile.section()
            .block(0x204, new Body().u16(2).raw(CaptureFile.oldRecord(close(5))).bytes())
            .block(0x208, new Body().u16(2).u32(1).raw(CaptureFile.oldRecord(close(6))).bytes());
    assertThat(Replay.of(file.write(folder)).events())
        .containsExactly(
            new Replay.Event(1, 2, EventType.SYSCALL_CLOSE_X, 5, 7, false),
            new Replay.Event(2, 2, EventType.SYSCALL_CLOSE_X, 6, 7, true));
  }

  @Test
  void skipsUnknownBlocks() {
    CaptureFile file =
        CaptureFile.section()
            .block(0x777, new byte[300_000])
            .event(0, close(1))
            .block(0x778, new byte[5])
            .event(0, close(2));
    assertThat(Replay.of(file.write(folder)).events()).hasSize(2);
  }

  @Test
  void countsAndSkipsRecordsThatContradictTheirLengths() {
    byte[] tooLong = CaptureFile.record(close(1));
    tooLong[16] = 99;
    byte[] badParam = CaptureFile.record(close(1));
    badParam[26] = 99;
    byte[] unknown = CaptureFile.record(close(1));
    unknown[21] = 99;
    CaptureFile file =
        CaptureFile.section()
            .event(0, close(1))
            .block(0x216, new Body().u16(0).raw(tooLong).bytes())
            .block(0x216, new Body().u16(0).raw(badParam).bytes())
            .block(0x216, new Body().u16(0).raw(unknown).bytes())
            .event(0, close(2));

    Replay replay = Replay.of(file.write(folder));

    assertThat(replay.failure()).isNull();
    assertThat(replay.events()).extracting(Replay.Event::number).containsExactly(1L, 2L);
    assertThat(replay.stats().seen()).isEqualTo(5);
    assertThat(replay.stats().skipped())
        .containsEntry(EventView.Check.BAD_LENGTH, 1L)
        .containsEntry(EventView.Check.BAD_PARAMS, 1L)
        .containsEntry(EventView.Check.UNKNOWN_TYPE, 1L)
        .hasSize(3);
  }

  @Test
  void usesEverythingBeforeTheDamage() {
    byte[] whole = three().bytes();
    int start = CaptureFile.section().bytes().length;
    int event = (whole.length - start) / 3;
    for (int size = start; size < whole.length; size++) {
      Replay replay = Replay.of(CaptureFile.write(folder, Arrays.copyOf(whole, size)));
      assertThat(replay.events()).hasSize((size - start) / event);
      if ((size - start) % event == 0) {
        assertThat(replay.failure()).isNull();
      } else {
        assertThat(replay.failure().code()).isEqualTo(DriverException.Code.CAPTURE_INVALID);
        assertThat(replay.failure())
            .hasMessageContaining("test.scap")
            .hasMessageContaining("byte " + (start + (size - start) / event * event));
      }
    }
  }

  @Test
  void usesEverythingBeforeTheCompressionEnds() {
    CaptureFile file = CaptureFile.section();
    for (int i = 0; i < 20_000; i++) {
      file.event(0, close(i * 7919L % 1000));
    }
    byte[] compressed = CaptureFile.compress(file.bytes());
    Path cut = CaptureFile.write(folder, Arrays.copyOf(compressed, compressed.length / 2));

    Replay replay = Replay.of(cut);

    assertThat(replay.events()).hasSizeBetween(5_000, 15_000);
    assertThat(replay.failure().code()).isEqualTo(DriverException.Code.CAPTURE_UNREADABLE);
    assertThat(replay.failure()).hasMessageContaining("end early");
  }

  @Test
  void noticesAWrongCheckSum() {
    byte[] compressed = CaptureFile.compress(three().bytes());
    compressed[compressed.length - 8]++;
    Replay replay = Replay.of(CaptureFile.write(folder, compressed));
    assertThat(replay.events()).hasSize(3);
    assertThat(replay.failure()).hasMessageContaining("check sum");
  }

  @Test
  void corruptLengthsEndInAnError() {
    for (long length : new long[] {0, 8, 11, 36, 0x7fffffffL, 0xfffffff0L}) {
      byte[] bytes = CaptureFile.section().event(0, close(1)).event(0, close(2)).bytes();
      int section = CaptureFile.section().bytes().length;
      int event = (bytes.length - section) / 2;
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(section + event + 4, (int) length);
      Replay replay = Replay.of(CaptureFile.write(folder, bytes));
      assertThat(replay.events()).hasSize(1);
      assertThat(replay.failure().code()).isEqualTo(DriverException.Code.CAPTURE_INVALID);
    }
  }

  @Test
  void refusesWhatIsNoCapture() {
    Replay text = Replay.of(CaptureFile.write(folder, "#!/bin/sh\nexit 0\n".getBytes(UTF_8)));
    assertThat(text.failure()).hasMessageContaining("this is not a capture");
    assertThat(Replay.of(CaptureFile.write(folder, new byte[0])).failure())
        .hasMessageContaining("this is not a capture");
    assertThat(Replay.of(folder.resolve("absent")).failure())
        .hasMessageContaining("there is no such file");
    assertThat(Replay.of(folder).failure().code())
        .isEqualTo(DriverException.Code.CAPTURE_UNREADABLE);
    byte[] swapped = CaptureFile.section().bytes();
    swapped[8] = 0x1A;
    swapped[9] = 0x2B;
    swapped[10] = 0x3C;
    swapped[11] = 0x4D;
    assertThat(Replay.of(CaptureFile.write(folder, swapped)).failure())
        .hasMessageContaining("byte order");
  }

  @Test
  void anotherSectionBeginsAnew() throws DriverException {
    CaptureFile first =
        CaptureFile.section()
            .block(0x202, process(7, "one"))
            .event(0, userAdded())
            .event(0, close(1))
            .event(0, close(2));
    CaptureFile second =
        CaptureFile.section()
            .block(0x202, process(8, "two"))
            .event(0, userAdded())
            .event(0, close(3))
            .raw(CaptureFile.section().block(0x202, process(9, "three")).bytes());
    Path file = first.raw(second.bytes()).write(folder);
    HostState state = new HostState();
    List<String> seen = new ArrayList<>();
    try (CaptureFileSource source = new CaptureFileSource(file, state)) {
      source.open();
      EventHandler handler =
          event ->
              seen.add(
                  event.number()
                      + (event.isStateOnly() ? " state" : "")
                      + (state.thread(7) == null ? "" : " one")
                      + (state.thread(8) == null ? "" : " two"));
      int count = 0;
      while (count != EventSource.END) {
        count = source.poll(handler, 10);
      }
    }

    assertThat(seen).containsExactly("1 state one", "2 one", "3 one", "3 state two", "4 two");
    assertThat(state.thread(9).comm().toString()).isEqualTo("three");
    assertThat(state.threadCount()).isEqualTo(1);
  }

  private static byte[] process(long tid, String comm) {
    Body entry = new Body().s64(tid).s64(tid).s64(1).text(comm).text(comm).text("").text("/");
    return entry.s64(1024).u32(0).u32(0).u32(0).bytes();
  }

  @Test
  void tellsTheMachine() {
    byte[] hostname = new byte[128];
    byte[] name = "guest".getBytes(UTF_8);
    System.arraycopy(name, 0, hostname, 0, name.length);
    CaptureFile file =
        CaptureFile.section()
            .block(
                0x201,
                new Body()
                    .u32(2)
                    .s64(1 << 30)
                    .s64(32768)
                    .raw(hostname)
                    .s64(1_000)
                    .s64(0)
                    .s64(0)
                    .s64(0)
                    .bytes());
    assertThat(Replay.of(file.write(folder)).machine())
        .isEqualTo(new MachineInfo(2, 1 << 30, 32768, "guest", 1_000));
  }
}
