package io.jfalco.rules;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One end of a connection: {@code 10.0.0.5:443} or {@code [2001:db8::1]:443}. */
record Endpoint(InetAddress ip, int port) {
  static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new Endpoint(
          InetAddress.getByName(text.substring(0, colon)),
          Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Both ends of {@code A->B}. */
  static Endpoint[] pair(String text) {
    int arrow = text.indexOf("->");
    return new Endpoint[] {parse(text.substring(0, arrow)), parse(text.substring(arrow + 2))};
  }

  byte[] address() {
    return ip.getAddress();
  }

  boolean isV6() {
    return address().length == 16;
  }

  /** As a SOCKADDR parameter. */
  byte[] sockaddr() {
    ByteBuffer out = ByteBuffer.allocate(3 + address().length).order(ByteOrder.LITTLE_ENDIAN);
    return out.put(family()).put(address()).putShort((short) port).array();
  }

  /** As a SOCKTUPLE parameter. */
  static byte[] socktuple(String text) {
    Endpoint[] ends = pair(text);
    ByteBuffer out =
        ByteBuffer.allocate(5 + 2 * ends[0].address().length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ends[0].family());
    for (Endpoint end : ends) {
      out.put(end.address()).putShort((short) end.port);
    }
    return out.array();
  }

  private byte family() {
    return (byte) (isV6() ? 10 : 2);
  }
}
