package io.jfalco.issue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a rules file to the place of an issue: the file, the rule, its condition ...
 * Immutable.
 */
public final class IssueContext {
  private static final int NAME_LIMIT = 20;

  private final List<SourceLocation> locations;
  private final byte[] content;

  private IssueContext(List<SourceLocation> locations, byte[] content) {
    this.locations = locations;
    this.content = content;
  }

  /** A whole file with this content, which must not change. */
  public static IssueContext file(String name, byte[] content) {
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
   *
   * @param index bytes before the place
   * @param line its line
   * @param column bytes before it in this line, or one more
   */
  public IssueContext expression(String condition, int index, int line, int column) {
    byte[] bytes = condition.getBytes(StandardCharsets.UTF_8);
    SourceLocation last = last();
    return child(
        new SourceLocation(
            shortName(bytes),
            last.offset() + index,
            last.line() + line,
            last.column() + column,
            ItemType.CONDITION_EXPRESSION,
            ""),
        bytes.length == 0 ? content : bytes);
  }

  /** The context of the whole file. */
  public IssueContext outermost() {
    return new IssueContext(locations.subList(0, 1), content);
  }

  private IssueContext child(SourceLocation location, byte[] childContent) {
    List<SourceLocation> all = new ArrayList<>(locations);
    all.add(location);
    return new IssueContext(List.copyOf(all), childContent);
  }

  private static String shortName(byte[] condition) {
    boolean isLong = condition.length > NAME_LIMIT;
    int shown = isLong ? NAME_LIMIT - 3 : condition.length;
    String start = new String(condition, 0, shown, StandardCharsets.UTF_8) + (isLong ? "..." : "");
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
