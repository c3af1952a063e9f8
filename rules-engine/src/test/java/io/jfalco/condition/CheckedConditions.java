package io.jfalco.condition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Conditions whose treatment by Falco is known. */
public final class CheckedConditions {
  private CheckedConditions() {}

  /**
   * One of them.
   *
   * @param condition the text
   * @param result ok, syntax (parser refuses it), error (compiler refuses it) or runtime (the
   *     search for event types refuses it)
   * @param text compiled form, or message
   * @param events number or names of its event types
   */
  public record Row(String condition, String result, String text, String events) {
    @Override
    public String toString() {
      return condition;
    }
  }

  /** All of them. */
  public static List<Row> rows() {
    try (InputStream in = CheckedConditions.class.getResourceAsStream("conditions.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(CheckedConditions::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those with one of these results. */
  public static Stream<Row> rows(List<String> results) {
    return rows().stream().filter(row -> results.contains(row.result()));
  }

  private static Row row(String line) {
    String[] cells = line.split("\t", -1);
    return new Row(cells[0], cells[1], cells[2], cells.length > 3 ? cells[3] : "");
  }
}
