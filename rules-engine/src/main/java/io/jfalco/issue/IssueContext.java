package io.jfalco.issue;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from a rules file to the place of an issue: the file, the rule, its condition ...
 * Immutable.
 */
public final class IssueContext {
  private static final int NAME_LIMIT = 20;

  private final List<SourceLocation> locations;
  private final String content;

  private IssueContext(List<SourceLocation> locations, String content) {
    this.locations = locations;
    this.content = content;
  }

  /** A whole file with this content. */
  public static IssueContext file(String name, String content) {
    return new IssueContext(
        List.of(new SourceLocation(name, 0, 0, 0, ItemType.RULES_CONTENT, "")), content);
  }

  /** A place in this context, with offset, line and column from 0. */
  public IssueContext at(ItemType type, String item, int offset, int line, int column) {
    return child(
        new SourceLocation(locations.get(0).name(), offset, line, column, type, item), content);
  }

  /**
   * A place in a condition that stands in this context. YAML may have folded the condition's lines,
   * so its position is only added to that of the condition, as Falco does.
   */
  public IssueContext expression(String condition, int index, int line, int column) {
    SourceLocation last = last();
    return child(
        new SourceLocation(
            shortName(condition),
            last.offset() + index,
            last.line() + line,
            last.column() + column,
            ItemType.CONDITION_EXPRESSION,
            ""),
        condition.isEmpty() ? content : condition);
  }

  private IssueContext child(SourceLocation location, String childContent) {
    List<SourceLocation> all = new ArrayList<>(locations);
    all.add(location);
    return new IssueContext(List.copyOf(all), childContent);
  }

  private static String shortName(String condition) {
    int[] characters = condition.codePoints().toArray();
    String start =
        characters.length > NAME_LIMIT
            ? new String(characters, 0, NAME_LIMIT - 3) + "..."
            : condition;
    return '"' + start.replace('\n', ' ').replace('\r', ' ') + '"';
  }

  /** Outermost first; at least the file. */
  public List<SourceLocation> locations() {
    return locations;
  }

  /** The innermost place. */
  public SourceLocation last() {
    return locations.get(locations.size() - 1);
  }

  /** The line with the place, and a mark below it. */
  public String snippet() {
    return Snippet.of(content, last().offset());
  }

  /** All places, one on each line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (SourceLocation location : locations) {
      text.append(text.isEmpty() ? "In " : "    ").append(location.type().text());
      if (!location.item().isEmpty()) {
        text.append(" '").append(location.item()).append('\'');
      }
      text.append(": (").append(location.name()).append(':').append(location.line());
      text.append(':').append(location.column()).append(")\n");
    }
    return text.toString();
  }
}
