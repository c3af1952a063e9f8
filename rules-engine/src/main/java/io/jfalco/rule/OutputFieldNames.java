package io.jfalco.rule;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the plain fields that outputs name. */
final class OutputFieldNames {
  private static final Pattern FIELD =
      Pattern.compile(
          "%\\d*([a-zA-Z][a-zA-Z0-9_]*(?:\\.[a-zA-Z][a-zA-Z0-9_]*)+(?:\\[[^\\[\\]\\s]+])?)");

  private OutputFieldNames() {}

  static NavigableSet<String> of(String output) {
    NavigableSet<String> names = new TreeSet<>();
    for (Matcher matcher = FIELD.matcher(output); matcher.find(); ) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
