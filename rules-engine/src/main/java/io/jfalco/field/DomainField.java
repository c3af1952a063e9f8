package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;

/**
 * {@code fd.sip.name} and its like: the domain name of an address, among those that conditions ask
 * for.
 */
public final class DomainField implements Extractor {
  private final Extractor address;
  private final DomainNames domains;
  private final Value value = new Value();

  DomainField(Extractor address, DomainNames domains) {
    this.address = address;
    this.domains = domains;
  }

  /** Reads the address itself. */
  public Extractor address() {
    return address;
  }

  /** A name to compare the address with. */
  public DomainNames.Entry entry(String name) {
    return domains.entry(name);
  }

  /** For {@code exists}: as in Falco, any descriptor that is known has a name. */
  @Override
  public boolean extract(EventContext context, Value out) {
    return FdFields.fd(context) != null;
  }

  @Override
  public boolean print(EventContext context, Value out) {
    if (!address.extract(context, value.clear())) {
      return false;
    }
    Bytes name = out.addText();
    return domains.nameOf(value.text(), name);
  }
}
