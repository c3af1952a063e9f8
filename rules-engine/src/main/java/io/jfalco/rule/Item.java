package io.jfalco.rule;

import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import io.jfalco.issue.ItemType;
import io.jfalco.rule.yaml.YamlException;
import io.jfalco.rule.yaml.YamlMark;
import io.jfalco.rule.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the values of a mapping. What is wrong with one ends loading the file. */
final class Item {
  private static final Set<String> YES = Set.of("y", "yes", "true", "on");
  private static final Set<String> NO = Set.of("n", "no", "false", "off");
  private static final Pattern NUMBER =
      Pattern.compile("\\+?(0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9][0-9]{0,9})\\s*");

  private final YamlNode.Mapping node;
  private final IssueContext context;

  Item(YamlNode.Mapping node, IssueContext context) {
    this.node = node;
    this.context = context;
  }

  IssueContext context() {
    return context;
  }

  YamlNode.Mapping node() {
    return node;
  }

  boolean has(String key) {
    return node.find(key).isPresent();
  }

  /** The context of a node within another. */
  static IssueContext at(IssueContext parent, YamlNode node, ItemType type, String name) {
    YamlMark mark = node.mark();
    return parent.at(type, name, mark.offset(), mark.line(), mark.column());
  }

  /** The context of the value of a key that is there. */
  IssueContext at(String key, ItemType type, String name) {
    return at(context, node.find(key).orElseThrow(), type, name);
  }

  /** Throws when the structure of the file is wrong. */
  static void check(boolean right, String message, IssueContext context) throws IssueException {
    if (!right) {
      throw new IssueException(IssueCode.LOAD_ERR_YAML_VALIDATE, message, context);
    }
  }

  private YamlNode required(String key) throws IssueException {
    Optional<YamlNode> value = node.find(key);
    check(value.isPresent(), "Item has no mapping for key '" + key + "'", context);
    return value.orElseThrow();
  }

  private IssueContext valueContext(YamlNode value, String key) {
    return at(context, value, ItemType.VALUE_FOR, key);
  }

  /** A text that must be there. */
  String text(String key) throws IssueException {
    YamlNode value = required(key);
    check(!(value instanceof YamlNode.Null), "Mapping for key '" + key + "' is empty", context);
    check(
        value instanceof YamlNode.Scalar, "Value is not a scalar value", valueContext(value, key));
    String text = ((YamlNode.Scalar) value).text();
    check(!text.isEmpty(), "Value must be non-empty", valueContext(value, key));
    return text;
  }

  Optional<String> optionalText(String key) throws IssueException {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /** A text; empty when it is not there, empty or null. */
  String textOrEmpty(String key) throws IssueException {
    Optional<YamlNode> value = node.find(key);
    boolean empty =
        value.isEmpty()
            || value.get() instanceof YamlNode.Null
            || (value.get() instanceof YamlNode.Scalar scalar && scalar.text().isEmpty());
    return empty ? "" : text(key);
  }

  /** A truth value that must be there. */
  boolean flag(String key) throws IssueException {
    String text = text(key);
    String lower = text.toLowerCase(Locale.ROOT);
    boolean spelt =
        text.equals(lower)
            || text.equals(text.toUpperCase(Locale.ROOT))
            || text.substring(1).equals(lower.substring(1));
    boolean yes = YES.contains(lower);
    check(
        spelt && (yes || NO.contains(lower)),
        "Can't decode YAML scalar value",
        valueContext(required(key), key));
    return yes;
  }

  boolean flag(String key, boolean missing) throws IssueException {
    return has(key) ? flag(key) : missing;
  }

  /** A number that must be there. */
  long number(String key) throws IssueException {
    return parseNumber(text(key))
        .orElseThrow(
            () ->
                new IssueException(
                    IssueCode.LOAD_ERR_YAML_VALIDATE,
                    "Can't decode YAML scalar value",
                    valueContext(node.find(key).orElseThrow(), key)));
  }

  long number(String key, long missing) throws IssueException {
    return has(key) ? number(key) : missing;
  }

  /** An unsigned number of 32 bits in decimal, hexadecimal (0x) or octal (0) form. */
  static Optional<Long> parseNumber(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    long number = Long.decode(text.strip());
    return number <= 0xFFFFFFFFL ? Optional.of(number) : Optional.empty();
  }

  /** A sequence of texts that must be there. */
  List<String> texts(String key) throws IssueException {
    YamlNode value = required(key);
    IssueContext valueContext = valueContext(value, key);
    check(value instanceof YamlNode.Sequence, "Value is not a sequence", valueContext);
    List<String> texts = new ArrayList<>();
    for (YamlNode item : ((YamlNode.Sequence) value).items()) {
      check(
          item instanceof YamlNode.Scalar,
          "sequence value is not scalar",
          at(valueContext, item, ItemType.LIST_ITEM, ""));
      texts.add(((YamlNode.Scalar) item).text());
    }
    return texts;
  }

  NavigableSet<String> tags() throws IssueException {
    return has("tags") ? new TreeSet<>(texts("tags")) : new TreeSet<>();
  }

  /** A scalar where nothing else makes sense. */
  String scalarText(YamlNode value) throws IssueException {
    try {
      return value.asText();
    } catch (YamlException e) {
      throw new IssueException(IssueCode.LOAD_ERR_VALIDATE, e.getMessage(), context.outermost());
    }
  }
}
