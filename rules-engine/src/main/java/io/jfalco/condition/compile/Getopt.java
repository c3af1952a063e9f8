package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code getopt(list, options)}: letters and values of the options in a list of arguments, {@code
 * ?} for unknown letters; with a letter in brackets the value of the last such option (the letter
 * itself when it takes none, empty when its value is missing). Ends at {@code --} and at the first
 * argument that is no option; long options are passed over.
 */
final class Getopt implements Extractor {
  private static final byte[] UNKNOWN = {'?'};

  private final Extractor list;
  private final Extractor options;
  private final int selector;
  private final Value listValue = new Value();
  private final Value optionsValue = new Value();
  private final boolean[] valid = new boolean[256];
  private final boolean[] takesValue = new boolean[256];
  private final Bytes selected = new Bytes();
  private boolean found;

  private Getopt(Extractor list, Extractor options, int selector) {
    this.list = list;
    this.options = options;
    this.selector = selector;
  }

  /**
   * The transformer.
   *
   * @param innermost what is under the transformers of the arguments, for checks
   */
  static Source of(List<Source> innermost, List<Source> arguments, Optional<String> letter) {
    if (arguments.size() != 2) {
      throw new CompileFailure("getopt() requires exactly 2 arguments: args list and optstring");
    }
    Source list = innermost.get(0);
    Source options = innermost.get(1);
    if (!list.list()) {
      throw new CompileFailure("getopt() first argument must be a list");
    }
    if (options.list()) {
      throw new CompileFailure("getopt() second argument (optstring) must be a single value");
    }
    if (list.type() != ParamType.CHARBUF || options.type() != ParamType.CHARBUF) {
      throw new CompileFailure("getopt() arguments must be strings");
    }
    byte[] bytes = Literals.text(letter.orElse("-"));
    if (bytes.length != 1) {
      throw new CompileFailure("getopt() field argument must be a single option character");
    }
    int selector = letter.isPresent() ? bytes[0] & 0xff : -1;
    return Source.text(
        letter.isEmpty() ? "INTERNAL" : "NA",
        letter.isEmpty(),
        new Getopt(arguments.get(0).extractor(), arguments.get(1).extractor(), selector));
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    if (!options.extract(context, optionsValue.clear())
        || !list.extract(context, listValue.clear())) {
      return false;
    }
    learn(optionsValue.text());
    found = false;
    for (int i = 0; i < listValue.count(); i++) {
      Bytes argument = listValue.text(i);
      int length = argument.length();
      if (length < 2 || argument.at(0) != '-' || length == 2 && argument.at(1) == '-') {
        break;
      }
      if (argument.at(1) != '-') {
        i = cluster(argument, i, out);
      }
    }
    if (selector < 0) {
      return true;
    }
    if (found) {
      out.addText().view(selected);
    }
    return found;
  }

  private void learn(Bytes text) {
    Arrays.fill(valid, false);
    Arrays.fill(takesValue, false);
    for (int i = 0; i < text.length(); i++) {
      int letter = text.at(i) & 0xff;
      if (letter != ':') {
        valid[letter] = true;
        takesValue[letter] |= i + 1 < text.length() && text.at(i + 1) == ':';
      }
    }
  }

  /** Reads one argument such as {@code -ab}; returns the index of the last one it used. */
  private int cluster(Bytes argument, int index, Value out) {
    for (int i = 1; i < argument.length(); i++) {
      int letter = argument.at(i) & 0xff;
      if (!valid[letter]) {
        if (selector < 0) {
          out.addText().append(UNKNOWN, 0, 1);
        }
        continue;
      }
      if (takesValue[letter]) {
        return withValue(argument, i, index, out);
      }
      emit(argument, i, 1, letter, out);
      if (letter == selector) {
        selected.view(argument.array(), argument.offset() + i, 1);
      }
    }
    return index;
  }

  private int withValue(Bytes argument, int at, int index, Value out) {
    int letter = argument.at(at) & 0xff;
    boolean attached = at + 1 < argument.length();
    if (!attached && index + 1 >= listValue.count()) {
      emit(argument, at, 0, letter, out);
      selected(letter, argument, at, 0);
      return index;
    }
    emit(argument, at, 1, letter, out);
    int used = attached ? index : index + 1;
    Bytes value = listValue.text(used);
    int start = attached ? at + 1 : 0;
    emit(value, start, value.length() - start, letter, out);
    selected(letter, value, start, value.length() - start);
    return used;
  }

  private void emit(Bytes text, int start, int length, int letter, Value out) {
    if (selector < 0) {
      out.addText().view(text.array(), text.offset() + start, length);
    } else if (letter == selector) {
      found = true;
    }
  }

  private void selected(int letter, Bytes text, int start, int length) {
    if (letter == selector) {
      selected.view(text.array(), text.offset() + start, length);
    }
  }
}
