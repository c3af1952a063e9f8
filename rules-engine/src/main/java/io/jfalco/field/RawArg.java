package io.jfalco.field;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import java.util.Optional;

/**
 * {@code evt.rawarg.NAME}. Its type is the one of the first parameter of that name in the table;
 * events whose parameter of that name cannot be read that way have no value.
 */
final class RawArg implements Extractor {
  private final ParamInfo first;
  private final int[] indexes;
  private final boolean number;

  RawArg(ParamInfo first) {
    this.first = first;
    this.indexes = ParamNames.indexes(first.name());
    this.number = isNumber(first.type());
  }

  private static boolean isNumber(ParamType type) {
    return switch (type) {
      case IPV4ADDR, IPV6ADDR, SIGSET -> false;
      default -> type.size() > 0;
    };
  }

  @Override
  public Optional<ParamType> type() {
    return Optional.of(first.type());
  }

  @Override
  public Optional<PrintFormat> format() {
    return Optional.of(first.format());
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    EventType event = context.event().type();
    int param = indexes[event.ordinal()];
    if (param < 0 || context.event().isMissing(param)) {
      return false;
    }
    ParamType type = EventTable.info(event).params().get(param).type();
    if (number != isNumber(type)) {
      return false;
    }
    if (number) {
      return Extractors.number(out, context.event().number(param, type, 0));
    }
    return type.isText()
        ? context.event().text(param, out.addText())
        : context.event().bytes(param, out.addText());
  }
}
