package io.jfalco.condition.compile;

import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** Number of elements of a list, or of bytes of a text. */
final class Length implements Extractor {
  private final Extractor source;
  private final boolean list;
  private final Value value = new Value();

  Length(Extractor source, boolean list) {
    this.source = source;
    this.list = list;
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    if (!source.extract(context, value.clear())) {
      return false;
    }
    out.addNumber(list ? value.count() : value.text().length());
    return true;
  }
}
