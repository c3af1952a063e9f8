package io.jfalco.driver.container;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A JSON object whose members have the types that are asked for, or else the whole is refused. */
final class JsonValue {
  private final Map<String, Object> members;

  private JsonValue(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * Reads one object and nothing behind it.
   *
   * @throws IOException when it is no JSON, or no object
   */
  static JsonValue read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new IOException("no object");
    }
    JsonValue object = new JsonValue(members(parser));
    if (parser.nextToken() != null) {
      throw new IOException("something behind the object");
    }
    return object;
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      members.put(name, value(parser, token));
    }
    return members;
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> new JsonValue(members(parser));
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> Nothing.NULL;
    };
  }

  private static List<Object> elements(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return elements;
  }

  private enum Nothing {
    NULL
  }

  /** True when there is a member of this name. */
  boolean has(String name) {
    return members.containsKey(name);
  }

  /** A text; empty when there is none. */
  String text(String name) throws IOException {
    return has(name) ? as(String.class, members.get(name)) : "";
  }

  /** A truth value; false when there is none. */
  boolean flag(String name) throws IOException {
    return has(name) && as(Boolean.class, members.get(name));
  }

  /** A whole number, whose fraction goes. */
  int number(String name, int missing) throws IOException {
    return has(name) ? as(Double.class, members.get(name)).intValue() : missing;
  }

  /** A member that is an object. */
  JsonValue object(String name) throws IOException {
    return as(JsonValue.class, members.get(name));
  }

  /** Visits the members of a member, which are texts; it may be missing or null. */
  void texts(String name, BiConsumer<String, String> visitor) throws IOException {
    if (isPresent(name)) {
      for (Map.Entry<String, Object> each : object(name).members.entrySet()) {
        visitor.accept(each.getKey(), as(String.class, each.getValue()));
      }
    }
  }

  /** Visits the elements of a list of texts; it may be missing or null. */
  void list(String name, Consumer<String> visitor) throws IOException {
    for (Object each : array(name)) {
      visitor.accept(as(String.class, each));
    }
  }

  /** The elements of a list of objects; it may be missing or null. */
  List<JsonValue> objects(String name) throws IOException {
    List<JsonValue> objects = new ArrayList<>();
    for (Object each : array(name)) {
      objects.add(as(JsonValue.class, each));
    }
    return objects;
  }

  private List<?> array(String name) throws IOException {
    return isPresent(name) ? as(List.class, members.get(name)) : List.of();
  }

  private boolean isPresent(String name) {
    return has(name) && members.get(name) != Nothing.NULL;
  }

  private static <T> T as(Class<T> type, Object value) throws IOException {
    if (!type.isInstance(value)) {
      throw new IOException("a value is of another type than " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
