package io.jfalco.condition.compile;

import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** Numbers as decimal text. */
final class NumberText implements Extractor {
  private final Extractor number;
  private final Value value = new Value();

  NumberText(Extractor number) {
    this.number = number;
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    if (!number.extract(context, value.clear())) {
      return false;
    }
    for (int i = 0; i < value.count(); i++) {
      out.addText().appendDecimal(value.number(i));
    }
    return true;
  }
}
