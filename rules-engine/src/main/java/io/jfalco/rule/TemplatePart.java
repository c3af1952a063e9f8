package io.jfalco.rule;

import io.jfalco.condition.compile.Source;
import io.jfalco.event.Bytes;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** A piece of an output. */
sealed interface TemplatePart {
  /** Appends the piece, filled in, as UTF-8. */
  void append(EventContext context, Bytes out);

  /** Text that is always the same. */
  record Literal(Bytes text) implements TemplatePart {
    Literal(String text) {
      this(Bytes.of(text));
    }

    @Override
    public void append(EventContext context, Bytes out) {
      out.append(text);
    }
  }

  /** A field or transformer, cut or filled up with blanks to a width unless that is 0. */
  record Shown(Source source, int width) implements TemplatePart {
    private static final Bytes MISSING = Bytes.of("<NA>");

    @Override
    public void append(EventContext context, Bytes out) {
      int start = out.length();
      Value value = new Value();
      if (!source.extractor().print(context, value)
          || !ValueText.append(source.shown(context), value, out)) {
        out.truncate(start).append(MISSING);
      }
      if (width > 0) {
        out.truncate(start + width);
        while (out.length() < start + width) {
          out.append(' ');
        }
      }
    }
  }
}
