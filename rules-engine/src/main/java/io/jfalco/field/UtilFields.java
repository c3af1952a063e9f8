package io.jfalco.field;

import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import java.util.List;

/** Helpers that are no part of any event. */
final class UtilFields {
  private static final FieldFamily FAMILY =
      new FieldFamily("util", "", "", List.of("syscall"), true);

  private UtilFields() {}

  static List<Field> rows() {
    return new FieldRows(FAMILY)
        .bound(
            "util.cnt",
            ParamType.UINT64,
            PrintFormat.ID,
            "counts how often it was read.",
            argument -> new Counter())
        .rows();
  }

  private static final class Counter implements Extractor {
    private long count;

    @Override
    public boolean extract(EventContext context, Value out) {
      return Extractors.number(out, ++count);
    }
  }
}
