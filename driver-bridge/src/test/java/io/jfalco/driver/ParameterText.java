package io.jfalco.driver;

import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of parameter values that native/test/README.md describes. */
final class ParameterText {
  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final Pattern RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");

  private ParameterText() {}

  /** True when a value is what was expected. */
  static boolean matches(ParamInfo param, byte[] value, String expected) {
    if (value.length > 0 && param.type().size() > 0) {
      if (value.length != param.type().size()) {
        return false;
      }
      return matchesNumber(param.type(), value, expected);
    }
    if (param.type() == ParamType.SOCKTUPLE && expected.startsWith("unix:")) {
      return matchesPointers(of(param, value), expected);
    }
    return of(param, value).equals(expected);
  }

  private static boolean matchesNumber(ParamType type, byte[] value, String expected) {
    Matcher range = RANGE.matcher(expected);
    long number = number(value, type.isSigned());
    if (expected.equals("*")) {
      return true;
    } else if (expected.startsWith(">=")) {
      return type.isSigned()
          ? number >= Long.parseLong(expected.substring(2))
          : Long.compareUnsigned(number, Long.parseUnsignedLong(expected.substring(2))) >= 0;
    } else if (expected.startsWith(">")) {
      return type.isSigned()
          ? number > Long.parseLong(expected.substring(1))
          : Long.compareUnsigned(number, Long.parseUnsignedLong(expected.substring(1))) > 0;
    } else if (range.matches()) {
      return number >= Long.parseLong(range.group(1)) && number <= Long.parseLong(range.group(2));
    }
    return text(type, value).equals(expected);
  }

  /** Kernel pointers: {@code *} stands for one that is there. */
  private static boolean matchesPointers(String actual, String expected) {
    String[] wanted = expected.split("[:>]", 4);
    String[] found = actual.split("[:>]", 4);
    if (wanted.length != found.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean pointer = (i == 1 || i == 2) && wanted[i].equals("*");
      if (pointer ? found[i].equals("0") : !found[i].equals(wanted[i])) {
        return false;
      }
    }
    return true;
  }

  /** The notation of a value. */
  static String of(ParamInfo param, byte[] value) {
    if (value.length == 0) {
      return "-";
    }
    return switch (param.type()) {
      case CHARBUF, FSPATH, FSRELPATH -> terminated(value, 0);
      case BYTEBUF -> encode(value, 0, value.length);
      case SOCKADDR -> address(value);
      case SOCKTUPLE -> tuple(value);
      case DYN -> dynamic(param, value);
      case FDLIST -> fdList(value);
      default -> text(param.type(), value);
    };
  }

  private static String text(ParamType type, byte[] value) {
    if (value.length != 1 && value.length != 2 && value.length != 4 && value.length != 8) {
      return "bad length " + value.length;
    }
    long number = number(value, type.isSigned());
    return type.isSigned() ? Long.toString(number) : Long.toUnsignedString(number);
  }

  /** A little-endian number of 1 to 8 bytes. */
  static long number(byte[] value, boolean signed) {
    long number = 0;
    for (int i = value.length - 1; i >= 0; i--) {
      number = number << 8 | (value[i] & 0xff);
    }
    int unused = 64 - 8 * value.length;
    return signed && unused > 0 ? number << unused >> unused : number;
  }

  private static String terminated(byte[] value, int from) {
    if (value[value.length - 1] != 0) {
      return "not terminated: " + encode(value, from, value.length);
    }
    return encode(value, from, value.length - 1);
  }

  private static String encode(byte[] value, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      int b = value[i] & 0xff;
      boolean special = i == from && (b == '-' || b == '*' || b == '>');
      if (special || b <= ' ' || b >= 0x7f || b == '%') {
        text.append(String.format("%%%02x", b));
      } else {
        text.append((char) b);
      }
    }
    return text.toString();
  }

  private static String address(byte[] value) {
    int family = value[0];
    if (family == INET && value.length == 7) {
      return "inet:" + endpoint(value, 1, 4);
    } else if (family == INET6 && value.length == 19) {
      return "inet6:" + endpoint(value, 1, 16);
    } else if (family == UNIX && value.length > 1) {
      return "unix:" + terminated(value, 1);
    }
    return "bad address " + encode(value, 0, value.length);
  }

  private static String tuple(byte[] value) {
    int family = value[0];
    if (family == INET && value.length == 13) {
      return "inet:" + endpoint(value, 1, 4) + ">" + endpoint(value, 7, 4);
    } else if (family == INET6 && value.length == 37) {
      return "inet6:" + endpoint(value, 1, 16) + ">" + endpoint(value, 19, 16);
    } else if (family == UNIX && value.length > 17) {
      ByteBuffer pointers = ByteBuffer.wrap(value, 1, 16).order(ByteOrder.LITTLE_ENDIAN);
      String first = Long.toHexString(pointers.getLong());
      String second = Long.toHexString(pointers.getLong());
      return "unix:" + first + ">" + second + ":" + terminated(value, 17);
    }
    return "bad tuple " + encode(value, 0, value.length);
  }

  private static String endpoint(byte[] value, int at, int size) {
    byte[] ip = Arrays.copyOfRange(value, at, at + size);
    long port = number(Arrays.copyOfRange(value, at + size, at + size + 2), false);
    return (size == 4 ? dotted(ip) : "[" + compressed(ip) + "]") + ":" + port;
  }

  private static String dotted(byte[] ip) {
    return (ip[0] & 0xff) + "." + (ip[1] & 0xff) + "." + (ip[2] & 0xff) + "." + (ip[3] & 0xff);
  }

  /** The usual short form, as far as loopback and the unspecified address need it. */
  private static String compressed(byte[] ip) {
    try {
      String full = InetAddress.getByAddress(ip).getHostAddress();
      return full.replaceFirst("^0:0:0:0:0:0:0:", "::").replace("::0", "::");
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String dynamic(ParamInfo param, byte[] value) {
    int index = value[0];
    if (index < 0 || index >= param.dynamic().size()) {
      return "bad index " + index;
    }
    byte[] rest = Arrays.copyOfRange(value, 1, value.length);
    ParamType type = param.dynamic().get(index).type();
    return index
        + ":"
        + switch (type) {
          case BYTEBUF -> encode(rest, 0, rest.length);
          case CHARBUF -> rest.length == 0 ? "" : terminated(rest, 0);
          default -> checkedNumber(type, rest);
        };
  }

  /** How many, then number and flags of each. */
  private static String fdList(byte[] value) {
    ByteBuffer list = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    int count = list.getShort();
    if (list.remaining() != 10 * count) {
      return "bad length " + value.length;
    }
    StringBuilder text = new StringBuilder().append(count);
    for (int i = 0; i < count; i++) {
      text.append(';').append(list.getLong()).append(':').append(list.getShort());
    }
    return text.toString();
  }

  private static String checkedNumber(ParamType type, byte[] value) {
    return value.length == type.size() ? text(type, value) : "bad length " + value.length;
  }
}
