package io.jfalco.condition.compile;

import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.field.BoundField;
import io.jfalco.field.Extractor;
import io.jfalco.field.FieldFlag;
import io.jfalco.render.BufferFormat;
import io.jfalco.state.EventContext;
import java.util.Set;

/**
 * A side of a check that is read from the event: a field, or transformers over fields.
 *
 * @param name name for messages
 * @param type type of the value
 * @param list true when it is a list
 * @param flags properties of the field
 * @param extractor reads the value
 * @param format how numbers print
 * @param buffers how byte buffers print
 */
public record Source(
    String name,
    ParamType type,
    boolean list,
    Set<FieldFlag> flags,
    Extractor extractor,
    PrintFormat format,
    BufferFormat buffers) {

  /** Copies the flags. */
  public Source {
    flags = Set.copyOf(flags);
  }

  static Source of(BoundField bound) {
    return new Source(
        bound.field().name(),
        bound.type(),
        bound.field().is(FieldFlag.LIST),
        bound.field().flags(),
        bound.extractor(),
        bound.format(),
        bound.extractor().buffers());
  }

  static Source text(String name, boolean list, Extractor extractor) {
    return new Source(
        name, ParamType.CHARBUF, list, Set.of(), extractor, PrintFormat.NA, BufferFormat.TEXT);
  }

  Kind kind() {
    return Kind.of(type);
  }

  boolean is(FieldFlag flag) {
    return flags.contains(flag);
  }

  /** The same field seen through a transformer. */
  Source transformed(ParamType newType, boolean newList, Extractor newExtractor) {
    return new Source(name, newType, newList, flags, newExtractor, format, buffers);
  }

  /** The type and form of what the extractor has just printed of this event. */
  public Source shown(EventContext context) {
    return extractor
        .shownAs(context)
        .map(as -> new Source(name, as.type(), list, flags, extractor, as.format(), buffers))
        .orElse(this);
  }
}
