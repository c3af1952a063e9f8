package io.jfalco.rule.yaml;

import java.util.List;
import java.util.Optional;

/** A value in a YAML text. Immutable. */
public sealed interface YamlNode {
  /** Where it begins. */
  YamlMark mark();

  /** No value: nothing, {@code ~} or {@code null}. */
  record Null(YamlMark mark) implements YamlNode {}

  /** A text, number or the like, as written. */
  record Scalar(String text, YamlMark mark) implements YamlNode {}

  /** A list. */
  record Sequence(List<YamlNode> items, YamlMark mark) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A mapping; of equal keys the first counts. */
  record Mapping(List<Entry> entries, YamlMark mark) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of the first entry whose key has this text. */
    public Optional<YamlNode> find(String key) {
      for (Entry entry : entries) {
        if (entry.key() instanceof Scalar scalar && scalar.text().equals(key)) {
          return Optional.of(entry.value());
        }
      }
      return Optional.empty();
    }
  }

  /** A key and its value. */
  record Entry(YamlNode key, YamlNode value) {}

  /**
   * The text of a scalar, {@code null} for no value.
   *
   * @throws YamlException for a list or a mapping
   */
  default String asText() throws YamlException {
    if (this instanceof Scalar scalar) {
      return scalar.text();
    }
    if (this instanceof Null) {
      return "null";
    }
    throw new YamlException("bad conversion", mark());
  }
}
