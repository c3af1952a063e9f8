package io.jfalco.field;

import static io.jfalco.event.ParamType.BYTEBUF;
import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.DYN;
import static io.jfalco.event.ParamType.UINT64;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.PrintFormat;
import io.jfalco.render.BufferFormat;
import io.jfalco.render.BufferText;
import io.jfalco.render.ParamRenderer;
import io.jfalco.state.EventContext;
import java.util.Optional;

/** Fields that show the parameters of an event. */
final class EventArgFields {
  private EventArgFields() {}

  static void add(FieldRows rows, BufferFormat format) {
    Field.Binder args = argument -> args(format);
    rows.bound(
            "evt.args",
            CHARBUF,
            PrintFormat.NA,
            "all parameters of the event, name=value, in one text.",
            args)
        .bound(
            "evt.arg",
            CHARBUF,
            PrintFormat.NA,
            "one parameter by name or number, as text: evt.arg.fd, evt.arg[0]. What the parameter"
                + " stands for (name of a descriptor, of flags, of an error) goes before the plain"
                + " value.",
            argument -> new ArgText(argument, format),
            FieldFlag.ARG_REQUIRED,
            FieldFlag.ARG_DOTTED)
        .bound(
            "evt.rawarg",
            DYN,
            PrintFormat.NA,
            "one parameter by name, in its own type: evt.rawarg.res.",
            argument -> rawArg(argument, format),
            FieldFlag.ARG_REQUIRED,
            FieldFlag.ARG_DOTTED,
            FieldFlag.NO_RHS,
            FieldFlag.NO_TRANSFORMER)
        .bound("evt.info", CHARBUF, PrintFormat.NA, "the same as evt.args.", args)
        .bound(
            "evt.buffer",
            BYTEBUF,
            PrintFormat.NA,
            "data that the event reads or writes, as far as it was captured.",
            argument -> new Buffer(format))
        .number(
            "evt.buflen",
            UINT64,
            "length of the data that the event read or wrote.",
            (context, out) ->
                EventCountFields.isIo(context) && EventCountFields.size(context, out));
  }

  /** The time around which events are looked for; the compiler does the rest. */
  static void addAround(FieldRows rows) {
    rows.bound(
        "evt.around",
        UINT64,
        PrintFormat.DEC,
        "true near a time: evt.around[nanoseconds since 1970]=milliseconds.",
        EventArgFields::around,
        FieldFlag.FILTER_ONLY,
        FieldFlag.ARG_REQUIRED,
        FieldFlag.ARG_REST,
        FieldFlag.NO_RHS,
        FieldFlag.NO_TRANSFORMER);
  }

  private static Extractor around(Optional<String> argument) throws FieldException {
    String rest = argument.orElse("");
    if (rest.startsWith(".")) {
      throw new FieldException("wrong syntax for evt.around");
    }
    return new AroundField(Numbers.parse(inBrackets(rest), UINT64));
  }

  private static String inBrackets(String rest) throws FieldException {
    if (!rest.startsWith("[")) {
      throw FieldException.syntax();
    }
    return rest.substring(1, rest.indexOf(']'));
  }

  private static Extractor args(BufferFormat format) {
    ParamRenderer renderer = new ParamRenderer(format);
    return (context, out) -> {
      renderer.args(context, out.addText());
      return true;
    };
  }

  private static Extractor rawArg(Optional<String> argument, BufferFormat format)
      throws FieldException {
    String rest = argument.orElse("");
    if (rest.startsWith("[")) {
      throw new FieldException("evt.arg fields must be expressed explicitly");
    }
    if (!rest.startsWith(".")) {
      throw FieldException.syntax();
    }
    return new RawArg(ParamNames.find(rest.substring(1)), format);
  }

  /**
   * Parameter {@code data}: raw for conditions, in the form of outputs for those; no data is empty
   * data. What is shown goes through the form of outputs once more, as in Falco: base64 twice.
   */
  private static final class Buffer implements Extractor {
    private final BufferFormat format;
    private final int[] index = ParamNames.indexes("data");
    private final Value raw = new Value();

    Buffer(BufferFormat format) {
      this.format = format;
    }

    @Override
    public BufferFormat buffers() {
      return format;
    }

    @Override
    public boolean extract(EventContext context, Value out) {
      int param = index[context.event().type().ordinal()];
      if (param < 0 || param >= context.event().paramCount()) {
        return false;
      }
      context.event().bytes(param, out.addText());
      return true;
    }

    @Override
    public boolean print(EventContext context, Value out) {
      if (!extract(context, raw.clear())) {
        return false;
      }
      BufferText.append(raw.text(), raw.text().length(), format, out.addText());
      return true;
    }
  }

  /** {@code evt.arg}: by number or by name. Conditions compare buffers as text in any case. */
  private static final class ArgText implements Extractor {
    private final ParamRenderer compared = new ParamRenderer(BufferFormat.TEXT);
    private final ParamRenderer shown;
    private final int number;
    private final int[] byName;

    ArgText(Optional<String> argument, BufferFormat format) throws FieldException {
      shown = new ParamRenderer(format);
      String rest = argument.orElse("");
      if (rest.startsWith(".")) {
        ParamInfo param = ParamNames.find(rest.substring(1));
        number = -1;
        byName = ParamNames.indexes(param.name());
      } else {
        number = Numbers.parseIndex(inBrackets(rest));
        byName = new int[0];
      }
    }

    @Override
    public boolean extract(EventContext context, Value out) {
      return text(compared, context, out);
    }

    @Override
    public boolean print(EventContext context, Value out) {
      return text(shown, context, out);
    }

    private boolean text(ParamRenderer renderer, EventContext context, Value out) {
      EventType type = context.event().type();
      int param = byName.length > 0 ? byName[type.ordinal()] : number;
      if (param < 0 || param >= EventTable.info(type).params().size()) {
        return false;
      }
      return renderer.resolvedText(context, param, out.addText());
    }
  }
}
