package io.jfalco.rule.yaml;

/** Tags. They mean nothing in rules files, but a value that has one is never null. */
final class YamlTag {
  private static final String MARKS = "#;/?:@&=+$_.~*'()";

  private YamlTag() {}

  /** Reads a tag; empty for a verbatim tag without text. */
  static String read(YamlInput input) throws YamlException {
    input.next();
    if (input.peek() == '<') {
      return verbatim(input);
    }
    StringBuilder tag = new StringBuilder("!");
    boolean handle = true;
    YamlMark other = input.mark();
    while (!input.isAtEnd()) {
      if (input.peek() == '!') {
        if (!handle) {
          throw new YamlException("illegal character found while scanning tag handle", other);
        }
        suffix(input, tag);
        break;
      }
      if (handle && !isWord(input.peek())) {
        handle = false;
        other = input.mark();
      }
      if (!take(input, MARKS, tag)) {
        break;
      }
    }
    return tag.toString();
  }

  private static void suffix(YamlInput input, StringBuilder tag) throws YamlException {
    tag.append((char) input.next());
    int length = tag.length();
    while (!input.isAtEnd() && take(input, MARKS, tag)) {
      // All of it.
    }
    if (tag.length() == length) {
      throw new YamlException("tag handle with no suffix", input.mark());
    }
  }

  private static String verbatim(YamlInput input) throws YamlException {
    StringBuilder tag = new StringBuilder();
    input.next();
    while (!input.isAtEnd()) {
      if (input.peek() == '>') {
        input.next();
        return tag.toString();
      }
      if (!take(input, MARKS + ",![]", tag)) {
        break;
      }
    }
    throw new YamlException("end of verbatim tag not found", input.mark());
  }

  private static boolean take(YamlInput input, String marks, StringBuilder tag) {
    int length = 1;
    if (input.peek() == '%') {
      length = isHexadecimal(input.peek(1)) && isHexadecimal(input.peek(2)) ? 3 : 0;
    } else if (!isWord(input.peek()) && !input.isOneOf(marks)) {
      length = 0;
    }
    for (int i = 0; i < length; i++) {
      tag.append((char) input.next());
    }
    return length > 0;
  }

  private static boolean isWord(int value) {
    return value < 128 && Character.isLetterOrDigit(value) || value == '-';
  }

  private static boolean isHexadecimal(int value) {
    return value < 128 && Character.digit(value, 16) >= 0;
  }
}
