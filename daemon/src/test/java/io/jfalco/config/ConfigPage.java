package io.jfalco.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code docs/reference/configuration.md}. */
final class ConfigPage {
  private static final int COLUMNS = 5;

  private ConfigPage() {}

  /**
   * One key.
   *
   * @param key with {@code []} after the names of lists
   * @param type type in the schema
   * @param absent value that holds when the key is in no file; may be empty
   * @param support first words of the last column
   */
  record Row(String key, String type, String absent, String support) {
    boolean isBelowList() {
      return key.contains("[]");
    }

    @Override
    public String toString() {
      return key;
    }
  }

  static List<Row> rows(Path root) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve("docs/reference/configuration.md"))) {
      String[] cell = line.split("\\|");
      if (cell.length == COLUMNS + 1 && cell[1].startsWith(" `")) {
        rows.add(new Row(plain(cell[1]), plain(cell[2]), plain(cell[3]), plain(cell[5])));
      }
    }
    return rows;
  }

  private static String plain(String cell) {
    return cell.replace("`", "").strip();
  }
}
