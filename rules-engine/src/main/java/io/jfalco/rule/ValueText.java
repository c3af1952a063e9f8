package io.jfalco.rule;

import io.jfalco.condition.compile.Source;
import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.field.Value;
import io.jfalco.render.BufferFormat;
import io.jfalco.render.BufferText;
import io.jfalco.render.Sanitizer;
import io.jfalco.state.AddressText;
import java.util.Locale;

/** Values as outputs show them. */
final class ValueText {
  private static final int MOST_OF_A_BUFFER = 1022;

  private ValueText() {}

  /** Appends the value of a source; false when values of its type cannot be shown. */
  static boolean append(Source source, Value value, Bytes out) {
    if (!source.list()) {
      return value.count() > 0 && append(source, value, 0, out);
    }
    out.append('(');
    for (int i = 0; i < value.count(); i++) {
      if (i > 0) {
        out.append(',');
      }
      if (!append(source, value, i, out)) {
        return false;
      }
    }
    out.append(')');
    return true;
  }

  /** Appends one of the values. */
  static boolean append(Source source, Value value, int index, Bytes out) {
    switch (source.type()) {
      case CHARBUF, FSPATH, FSRELPATH -> Sanitizer.append(value.text(index), out);
      case BYTEBUF -> appendBuffer(value.text(index), source.buffers(), out);
      case BOOL -> out.appendAscii(value.number(index) != 0 ? "true" : "false");
      case DOUBLE ->
          out.appendAscii(
              String.format(Locale.ROOT, "%.1f", Double.longBitsToDouble(value.number(index))));
      case IPADDR, IPV4ADDR, IPV6ADDR -> appendAddress(value.text(index), out);
      case IPNET -> out.appendAscii("<IPNET>");
      default -> {
        return isInteger(source.type())
            && isShown(source.type(), source.format())
            && appendInteger(source.type(), source.format(), value.number(index), out);
      }
    }
    return true;
  }

  static boolean isInteger(ParamType type) {
    return switch (type) {
      case INT8,
          INT16,
          INT32,
          INT64,
          UINT8,
          UINT16,
          UINT32,
          UINT64,
          ERRNO,
          FD,
          PID,
          SYSCALLID,
          SIGTYPE,
          RELTIME,
          ABSTIME,
          PORT,
          L4PROTO,
          SOCKFAMILY,
          FLAGS8,
          FLAGS16,
          FLAGS32,
          UID,
          GID,
          MODE,
          ENUMFLAGS8,
          ENUMFLAGS16,
          ENUMFLAGS32,
          FD32,
          PID32 ->
          true;
      default -> false;
    };
  }

  /** Numbers without a form are only shown when they are signed and 64 bits wide. */
  private static boolean isShown(ParamType type, PrintFormat format) {
    boolean formless = format == PrintFormat.NA || format == PrintFormat.DIR;
    return !formless || type.isSigned() && type.size() == 8;
  }

  private static boolean appendInteger(ParamType type, PrintFormat format, long bits, Bytes out) {
    long unsigned = type.size() < 8 ? bits & (1L << type.size() * 8) - 1 : bits;
    String text =
        switch (format) {
          case OCT -> Long.toOctalString(unsigned);
          case HEX -> Long.toHexString(unsigned).toUpperCase(Locale.ROOT);
          case PADDED_DEC_10 -> String.format(Locale.ROOT, "%09d", bits);
          default -> type.isSigned() ? Long.toString(bits) : Long.toUnsignedString(bits);
        };
    out.appendAscii(text);
    return true;
  }

  private static void appendAddress(Bytes address, Bytes out) {
    if (address.length() == 4) {
      AddressText.append4(out, address.array(), address.offset());
    } else {
      AddressText.append6(out, address.array(), address.offset());
    }
  }

  /** As Falco shows buffers: of longer ones as many characters as its memory holds. */
  private static void appendBuffer(Bytes buffer, BufferFormat format, Bytes out) {
    int length = buffer.length();
    if (format == BufferFormat.TEXT && length > MOST_OF_A_BUFFER) {
      length = MOST_OF_A_BUFFER - 1;
    }
    BufferText.append(buffer, length, format, out);
  }
}
