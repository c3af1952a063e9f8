package io.jfalco.issue;

import java.util.List;
import java.util.Map;

/** JSON over several lines, two blanks deeper at each level, as Falco prints its listings. */
public final class PrettyJson {
  /** Stands for null. */
  public static final Object NULL = new Object();

  private final StringBuilder out = new StringBuilder(1 << 16);

  private PrettyJson() {}

  /** The JSON of a value of maps, lists, texts, numbers and booleans; maps keep their order. */
  public static String write(Object value) {
    PrettyJson json = new PrettyJson();
    json.value(value, "\n");
    return json.out.toString();
  }

  private void value(Object value, String line) {
    String inner = line + "  ";
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator).append(inner);
        out.append(Json.write(entry.getKey().toString())).append(": ");
        value(entry.getValue(), inner);
        separator = ",";
      }
      out.append(line).append('}');
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      String separator = "[";
      for (Object element : list) {
        out.append(separator).append(inner);
        value(element, inner);
        separator = ",";
      }
      out.append(line).append(']');
    } else if (value == NULL) {
      out.append("null");
    } else {
      out.append(Json.write(value));
    }
  }
}
