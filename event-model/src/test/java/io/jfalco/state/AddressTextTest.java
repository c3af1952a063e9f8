package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:0:0:1:0:0:1:1, 2001::1:0:0:1:1",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "fd00:0:0:0:0:0:0:15, fd00::15",
    "0:0:0:0:0:0:7f00:1, ::127.0.0.1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void version6(String address, String expected) throws UnknownHostException {
    Bytes out = new Bytes();
    AddressText.append6(out, InetAddress.getByName(address).getAddress(), 0);
    assertThat(out).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15, 16, 255, 0xffff8881003c0000L, -1, 0x1234})
  void hexadecimal(long value) {
    Bytes out = new Bytes();
    AddressText.appendHex(out, value);
    assertThat(out).hasToString(Long.toHexString(value));
  }
}
