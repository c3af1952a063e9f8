package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** A text written in the condition. */
final class Constant implements Extractor {
  private final Bytes text;

  Constant(String text) {
    this.text = Bytes.of(text);
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    out.addText().view(text);
    return true;
  }
}
