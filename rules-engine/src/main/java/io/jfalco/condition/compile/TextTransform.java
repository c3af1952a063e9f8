package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** Changes each text of a field. */
final class TextTransform implements Extractor {
  /** A change of one text; false when it has no result. */
  interface Change {
    boolean apply(Bytes in, Bytes out);
  }

  private final Extractor source;
  private final Change change;
  private final Value value = new Value();

  TextTransform(Extractor source, Change change) {
    this.source = source;
    this.change = change;
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    if (!source.extract(context, value.clear())) {
      return false;
    }
    for (int i = 0; i < value.count(); i++) {
      if (!change.apply(value.text(i), out.addText())) {
        return false;
      }
    }
    return true;
  }

  static boolean lower(Bytes in, Bytes out) {
    for (int i = 0; i < in.length(); i++) {
      out.append(TextMatchers.lower(in.at(i)));
    }
    return true;
  }

  static boolean upper(Bytes in, Bytes out) {
    for (int i = 0; i < in.length(); i++) {
      int c = in.at(i);
      out.append(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    return true;
  }

  static boolean basename(Bytes in, Bytes out) {
    int start = in.lastIndexOf('/') + 1;
    out.append(in.array(), in.offset() + start, in.length() - start);
    return true;
  }
}
