package io.jfalco.render;

import io.jfalco.event.Bytes;
import io.jfalco.state.AddressText;
import java.nio.ByteBuffer;

/**
 * Socket addresses and tuples as text.
 *
 * <pre>
 *  address: family u8, then path | ip4 port u16 | ip6 port u16
 *  tuple:   family u8, then ip4 port ip4 port | ip6 port ip6 port | source u64 destination u64 path
 * </pre>
 */
final class SocketText {
  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;

  private final Bytes raw = new Bytes();
  private final Bytes path = new Bytes();

  void address(ByteBuffer source, int at, int size, Bytes out) {
    raw.copyFrom(source, at, size);
    int family = raw.at(0) & 0xff;
    switch (family) {
      case UNIX:
        path(1, out);
        break;
      case INET:
        if (size == 7) {
          endpoint4(1, 5, out);
        } else {
          out.appendAscii("INVALID IPv4");
        }
        break;
      case INET6:
        if (size == 19) {
          endpoint6(1, out);
        } else {
          out.appendAscii("INVALID IPv6");
        }
        break;
      default:
        out.appendAscii("family ").appendDecimal(family);
    }
  }

  void tuple(ByteBuffer source, int at, int size, Bytes out) {
    raw.copyFrom(source, at, size);
    int family = raw.at(0) & 0xff;
    switch (family) {
      case UNIX:
        unix(size, out);
        break;
      case INET:
        if (size == 13) {
          endpoint4(1, 5, out);
          out.appendAscii("->");
          endpoint4(7, 11, out);
        } else {
          out.appendAscii("INVALID IPv4");
        }
        break;
      case INET6:
        if (size == 37) {
          tuple6(out);
        } else {
          out.appendAscii("INVALID IPv6");
        }
        break;
      default:
        out.appendAscii("family ").appendDecimal(family);
    }
  }

  private void tuple6(Bytes out) {
    if (isMapped(1) && isMapped(19)) {
      endpoint4(13, 17, out);
      out.appendAscii("->");
      endpoint4(31, 35, out);
    } else {
      endpoint6(1, out);
      out.appendAscii("->");
      endpoint6(19, out);
    }
  }

  private void unix(int size, Bytes out) {
    if (size < 17) {
      out.appendAscii("INVALID UNIX");
      return;
    }
    AddressText.appendHex(out, number(1));
    out.appendAscii("->");
    AddressText.appendHex(out, number(9));
    out.append(' ');
    path(17, out);
  }

  private void endpoint4(int ip, int port, Bytes out) {
    AddressText.append4(out, raw.array(), raw.offset() + ip);
    out.append(':');
    out.appendDecimal(port(port));
  }

  private void endpoint6(int ip, Bytes out) {
    AddressText.append6(out, raw.array(), raw.offset() + ip);
    out.append(':');
    out.appendDecimal(port(ip + 16));
  }

  /** True for an IPv4 address in IPv6 form, and for the address of all zeros. */
  private boolean isMapped(int ip) {
    for (int i = 0; i < 10; i++) {
      if (raw.at(ip + i) != 0) {
        return false;
      }
    }
    if (raw.at(ip + 10) == -1 && raw.at(ip + 11) == -1) {
      return true;
    }
    for (int i = 10; i < 16; i++) {
      if (raw.at(ip + i) != 0) {
        return false;
      }
    }
    return true;
  }

  private int port(int at) {
    return raw.at(at) & 0xff | (raw.at(at + 1) & 0xff) << 8;
  }

  private long number(int at) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | raw.at(at + i) & 0xff;
    }
    return value;
  }

  private void path(int from, Bytes out) {
    int end = raw.indexOf(0, from);
    int length = (end < 0 ? raw.length() : end) - from;
    path.view(raw.array(), raw.offset() + from, Math.max(0, length));
    Sanitizer.append(path, out);
  }
}
