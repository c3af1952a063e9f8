package io.jfalco.field;

import java.util.Optional;

/** Checks arguments of fields that plugins define, with the messages that such fields have. */
final class PluginArgument {
  private PluginArgument() {}

  static void check(Field field, Optional<String> argument, String label) throws FieldException {
    boolean required = field.is(FieldFlag.ARG_REQUIRED);
    if (argument.isEmpty()) {
      if (required) {
        throw problem(field, label, " requires an argument but none provided");
      }
      return;
    }
    checkBlanks(field, argument.get(), label);
    if (!required && !field.is(FieldFlag.ARG_ALLOWED)) {
      throw problem(
          field,
          label,
          " does not allow nor require an argument but one is provided: " + argument.get());
    }
    if (field.is(FieldFlag.ARG_INDEX) && !field.is(FieldFlag.ARG_KEY)) {
      checkIndex(field, argument.get(), label);
    }
  }

  /** The first blank ends what Falco looks at. */
  private static void checkBlanks(Field field, String argument, String label)
      throws FieldException {
    int blank = argument.indexOf(' ');
    if (blank >= 0) {
      String what = blank == 0 ? "terminates with incomplete" : "has unbalanced";
      String seen = label.substring(0, label.indexOf(' '));
      throw problem(field, seen, " " + what + " argument brackets");
    }
  }

  private static FieldException problem(Field field, String label, String what) {
    return new FieldException("filter '" + label + "': " + field.name() + what);
  }

  private static void checkIndex(Field field, String index, String label) throws FieldException {
    String what = null;
    if (!index.chars().allMatch(c -> c >= '0' && c <= '9')) {
      what = "not composed only by digits: ";
    } else if (index.isEmpty() || index.length() > 1 && index.charAt(0) == '0') {
      what = "starting with 0: ";
    } else if (!Numbers.fits64Bits(index)) {
      what = "not representable on 64 bit: ";
    }
    if (what != null) {
      throw new FieldException(
          "filter "
              + label
              + " "
              + field.name()
              + " has an invalid index argument "
              + what
              + index);
    }
  }
}
