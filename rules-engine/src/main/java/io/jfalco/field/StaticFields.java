package io.jfalco.field;

import io.jfalco.event.Bytes;
import java.util.List;
import java.util.SortedMap;

/** Constants that the user defines: {@code static.NAME}. */
final class StaticFields {
  /** What their names begin with. */
  private static final String PREFIX = "static.";

  private static final FieldFamily FAMILY =
      FieldFamily.syscall("static", "", "Static, user-defined filters");

  private StaticFields() {}

  /** Fields with these values, by their names without the prefix. */
  static List<Field> rows(SortedMap<String, String> values) {
    FieldRows rows = new FieldRows(FAMILY, FieldFlag.PROCESS_STATE);
    values.forEach(
        (name, value) -> {
          Bytes text = Bytes.of(value);
          rows.text(PREFIX + name, "", (context, out) -> Extractors.text(out, text));
        });
    return rows.rows();
  }
}
