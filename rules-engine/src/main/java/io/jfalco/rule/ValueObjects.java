package io.jfalco.rule;

import io.jfalco.condition.compile.Source;
import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.field.FieldFlag;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Values as alerts carry them. */
final class ValueObjects {
  private ValueObjects() {}

  /** Long, BigInteger, Double, Boolean, String, a list of these, or null for a missing value. */
  static Object of(Source source, EventContext context) {
    if (source.flags().contains(FieldFlag.TIME_TEXT)) {
      return context.event().timestamp();
    }
    Value value = new Value();
    if (!source.extractor().print(context, value)) {
      return null;
    }
    if (value.count() == 0) {
      return null;
    }
    if (!source.list()) {
      return of(source.shown(context), value, 0);
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < value.count(); i++) {
      list.add(of(source, value, i));
    }
    return list;
  }

  private static Object of(Source source, Value value, int index) {
    ParamType type = source.type();
    if (type == ParamType.BOOL) {
      return value.number(index) != 0;
    }
    if (type == ParamType.DOUBLE) {
      return Double.longBitsToDouble(value.number(index));
    }
    boolean digits =
        switch (source.format()) {
          case DEC, ID, PADDED_DEC_10 -> true;
          case NA, HEX, OCT, DIR -> false;
        };
    if (ValueText.isInteger(type) && digits) {
      return integer(type, value.number(index));
    }
    Bytes text = new Bytes();
    return ValueText.append(source, value, index, text) ? text.toString() : null;
  }

  private static Object integer(ParamType type, long bits) {
    if (bits >= 0 || type.isSigned()) {
      return bits;
    }
    return new BigInteger(Long.toUnsignedString(bits));
  }
}
