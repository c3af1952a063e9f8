package io.jfalco.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The installed falco.yaml, made of the keys: those that this version acts on. */
final class ShippedFile {
  private static final String HEAD =
      """
      # SPDX-License-Identifier: Apache-2.0
      #
      # JFalco's configuration. Keys are those of Falco 0.44; docs/reference/configuration.md has them all, with
      # what holds for a key that is in no file.
      """;

  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder(HEAD);
  private List<String> open = List.of();

  private ShippedFile() {}

  static String text() {
    ShippedFile file = new ShippedFile();
    String section = "";
    Set<String> lists = new LinkedHashSet<>();
    for (ConfigKey key : ConfigKeys.all().values()) {
      if (!key.support().startsWith("yes")) {
        continue;
      }
      if (!key.section().equals(section)) {
        section = key.section();
        file.out.append("\n# ---- ").append(section).append('\n');
      }
      if (ConfigKeys.all().containsKey(key.top() + "[]") && key.name().contains("[].")) {
        continue; // The list's own text tells of its entries.
      }
      if (key.name().matches(".*\\[]\\..*")) {
        file.member(key, lists.add(key.top()));
      } else {
        file.key(key);
      }
    }
    return file.out.toString();
  }

  /** A key within the entries of a list: told of, but not set. */
  private void member(ConfigKey key, boolean first) {
    if (first) {
      open = List.of();
      out.append("\n# ").append(key.top()).append(": []\n");
    }
    comment("", key.name() + ": " + key.text());
  }

  private void key(ConfigKey key) {
    List<String> path = List.of(key.name().replace("[]", "").split("\\."));
    int common = 0;
    while (common < Math.min(open.size(), path.size() - 1)
        && open.get(common).equals(path.get(common))) {
      common++;
    }
    if (common == 0) {
      out.append('\n');
    }
    for (int i = common; i < path.size() - 1; i++) {
      out.append("  ".repeat(i)).append(path.get(i)).append(":\n");
    }
    open = path.subList(0, path.size() - 1);
    String indent = "  ".repeat(path.size() - 1);
    String name = path.get(path.size() - 1);
    comment(indent, key.text());
    if (key.shipped().equals("-")) {
      String value = key.absent().isEmpty() ? "\"\"" : key.absent();
      out.append(indent).append("# ").append(name).append(": ").append(value).append('\n');
    } else {
      out.append(indent).append(name).append(':');
      value(indent, key.shipped());
    }
  }

  private void value(String indent, String yaml) {
    Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    if (value instanceof List<?> list && !list.isEmpty() && yaml.length() > WIDTH / 2) {
      out.append('\n');
      for (Object entry : list) {
        out.append(indent).append("  - ").append(entry).append('\n');
      }
    } else {
      out.append(' ').append(yaml).append('\n');
    }
  }

  private void comment(String indent, String markdown) {
    String text = markdown.replaceAll("\\[([^\\]]+)]\\([^)]*\\)", "$1").replace("`", "");
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && indent.length() + 3 + line.length() + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    lines.forEach(each -> out.append(indent).append("# ").append(each).append('\n'));
  }
}
