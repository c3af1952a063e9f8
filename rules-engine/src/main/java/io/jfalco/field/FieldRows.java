package io.jfalco.field;

import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects the rows of a family. */
final class FieldRows {
  private final FieldFamily family;
  private final List<Field> rows = new ArrayList<>();
  private final Set<FieldFlag> common = EnumSet.noneOf(FieldFlag.class);

  FieldRows(FieldFamily family, FieldFlag... commonFlags) {
    this.family = family;
    common.addAll(List.of(commonFlags));
  }

  List<Field> rows() {
    return rows;
  }

  /** A text. */
  FieldRows text(String name, String description, Extractor extractor, FieldFlag... flags) {
    return row(name, ParamType.CHARBUF, PrintFormat.NA, description, extractor, flags);
  }

  /** A truth value. */
  FieldRows bool(String name, String description, Extractor extractor, FieldFlag... flags) {
    return row(name, ParamType.BOOL, PrintFormat.NA, description, extractor, flags);
  }

  /** A number that prints in decimal. */
  FieldRows number(
      String name, ParamType type, String description, Extractor extractor, FieldFlag... flags) {
    return row(name, type, PrintFormat.DEC, description, extractor, flags);
  }

  /** A field without argument whose extractor needs no scratch space. */
  FieldRows row(
      String name,
      ParamType type,
      PrintFormat format,
      String description,
      Extractor extractor,
      FieldFlag... flags) {
    return bound(name, type, format, description, argument -> extractor, flags);
  }

  /** A field that takes an argument, or whose extractor needs scratch space. */
  FieldRows bound(
      String name,
      ParamType type,
      PrintFormat format,
      String description,
      Field.Binder binder,
      FieldFlag... flags) {
    Set<FieldFlag> all = EnumSet.noneOf(FieldFlag.class);
    all.addAll(common);
    all.addAll(List.of(flags));
    rows.add(new Field(name, type, format, all, family, description, binder));
    return this;
  }
}
