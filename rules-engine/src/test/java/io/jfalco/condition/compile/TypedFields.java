package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.field.Extractor;
import io.jfalco.field.Field;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldFamily;
import io.jfalco.field.FieldFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Made-up fields of every type: {@code x} has one value, {@code y} another, {@code z} none. */
final class TypedFields {
  private static final FieldFamily FAMILY =
      new FieldFamily("typed", "", "", List.of("syscall"), true);

  private TypedFields() {}

  /** Name of a field: {@code x.int8}, {@code y.list_charbuf}. */
  static String name(char which, boolean list, ParamType type) {
    return which + "." + (list ? "list_" : "") + type.name().toLowerCase(Locale.ROOT);
  }

  static FieldCatalog catalog() {
    List<Field> fields = new ArrayList<>();
    for (ParamType type : ParamType.values()) {
      for (boolean list : new boolean[] {false, true}) {
        add(fields, 'x', list, type, value(type, list, true));
        add(fields, 'y', list, type, value(type, list, false));
        add(fields, 'z', list, type, (context, out) -> false);
      }
    }
    return FieldCatalog.standard().with(fields);
  }

  private static void add(
      List<Field> fields, char which, boolean list, ParamType type, Extractor extractor) {
    fields.add(
        new Field(
            name(which, list, type),
            type,
            PrintFormat.DEC,
            list ? Set.of(FieldFlag.LIST) : Set.of(),
            FAMILY,
            "made up.",
            argument -> extractor));
  }

  private static Extractor value(ParamType type, boolean list, boolean first) {
    return switch (Kind.of(type)) {
      case SIGNED -> numbers(list, first ? -5 : 7, 9);
      case UNSIGNED -> numbers(list, first ? 200 : 7, 9);
      case BOOL -> numbers(list, first ? 1 : 0, 1);
      case DOUBLE ->
          numbers(list, Double.doubleToRawLongBits(first ? 2.5 : 7), Double.doubleToRawLongBits(9));
      case TEXT -> texts(list, bytes(first ? "/etc/Shadow" : "/etc"), bytes("b"));
      case BUFFER -> texts(list, first ? new byte[] {'a', 'b', 0, -1} : bytes("ab"), bytes("b"));
      case ADDRESS, NETWORK -> texts(list, address(type, first), address(type, false));
      case OPAQUE -> texts(list, bytes("?"), bytes("?"));
    };
  }

  private static byte[] address(ParamType type, boolean first) {
    boolean six = type == ParamType.IPV6ADDR || type == ParamType.IPV6NET;
    String text = six ? (first ? "2001:db8::5" : "::7") : first ? "10.1.2.3" : "10.9.9.9";
    return (six ? IpAddresses.ipv6(text) : IpAddresses.ipv4(text)).orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Extractor numbers(boolean list, long value, long more) {
    return (context, out) -> {
      out.addNumber(value);
      if (list) {
        out.addNumber(more);
      }
      return true;
    };
  }

  private static Extractor texts(boolean list, byte[] value, byte[] more) {
    Bytes text = new Bytes().view(value, 0, value.length);
    Bytes second = new Bytes().view(more, 0, more.length);
    return (context, out) -> {
      out.addText().view(text);
      if (list) {
        out.addText().view(second);
      }
      return true;
    };
  }
}
