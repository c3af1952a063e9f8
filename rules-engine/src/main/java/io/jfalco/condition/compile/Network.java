package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.field.FieldException;
import io.jfalco.field.Numbers;
import java.util.Arrays;

/** An address with the number of bits that count: {@code 10.0.0.0/8}. */
final class Network implements BytesMatcher {
  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** Number of bits that count. */
  int bits() {
    return bits;
  }

  /** The bits that count, as {@link #appendPrefix} gives them for all addresses inside. */
  byte[] prefix() {
    Bytes out = new Bytes();
    appendPrefix(new Bytes().view(address, 0, address.length), bits, out);
    return out.toArray();
  }

  /** Appends the first bits of an address, and its length to tell the families apart. */
  static void appendPrefix(Bytes address, int bits, Bytes out) {
    out.append(address.length());
    int whole = bits >> 3;
    out.append(address.array(), address.offset(), whole);
    if ((bits & 7) != 0) {
      out.append(address.at(whole) & -1 << 8 - (bits & 7));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(prefix(), network.prefix());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prefix());
  }

  static Network parse(String text) throws FieldException {
    return text.indexOf('.') >= 0 ? ipv4(text) : ipv6(text);
  }

  private static Network ipv4(String text) throws FieldException {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new FieldException("unrecognized IP network " + text);
    }
    byte[] address =
        IpAddresses.ipv4(text.substring(0, slash))
            .orElseThrow(() -> new FieldException("unrecognized IP address " + text));
    String mask = text.substring(slash + 1);
    int bits = (int) Numbers.parse(mask, ParamType.UINT8);
    if (bits > 32) {
      throw new FieldException("invalid netmask " + mask);
    }
    return new Network(address, bits);
  }

  private static Network ipv6(String text) throws FieldException {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new FieldException("invalid v6 netmask: " + text);
    }
    byte[] address =
        IpAddresses.ipv6(text.substring(0, slash))
            .orElseThrow(() -> new FieldException("unrecognized IPv6 address " + text));
    String mask = text.substring(slash + 1);
    int bits = (int) Numbers.parse(mask, ParamType.UINT8);
    if (bits == 0 || bits > 128) {
      throw new FieldException("invalid v6 netmask " + mask);
    }
    return new Network(address, bits);
  }

  /** True when the address is of the same family and inside. */
  @Override
  public boolean matches(Bytes value) {
    if (value.length() != address.length) {
      return false;
    }
    int whole = bits >> 3;
    for (int i = 0; i < whole; i++) {
      if (value.at(i) != address[i]) {
        return false;
      }
    }
    int rest = bits & 7;
    return rest == 0 || ((value.at(whole) ^ address[whole]) & 0xff) >> 8 - rest == 0;
  }
}
