package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.capture.CaptureFile.Body;
import io.jfalco.event.Bytes;
import io.jfalco.state.Container;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.L4Proto;
import io.jfalco.state.ThreadInfo;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state that a capture begins with. */
class PrologueTest {
  private static final int[] LIST_TYPES = {
    0, 0x202, 0x207, 0x209, 0x210, 0x211, 0x212, 0x213, 0x214, 0x215
  };

  @TempDir Path folder;

  private HostState open(CaptureFile file) throws DriverException {
    HostState state = new HostState();
    try (CaptureFileSource source = new CaptureFileSource(file.write(folder), state)) {
      source.open();
    }
    return state;
  }

  /** An entry as the version of the list has it, without a length and without what follows. */
  private static Body entry(int version) {
    Body entry = new Body().s64(10).s64(10).s64(1);
    if (version >= 6) {
      entry.s64(11);
    }
    if (version >= 8) {
      entry.s64(12);
    }
    entry.text("sh").text("-sh");
    if (version >= 7) {
      entry.text("/bin/sh");
    }
    entry.text("-c\0ls").text("/root").s64(1024).u32(0).u32(5).u32(6);
    if (version >= 2) {
      entry.u32(100).u32(50).u32(1).s64(7).s64(8);
    }
    if (version >= 3) {
      entry.text("A=B\0");
    }
    if (version >= 4) {
      entry.s64(2).s64(2).text("cpu=/\0");
    }
    if (version >= 5) {
      entry.text("/");
    }
    return entry;
  }

  private static CaptureFile list(int version, byte[] entries) {
    return CaptureFile.section().block(LIST_TYPES[version], entries);
  }

