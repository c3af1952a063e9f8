package io.jfalco.output;

import java.util.Map;

/**
 * What the configuration says about an output. Immutable.
 *
 * @param values all keys of the provider with their values, those of their types
 * @param json messages are JSON, not plain text
 * @param buffered no flush after each message
 */
public record OutputSettings(Map<String, String> values, boolean json, boolean buffered) {
  /** A copy of the values is kept. */
  public OutputSettings {
    values = Map.copyOf(values);
  }

  /** Value of a key of any type. */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no such key: " + key);
    }
    return value;
  }

  /** Value of a {@link OutputKey.Type#BOOL} key. */
  public boolean truth(String key) {
    return text(key).equals("true");
  }

  /** Value of a {@link OutputKey.Type#NUMBER} key. */
  public long number(String key) {
    return Long.parseLong(text(key));
  }
}
