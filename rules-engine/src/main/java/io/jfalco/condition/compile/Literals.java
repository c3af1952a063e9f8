package io.jfalco.condition.compile;

import io.jfalco.event.ParamType;
import io.jfalco.field.FieldException;
import io.jfalco.field.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Constants of conditions, read as the type of the field that they are compared with. */
final class Literals {
  /** Bytes of the longest text or buffer, with the end that Falco keeps behind a text. */
  private static final int MAX_LENGTH = 256;

  private Literals() {}

  /** A number, truth value or port. */
  static long number(String text, ParamType type) {
    try {
      return switch (type) {
        case BOOL -> bool(text);
        case PORT -> port(text);
        case DOUBLE -> Double.doubleToRawLongBits((double) Numbers.parse(text, type));
        case SIGTYPE, SYSCALLID ->
            throw new CompileFailure("wrong parameter type " + type.ordinal());
        default -> Numbers.parse(text, type);
      };
    } catch (FieldException e) {
      throw new CompileFailure(e.getMessage());
    }
  }

  private static long bool(String text) {
    return switch (text) {
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new CompileFailure("filter error: unrecognized boolean value " + text);
    };
  }

  private static long port(String text) {
    if (text.matches("[0-9]*")) {
      String digits = text.replaceFirst("^0+", "");
      if (digits.length() > 10 || digits.length() == 10 && digits.compareTo("2147483647") > 0) {
        throw new CompileFailure(text + " is not a valid number");
      }
      return digits.isEmpty() ? 0 : Integer.parseInt(digits) & 0xffff;
    }
    return Services.port(text)
        .orElseThrow(() -> new CompileFailure("unrecognized protocol " + text));
  }

  /** A text, as its bytes; ends before a NUL. */
  static byte[] text(String text) {
    int end = text.indexOf('\0');
    String whole = end < 0 ? text : text.substring(0, end);
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= MAX_LENGTH) {
      throw new CompileFailure(
          "filter parameter too long (used="
              + (bytes.length + 1)
              + ", available="
              + MAX_LENGTH
              + "):"
              + whole);
    }
    return bytes;
  }

  /** A byte buffer, written as text. */
  static byte[] buffer(String text) {
    return checkLength(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A byte buffer, written in hexadecimal. */
  static byte[] hexadecimal(String text) {
    boolean valid = text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit);
    if (!valid) {
      throw new CompileFailure(
          "filter error: bcontains and bstartswith operator support hex strings only");
    }
    return checkLength(HexFormat.of().parseHex(text));
  }

  private static byte[] checkLength(byte[] buffer) {
    if (buffer.length >= MAX_LENGTH) {
      throw new CompileFailure("filter parameter too long (byte buf)");
    }
    return buffer;
  }

  /** An address, 4 or 16 bytes. */
  static byte[] address(String text, ParamType type) {
    boolean four = type == ParamType.IPV4ADDR || type == ParamType.IPADDR && text.contains(".");
    return four
        ? IpAddresses.ipv4(text)
            .orElseThrow(() -> new CompileFailure("unrecognized IPv4 address " + text))
        : IpAddresses.ipv6(text)
            .orElseThrow(() -> new CompileFailure("unrecognized IPv6 address " + text));
  }

  /** A network. */
  static Network network(String text) {
    try {
      return Network.parse(text);
    } catch (FieldException e) {
      throw new CompileFailure(e.getMessage());
    }
  }
}
