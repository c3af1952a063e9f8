package io.jfalco.condition.compile;

import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.List;

/** {@code (a, b)} inside a transformer: no value when one of the items has none. */
final class ListOfValues implements Extractor {
  private final Extractor[] items;
  private final Value[] values;

  ListOfValues(List<Extractor> items) {
    this.items = items.toArray(new Extractor[0]);
    values = new Value[this.items.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Value();
    }
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    for (int i = 0; i < items.length; i++) {
      if (!items[i].extract(context, values[i].clear())) {
        return false;
      }
      for (int j = 0; j < values[i].count(); j++) {
        out.addText().view(values[i].text(j));
      }
    }
    return true;
  }
}
