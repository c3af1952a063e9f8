package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.capture.CaptureFile.Body;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Damaged captures: whatever the bytes are, the reader ends, throws nothing but its own exception,
 * and takes no memory that the file does not justify.
 */
class CaptureFuzzTest {
  private static final int[] LENGTHS = {0, 1, 7, 8, 12, 0x7fff, 0xffff, 0x10000, -1, -8, 1 << 30};

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("captures");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("test.scap"));
    Files.delete(folder);
  }

  @Property(tries = 1000)
  void anyDamageIsHandled(@ForAll long seed, @ForAll boolean compressed) {
    Random random = new Random(seed);
    byte[] bytes = capture();
    mutate(bytes, random);
    if (compressed) {
      bytes = CaptureFile.compress(bytes);
      if (random.nextBoolean()) {
        mutate(bytes, random);
      }
    }
    Replay replay = Replay.of(CaptureFile.write(folder, bytes));
    assertThat(replay.events().size()).isLessThanOrEqualTo(200);
  }

  @Property(tries = 200)
  void anyBytesAreHandled(@ForAll byte[] bytes, @ForAll boolean withHeader) {
    CaptureFile file = withHeader ? CaptureFile.section() : new CaptureFile();
    Replay replay = Replay.of(file.raw(bytes).write(folder));
    assertThat(replay.events().size()).isLessThanOrEqualTo(bytes.length / 34);
  }

  private static void mutate(byte[] bytes, Random random) {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(bytes.length - 4);
      if (random.nextBoolean()) {
        bytes[at] = (byte) random.nextInt();
      } else {
        int value = LENGTHS[random.nextInt(LENGTHS.length)];
        at &= -4;
        for (int k = 0; k < 4; k++) {
          bytes[at + k] = (byte) (value >>> 8 * k);
        }
      }
    }
  }

  /** A capture of everything that there is, small; a second section follows. */
  static byte[] capture() {
    CaptureFile file = section(0x215);
    for (int i = 0; i < 10; i++) {
      EventBuilder close =
          EventBuilder.of(EventType.SYSCALL_CLOSE_X).timestamp(i).tid(10).number(0).number(i);
      EventBuilder before =
          EventBuilder.of(EventType.SYSCALL_READ_E).timestamp(i).tid(10).number(i).number(9);
      EventBuilder after =
          EventBuilder.of(EventType.SYSCALL_READ_X).timestamp(i).tid(10).number(2).text("x");
      file.event(0, close)
          .event(0, 1, close)
          .event(0, before)
          .block(0x204, new Body().u16(0).raw(CaptureFile.oldRecord(after)).bytes())
          .block(0x777, new byte[9])
          .block(0x221, new Body().u16(0).raw(large()).bytes());
    }
    return file.raw(section(0x213).event(0, container()).bytes()).bytes();
  }

  private static CaptureFile section(int processList) {
    return CaptureFile.section()
        .block(0x201, machine())
        .block(0x219, interfaces())
        .block(0x220, users())
        .block(processList, processList == 0x215 ? processes() : new byte[0])
        .block(0x218, descriptors());
  }

  private static EventBuilder container() {
    return EventBuilder.of(EventType.CONTAINER_E).text("ab12").number(0).text("name").text("image");
  }

  private static byte[] large() {
    return CaptureFile.record(
        EventBuilder.of(EventType.ASYNCEVENT_E).number(0).text("container").text("{\"id\":\"a\"}"));
  }

  static byte[] machine() {
    return new Body().u32(2).raw(new byte[144]).s64(5).raw(new byte[24]).bytes();
  }

  private static byte[] interfaces() {
    byte[] v4 = new Body().u16(1).u16(2).raw(new byte[20]).raw(new byte[2]).bytes();
    byte[] v6 = new Body().u16(2).u16(2).raw(new byte[56]).raw(new byte[2]).bytes();
    return new Body().u32(v4.length).raw(v4).u32(v6.length).raw(v6).bytes();
  }

  private static byte[] users() {
    byte[] user = new Body().u8(0).u32(0).u32(0).text("root").text("/root").text("sh").bytes();
    byte[] group = new Body().u8(1).u32(0).text("root").bytes();
    return new Body().u32(user.length + 4).raw(user).u32(group.length + 4).raw(group).bytes();
  }

  private static byte[] processes() {
    Body all = new Body();
    for (long tid : List.of(1L, 10L)) {
      Body one = new Body().s64(tid).s64(tid).s64(1).s64(1).s64(1);
      one.text("sh").text("sh").text("/bin/sh").text("-c\0ls\0").text("/root");
      one.s64(1024).u32(0).u32(0).u32(0).u32(1).u32(2).u32(3).s64(4).s64(5);
      one.text("A=B\0").s64(tid).s64(tid).text("cpu=/\0").text("/");
      one.s64(1).u32(2).u32(-1).u8(1).s64(0).s64(1).s64(2).u8(0).s64(3).s64(4).s64(5);
      byte[] entry = one.u8(0).u8(0).s64(1).bytes();
      all.u32(entry.length + 4).raw(entry);
    }
    return all.bytes();
  }

  private static byte[] descriptors() {
    Body all = new Body().s64(10);
    byte[][] parts = {
      new Body().u8(16).u32(1).text("/etc/passwd").u32(5).bytes(),
      new Body().u8(3).u32(1).u32(2).u16(80).u16(81).u8(2).bytes(),
      new Body().u8(5).u32(1).u16(80).u8(2).bytes(),
      new Body().u8(4).raw(new byte[32]).u16(80).u16(81).u8(3).bytes(),
      new Body().u8(6).raw(new byte[16]).u16(80).u8(3).bytes(),
      new Body().u8(8).s64(1).s64(2).text("/run/x").bytes(),
      new Body().u8(7).text("pipe:[5]").bytes(),
      new Body().u8(99).text("later").bytes(),
      new Body().u8(0).bytes()
    };
    for (int i = 0; i < parts.length; i++) {
      byte[] entry = new Body().s64(i).s64(100 + i).raw(parts[i]).bytes();
      all.u32(entry.length + 4).raw(entry);
    }
    return all.bytes();
  }
}
