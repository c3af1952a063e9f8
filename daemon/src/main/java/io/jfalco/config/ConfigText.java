package io.jfalco.config;

import io.jfalco.rule.yaml.YamlException;
import io.jfalco.rule.yaml.YamlMark;
import io.jfalco.rule.yaml.YamlNode;
import io.jfalco.rule.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Makes maps, lists and texts of YAML, puts environment variables into the texts, and notes where
 * each key stands. What variables and aliases add is limited.
 */
final class ConfigText {
  /** Most characters of all texts and paths together. */
  static final int MAX_CHARACTERS = 1 << 24;

  private final UnaryOperator<String> environment;
  private final Map<String, YamlMark> marks = new LinkedHashMap<>();
  private final List<Repeated> repeated = new ArrayList<>();
  private long characters;

  private ConfigText(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * A document.
   *
   * @param root its map, list or text, or {@link ConfigTree#NOTHING}
   * @param marks places of the keys and entries within it, by their paths
   * @param repeated keys that their maps have already; the first one counts, as in Falco
   */
  record Document(Object root, Map<String, YamlMark> marks, List<Repeated> repeated) {}

  /**
   * A key that its map has already.
   *
   * @param map path of the map
   * @param path of the key
   * @param mark where it is again
   */
  record Repeated(String map, String path, YamlMark mark) {}

  /**
   * Reads the first document of a text.
   *
   * @param environment value of a variable, or null
   */
  static Document read(byte[] yaml, UnaryOperator<String> environment) throws ConfigException {
    try {
      List<YamlNode> documents = YamlReader.readAll(yaml);
      ConfigText text = new ConfigText(environment);
      Object root = documents.isEmpty() ? ConfigTree.NOTHING : text.value("", documents.get(0));
      return new Document(root, text.marks, text.repeated);
    } catch (YamlException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  /** Reads a value of an option, which is taken as it is. */
  static Object readValue(String yaml) throws ConfigException {
    // The names of variables stay: they mean nothing here.
    return read(yaml.getBytes(StandardCharsets.UTF_8), null).root();
  }

  private Object value(String place, YamlNode node) throws ConfigException {
    if (node instanceof YamlNode.Mapping mapping) {
      return map(place, mapping);
    }
    if (node instanceof YamlNode.Sequence sequence) {
      List<Object> list = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        String at = place + "[" + list.size() + "]";
        mark(at, item.mark());
        list.add(value(at, item));
      }
      return list;
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return text(scalar);
    }
    return ConfigTree.NOTHING;
  }

  private Map<String, Object> map(String place, YamlNode.Mapping mapping) throws ConfigException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      YamlMark mark = entry.key().mark();
      if (entry.key() instanceof YamlNode.Mapping || entry.key() instanceof YamlNode.Sequence) {
        throw new ConfigException(YamlException.message("a key is a map or a list", mark));
      }
      String key = entry.key() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
      String at = ConfigTree.below(place, key);
      if (map.containsKey(key)) {
        repeated.add(new Repeated(place, at, mark));
        continue;
      }
      mark(at, mark);
      map.put(key, value(at, entry.value()));
    }
    return map;
  }

  private String text(YamlNode.Scalar scalar) throws ConfigException {
    String text = scalar.text();
    if (environment != null) {
      text = EnvironmentText.expand(text, environment, MAX_CHARACTERS - characters);
    }
    count(text, scalar.mark());
    return text;
  }

  private void mark(String place, YamlMark mark) throws ConfigException {
    count(place, mark);
    marks.put(place, mark);
  }

  private void count(String text, YamlMark mark) throws ConfigException {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      throw new ConfigException(
          YamlException.message(
              "more than " + MAX_CHARACTERS + " characters in paths and values", mark));
    }
  }
}
