package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison behind {@link KernelEventsIT} must see every difference. */
final class ParameterTextTest {
  private static final byte[] MISSING = {};

  private static ParamInfo param(EventType type, String name) {
    return EventTable.info(type).param(name).orElseThrow();
  }

  private static byte[] little(int size, long value) {
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    byte[] bytes = new byte[size];
    buffer.get(0, bytes);
    return bytes;
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void numbersHaveTheirOwnWidthAndSign() {
    ParamInfo fd = param(EventType.SYSCALL_CLOSE_X, "fd");
    assertThat(ParameterText.matches(fd, little(8, -9), "-9")).isTrue();
    assertThat(ParameterText.matches(fd, little(8, -9), "-8")).isFalse();
    assertThat(ParameterText.matches(fd, little(4, 7), "7")).as("half as wide").isFalse();
    assertThat(ParameterText.matches(fd, MISSING, "0")).isFalse();
    assertThat(ParameterText.matches(fd, MISSING, "*")).isFalse();
    assertThat(ParameterText.matches(fd, MISSING, "-")).isTrue();
    assertThat(ParameterText.matches(fd, little(8, 0), "-")).isFalse();
    ParamInfo uid = param(EventType.SYSCALL_SETUID_X, "uid");
    assertThat(ParameterText.matches(uid, little(4, -1), "4294967295")).isTrue();
  }

  @Test
  void boundsIncludeWhatTheySay() {
    ParamInfo size = param(EventType.SYSCALL_FORK_20_X, "vm_size");
    assertThat(ParameterText.matches(size, little(4, 0), ">=0")).isTrue();
    assertThat(ParameterText.matches(size, little(4, 0), ">0")).isFalse();
    assertThat(ParameterText.matches(size, little(4, 1), ">0")).isTrue();
    assertThat(ParameterText.matches(size, little(4, 9), "3..9")).isTrue();
    assertThat(ParameterText.matches(size, little(4, 10), "3..9")).isFalse();
    assertThat(ParameterText.matches(size, little(4, 2), "3..9")).isFalse();
    assertThat(ParameterText.matches(size, little(4, 2), "*")).isTrue();
  }

  @Test
  void emptyTextIsNotMissing() {
    ParamInfo path = param(EventType.SYSCALL_CHDIR_X, "path");
    assertThat(ParameterText.matches(path, text("\0"), "")).isTrue();
    assertThat(ParameterText.matches(path, text("\0"), "-")).isFalse();
    assertThat(ParameterText.matches(path, MISSING, "")).isFalse();
    assertThat(ParameterText.matches(path, text("a b%\u00ff\0"), "a%20b%25%ff")).isTrue();
    assertThat(ParameterText.matches(path, text("-\0"), "%2d")).isTrue();
    assertThat(ParameterText.matches(path, text("open end"), "open%20end")).isFalse();
  }

  @Test
  void addressesAndTuplesAreReadable() {
    ParamInfo address = param(EventType.SOCKET_BIND_X, "addr");
    byte[] v4 = {2, 127, 0, 0, 1, 80, 0};
    assertThat(ParameterText.of(address, v4)).isEqualTo("inet:127.0.0.1:80");
    assertThat(ParameterText.of(address, text("\u0001/a b\0"))).isEqualTo("unix:/a%20b");
    ParamInfo tuple = param(EventType.SOCKET_CONNECT_X, "tuple");
    byte[] v6 = new byte[37];
    v6[0] = 10;
    v6[16] = 1;
    v6[17] = 9;
    v6[35] = 1;
    v6[36] = 1;
    assertThat(ParameterText.of(tuple, v6)).isEqualTo("inet6:[::1]:9>[::]:257");
  }

  @Test
  void pointersOfUnixTuplesArePresentOrNot() {
    ParamInfo tuple = param(EventType.SOCKET_CONNECT_X, "tuple");
    byte[] first = new byte[20];
    first[0] = 1;
    first[8] = 5;
    first[17] = '/';
    first[18] = 'x';
    assertThat(ParameterText.matches(tuple, first, "unix:*>0:/x")).isTrue();
    assertThat(ParameterText.matches(tuple, first, "unix:*>*:/x")).isFalse();
    assertThat(ParameterText.matches(tuple, first, "unix:0>0:/x")).isFalse();
    assertThat(ParameterText.matches(tuple, first, "unix:*>0:/y")).isFalse();
  }

  @Test
  void dynamicValuesShowTheirType() {
    ParamInfo value = param(EventType.SOCKET_GETSOCKOPT_X, "val");
    assertThat(ParameterText.of(value, new byte[] {2, 7, 0, 0, 0})).isEqualTo("2:7");
    assertThat(ParameterText.of(value, new byte[] {2, 7, 0})).isEqualTo("2:bad length 2");
    assertThat(ParameterText.of(value, new byte[] {0})).isEqualTo("0:");
    assertThat(ParameterText.of(value, new byte[] {77, 1})).isEqualTo("bad index 77");
  }

  @Test
  void recordMustHaveEveryParameter() {
    ExpectedRecord expected = ExpectedRecord.parse("SYSCALL_CLOSE_X tid=5 res=-9 fd=4");
    assertThat(expected.isFailure()).isTrue();
    List<byte[]> values = List.of(little(8, -9), little(8, 4));
    CapturedRecord good = new CapturedRecord(EventType.SYSCALL_CLOSE_X, 5, values);
    assertThat(good.differences(expected)).isEmpty();
    CapturedRecord shorter =
        new CapturedRecord(EventType.SYSCALL_CLOSE_X, 5, List.of(little(8, -9)));
    assertThat(shorter.differences(expected)).hasSize(1);
    assertThatThrownBy(() -> ExpectedRecord.parse("SYSCALL_CLOSE_X tid=5 res=-9"))
        .hasMessageContaining("2 parameters");
    assertThatThrownBy(() -> ExpectedRecord.parse("SYSCALL_CLOSE_X tid=5 fd=-9 res=4"))
        .hasMessageContaining("res");
  }
}
