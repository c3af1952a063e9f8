package io.jfalco.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rules file and the report on it, of those in golden files. Titles may end with what an editor
 * would not keep: {@code (CRLF)}, {@code (BOM)}, {@code (no line end at the end)}.
 */
record ReportCase(String title, String file, String report) {
  private static final List<String> GOLDEN_FILES =
      List.of(
          "conditions-and-outputs",
          "exceptions",
          "lists-and-macros",
          "rules",
          "structure",
          "various");

  @Override
  public String toString() {
    return title;
  }

  static Stream<ReportCase> all() throws IOException {
    List<ReportCase> all = new ArrayList<>();
    for (String name : GOLDEN_FILES) {
      all.addAll(read(name));
    }
    return all.stream();
  }

  private static List<ReportCase> read(String name) throws IOException {
    try (InputStream in = ReportCase.class.getResourceAsStream("reports/" + name + ".golden")) {
      String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ?");
      return Stream.of(parts).skip(1).map(ReportCase::parse).toList();
    }
  }

  private static ReportCase parse(String part) {
    int title = part.indexOf('\n');
    int report = part.indexOf("\n-->\n");
    return new ReportCase(
        part.substring(0, title),
        part.substring(title + 1, report + 1),
        part.substring(report + 5).stripTrailing());
  }

  /** Writes all reports anew. */
  static void update(Function<ReportCase, String> report) throws IOException {
    for (String name : GOLDEN_FILES) {
      StringBuilder text = new StringBuilder();
      text.append("Files and the reports on them: \"=== title\", file, \"-->\", report.\n");
      for (ReportCase given : read(name)) {
        text.append("\n=== ").append(given.title()).append('\n').append(given.file());
        text.append("-->\n").append(report.apply(given)).append('\n');
      }
      Files.writeString(
          Path.of("src/test/resources/io/jfalco/rule/reports/" + name + ".golden"), text);
    }
  }

  /** The file as it is loaded. */
  byte[] bytes() {
    String text = title.endsWith("(CRLF)") ? file.replace("\n", "\r\n") : file;
    text = title.endsWith("(no line end at the end)") ? text.stripTrailing() : text;
    return (title.endsWith("(BOM)") ? "\uFEFF" + text : text).getBytes(StandardCharsets.UTF_8);
  }
}
