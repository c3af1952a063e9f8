package io.jfalco.rules;

import io.jfalco.event.Bytes;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.L4Proto;
import java.util.Locale;

/** Descriptors that are open before the events: {@code KIND NAME}. */
final class CaseFds {
  private CaseFds() {}

  static FdSpec read(Object number, String text) {
    int blank = text.indexOf(' ');
    String kind = blank < 0 ? text : text.substring(0, blank);
    String name = text.substring(blank + 1);
    FdSpec spec = new FdSpec();
    long fd = Long.parseLong(String.valueOf(number));
    if (kind.equals("tcp") || kind.equals("udp")) {
      return socket(spec, fd, L4Proto.valueOf(kind.toUpperCase(Locale.ROOT)), name);
    }
    spec.is(fd, FdType.valueOf(kind.toUpperCase(Locale.ROOT)), 40 + fd);
    spec.name().copyFrom(Bytes.of(name));
    return spec;
  }

  private static FdSpec socket(FdSpec spec, long fd, L4Proto protocol, String tuple) {
    Endpoint[] ends = Endpoint.pair(tuple);
    spec.is(fd, ends[0].isV6() ? FdType.IPV6 : FdType.IPV4, 40 + fd);
    spec.inet(protocol, ends[0].port(), ends[1].port());
    System.arraycopy(ends[0].address(), 0, spec.sourceIp(), 0, ends[0].address().length);
    System.arraycopy(ends[1].address(), 0, spec.destinationIp(), 0, ends[1].address().length);
    return spec;
  }
}
