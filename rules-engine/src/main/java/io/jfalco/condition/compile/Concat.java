package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.List;

/** {@code concat(a, b, ...)}: no value when one of the texts has none. */
final class Concat implements Extractor {
  private final Extractor[] parts;
  private final Value value = new Value();

  Concat(List<Extractor> parts) {
    this.parts = parts.toArray(new Extractor[0]);
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    Bytes joined = out.addText();
    for (Extractor part : parts) {
      if (!part.extract(context, value.clear())) {
        return false;
      }
      joined.append(value.text());
    }
    return true;
  }
}
