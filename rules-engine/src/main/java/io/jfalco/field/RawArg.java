package io.jfalco.field;

import io.jfalco.event.EventTable;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.render.BufferFormat;
import io.jfalco.state.EventContext;
import java.util.Optional;

/**
 * {@code evt.rawarg.NAME}. Conditions take it to be of the type of the first parameter of that name
 * in the table; events whose parameter of that name cannot be read that way have no value there.
 */
final class RawArg implements Extractor {
  private final ParamInfo first;
  private final int[] indexes;
  private final boolean number;
  private final BufferFormat buffers;

  RawArg(ParamInfo first, BufferFormat buffers) {
    this.first = first;
    this.buffers = buffers;
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
  public BufferFormat buffers() {
    return buffers;
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    int param = indexes[context.event().type().ordinal()];
    if (param < 0 || param >= context.event().paramCount()) {
      return false;
    }
    ParamType type = info(context, param).type();
    if (number != isNumber(type)) {
      return false;
    }
    if (type.isText()) {
      Extractors.textOrMark(context.event(), param, out.addText());
      return true;
    }
    if (context.event().isMissing(param)) {
      return false;
    }
    return number
        ? Extractors.number(out, context.event().number(param, type, 0))
        : context.event().bytes(param, out.addText());
  }

  /** Outputs show the parameter in its own type; a missing number is 0, as in Falco. */
  @Override
  public boolean print(EventContext context, Value out) {
    int param = indexes[context.event().type().ordinal()];
    if (param < 0 || param >= context.event().paramCount()) {
      return false;
    }
    ParamType type = info(context, param).type();
    if (isNumber(type)) {
      return Extractors.number(out, context.event().number(param, type, 0));
    }
    if (type.isText()) {
      Extractors.textOrMark(context.event(), param, out.addText());
    } else {
      context.event().bytes(param, out.addText());
    }
    return true;
  }

  @Override
  public Optional<ParamInfo> shownAs(EventContext context) {
    int param = indexes[context.event().type().ordinal()];
    return param < 0 ? Optional.empty() : Optional.of(info(context, param));
  }

  private static ParamInfo info(EventContext context, int param) {
    return EventTable.info(context.event().type()).params().get(param);
  }
}
