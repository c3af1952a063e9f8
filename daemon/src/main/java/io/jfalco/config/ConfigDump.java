package io.jfalco.config;

import java.util.List;
import java.util.Map;

/** A configuration as YAML on one line, all texts in quotes: the form that Falco reports it in. */
final class ConfigDump {
  private final StringBuilder out = new StringBuilder();

  private ConfigDump() {}

  static String of(ConfigTree tree) {
    ConfigDump dump = new ConfigDump();
    dump.value(tree.root());
    return dump.out.toString();
  }

  private void value(Object node) {
    String separator = "";
    if (node instanceof Map<?, ?> map) {
      out.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        text(entry.getKey().toString());
        out.append(": ");
        value(entry.getValue());
        separator = ", ";
      }
      out.append('}');
    } else if (node instanceof List<?> list) {
      out.append('[');
      for (Object entry : list) {
        out.append(separator);
        value(entry);
        separator = ", ";
      }
      out.append(']');
    } else if (node == ConfigTree.NOTHING) {
      out.append("null");
    } else {
      text(node.toString());
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"', '\\' -> out.append('\\').append(character);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case 0xFEFF -> out.append("\\ufeff");
        default -> {
          if (character < ' ' || character >= 0x80 && character <= 0xA0) {
            out.append(String.format("\\x%02x", (int) character));
          } else {
            out.append(character);
          }
        }
      }
    }
    out.append('"');
  }
}
