package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** {@code join(separator, list)}. */
final class Join implements Extractor {
  private final Extractor separator;
  private final Extractor list;
  private final Value separatorValue = new Value();
  private final Value listValue = new Value();

  Join(Extractor separator, Extractor list) {
    this.separator = separator;
    this.list = list;
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    if (!separator.extract(context, separatorValue.clear())
        || !list.extract(context, listValue.clear())) {
      return false;
    }
    Bytes joined = out.addText();
    for (int i = 0; i < listValue.count(); i++) {
      if (i > 0) {
        joined.append(separatorValue.text());
      }
      joined.append(listValue.text(i));
    }
    return true;
  }
}
