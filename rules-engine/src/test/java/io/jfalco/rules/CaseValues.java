package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.FlagTable;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import io.jfalco.render.Errnos;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes a parameter as its type wants it. */
final class CaseValues {
  private static final String HEX = "hex:";

  private CaseValues() {}

  /** Null is a parameter that the kernel could not read. */
  static void write(EventBuilder event, ParamInfo param, Object value) {
    ParamType type = param.type();
    if (value == null) {
      event.missing();
    } else if (type.size() > 0) {
      event.number(number(param, value));
    } else if (type.isText()) {
      event.text(value.toString());
    } else if (type == ParamType.SOCKTUPLE) {
      event.bytes(Endpoint.socktuple(value.toString()));
    } else if (type == ParamType.SOCKADDR) {
      event.bytes(Endpoint.parse(value.toString()).sockaddr());
    } else if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(item -> texts.add(item.toString()));
      event.texts(texts);
    } else {
      assertThat(type).as("%s", param.name()).isEqualTo(ParamType.BYTEBUF);
      event.bytes(data(value.toString()));
    }
  }

  private static byte[] data(String text) {
    return text.startsWith(HEX)
        ? HexFormat.of().parseHex(text.substring(HEX.length()))
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static long number(ParamInfo param, Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    String text = value.toString();
    if (param.type() == ParamType.UID || param.type() == ParamType.GID) {
      return CaseHost.user(text);
    }
    if (param.type() == ParamType.ERRNO || param.type() == ParamType.FD) {
      return -errno(text);
    }
    FlagTable table = param.flags().orElseThrow();
    long flags = 0;
    for (String name : text.isEmpty() ? new String[0] : text.split("\\|")) {
      flags |= table.value(name);
    }
    return flags;
  }

  private static long errno(String name) {
    Bytes out = new Bytes();
    for (int number = 1; number < 134; number++) {
      Errnos.append(number, out.clear());
      if (out.toString().equals(name)) {
        return number;
      }
    }
    throw new IllegalArgumentException("no error number " + name);
  }
}
