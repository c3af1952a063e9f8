package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.DomainField;
import io.jfalco.field.DomainNames;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.List;

/** {@code fd.sip.name in (a.org, b.org)}: the address belongs to one of the names. */
final class DomainCheck implements Condition {
  private final Extractor address;
  private final DomainNames.Entry[] names;
  private final boolean negated;
  private final Value value = new Value();

  DomainCheck(DomainField field, List<String> names, boolean negated) {
    this.address = field.address();
    this.names = names.stream().map(field::entry).toArray(DomainNames.Entry[]::new);
    this.negated = negated;
  }

  @Override
  public boolean test(EventContext context) {
    return address.extract(context, value.clear()) && isNamed(value.text()) != negated;
  }

  private boolean isNamed(Bytes ip) {
    for (DomainNames.Entry name : names) {
      if (name.matches(ip)) {
        return true;
      }
    }
    return false;
  }
}