  private static byte[] withLength(byte[] entry) {
    return new Body().u32(entry.length + 4).raw(entry).bytes();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void readsTheOlderProcessLists(int version) throws DriverException {
    byte[] entry = entry(version).bytes();
    byte[] other = entry.clone();
    other[0] = 1;
    other[8] = 1;
    other[16] = 0;
    ThreadInfo thread = open(list(version, new Body().raw(other).raw(entry).bytes())).thread(10);

    assertThat(thread.pid()).isEqualTo(10);
    assertThat(thread.ptid()).isEqualTo(1);
    assertThat(thread.sid()).isEqualTo(version >= 6 ? 11 : -1);
    assertThat(thread.vpgid()).isEqualTo(version >= 8 ? 12 : -1);
    assertThat(thread.comm().toString()).isEqualTo("sh");
    assertThat(thread.image().exe().toString()).isEqualTo("-sh");
    assertThat(thread.image().exePath().toString()).isEqualTo(version >= 7 ? "/bin/sh" : "");
    assertThat(thread.image().args().toString()).isEqualTo("-c\0ls\0");
    assertThat(thread.cwd().toString()).isEqualTo("/root/");
    assertThat(thread.fdLimit()).isEqualTo(1024);
    assertThat(thread.uid()).isEqualTo(5);
    assertThat(thread.gid()).isEqualTo(6);
    assertThat(thread.vmSize()).isEqualTo(version >= 2 ? 100 : 0);
    assertThat(thread.pageFaultsMinor()).isEqualTo(version >= 2 ? 8 : 0);
    assertThat(thread.vtid()).isEqualTo(version >= 4 ? 2 : -1);
    assertThat(thread.loginUid()).isEqualTo(-1);
  }

  @Test
  void readsTheWholeEntryOfToday() throws DriverException {
    Body entry = entry(9).s64(77).u32(34816).u32(1000).u8(1).s64(1).s64(2).s64(3);
    entry.u8(0).s64(42).s64(43).s64(44).u8(1).u8(1).s64(9).raw(new byte[5]);
    ThreadInfo thread = open(list(9, withLength(entry.bytes()))).thread(10);

    assertThat(thread.pidNamespaceStart()).isEqualTo(77);
    assertThat(thread.tty()).isEqualTo(34816);
    assertThat(thread.loginUid()).isEqualTo(1000);
    assertThat(thread.capInheritable()).isEqualTo(1);
    assertThat(thread.capPermitted()).isEqualTo(2);
    assertThat(thread.capEffective()).isEqualTo(3);
    assertThat(thread.pgid()).isEqualTo(9);
    assertThat(thread.image().isWritable()).isTrue();
    assertThat(thread.image().isUpperLayer()).isFalse();
    assertThat(thread.image().isLowerLayer()).isTrue();
    assertThat(thread.image().isFromMemfd()).isTrue();
    assertThat(thread.image().inode()).isEqualTo(42);
    assertThat(thread.image().changeTime()).isEqualTo(43);
    assertThat(thread.image().modifyTime()).isEqualTo(44);
  }

  @Test
  void entriesOfBeforeTheTerminalEndWithTheCapabilities() throws DriverException {
    Body entry = entry(9).u32(1000).u8(1).s64(1).s64(2).s64(3);
    ThreadInfo thread = open(list(9, withLength(entry.bytes()))).thread(10);

    assertThat(thread.loginUid()).isEqualTo(1000);
    assertThat(thread.capEffective()).isEqualTo(3);
    assertThat(thread.tty()).isZero();
    assertThat(thread.pgid()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void readsDescriptors(boolean withLengths) throws DriverException {
    byte[][] parts = {
      new Body().u8(16).u32(4097).text("/etc/passwd").raw(dev(withLengths)).bytes(),
      new Body().u8(3).raw(ip(1)).raw(ip(2)).u16(4000).u16(80).u8(2).bytes(),
      new Body().u8(5).raw(ip(3)).u16(80).u8(3).bytes(),
      new Body().u8(8).s64(0xab).s64(0xcd).text("/run/x").bytes(),
      new Body().u8(7).text("pipe:[5]").bytes()
    };
    Body fds = new Body().s64(10);
    for (int i = 0; i < parts.length; i++) {
      byte[] entry = new Body().s64(i).s64(100 + i).raw(parts[i]).bytes();
      fds.raw(withLengths ? withLength(entry) : entry);
    }
    HostState state =
        open(list(1, entry(1).bytes()).block(withLengths ? 0x218 : 0x203, fds.bytes()));

    FdInfo file = state.thread(10).fds().get(0);
    assertThat(file.type()).isEqualTo(FdType.FILE_V2);
    assertThat(file.name().toString()).isEqualTo("/etc/passwd");
    assertThat(file.openFlags()).isEqualTo(4097);
    assertThat(file.device()).isEqualTo(withLengths ? 5 : 0);
    FdInfo tcp = state.thread(10).fds().get(1);
    assertThat(tcp.type()).isEqualTo(FdType.IPV4);
    assertThat(tcp.l4proto()).isEqualTo(L4Proto.TCP);
    assertThat(tcp.name().toString()).isEqualTo("1.0.0.0:4000->2.0.0.0:80");
    FdInfo server = state.thread(10).fds().get(2);
    assertThat(server.type()).isEqualTo(FdType.IPV4_SERVER);
    assertThat(server.name().toString()).isEqualTo("3.0.0.0:80");
    FdInfo unix = state.thread(10).fds().get(3);
    assertThat(unix.type()).isEqualTo(FdType.UNIX);
    assertThat(unix.name().toString()).contains("/run/x");
    FdInfo pipe = state.thread(10).fds().get(4);
    assertThat(pipe.type()).isEqualTo(FdType.FIFO);
    assertThat(pipe.inode()).isEqualTo(104);
    assertThat(pipe.name().toString()).isEqualTo("pipe:[5]");
  }

  private static byte[] dev(boolean present) {
    return present ? new Body().u32(5).bytes() : new byte[0];
  }

  private static byte[] ip(int first) {
    return new byte[] {(byte) first, 0, 0, 0};
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void readsUsersAndGroups(boolean withLengths) throws DriverException {
    byte[] user = new Body().u8(0).u32(5).u32(6).text("eve").text("/home").text("sh").bytes();
    byte[] group = new Body().u8(1).u32(6).text("wheel").bytes();
    Body both = new Body();
    both.raw(withLengths ? withLength(user) : user);
    both.raw(withLengths ? withLength(group) : group);
    HostState state = open(CaptureFile.section().block(withLengths ? 0x220 : 0x206, both.bytes()));

    assertThat(state.users().user(Container.HOST, 5).name()).matches(Bytes.of("eve")::sameAs);
    assertThat(state.users().user(Container.HOST, 5).home()).matches(Bytes.of("/home")::sameAs);
    assertThat(state.users().group(Container.HOST, 6)).matches(Bytes.of("wheel")::sameAs);
  }

  @Test
  void damageInTheStateIsRefused() {
    byte[] entry = withLength(entry(9).bytes());
    entry[0] = (byte) (entry[0] + 9);
    Replay replay = Replay.of(list(9, entry).write(folder));
    assertThat(replay.failure().code()).isEqualTo(DriverException.Code.CAPTURE_INVALID);
  }
}
