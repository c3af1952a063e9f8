package io.jfalco.field;

import io.jfalco.issue.PrettyJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code --list} prints, in Falco's forms. */
public final class FieldListing {
  private static final int INDENT = 30;
  private static final int WIDTH = 120;
  private static final String MARGIN = " ".repeat(INDENT);

  private final FieldCatalog catalog;
  private final List<String> sources;

  /**
   * A listing.
   *
   * @param catalog what to list
   * @param sources all event sources, sorted
   */
  public FieldListing(FieldCatalog catalog, List<String> sources) {
    this.catalog = catalog;
    this.sources = List.copyOf(sources);
  }

  /** Fields by family, with descriptions; {@code verbose} adds their types. */
  public String text(Optional<String> source, boolean verbose) {
    StringBuilder out = new StringBuilder();
    for (Section section : sections(source)) {
      out.append("-------------------------------\n");
      out.append(padded("Field Class:")).append(section.family.name());
      if (!section.family.title().isEmpty()) {
        out.append(" (").append(section.family.title()).append(')');
      }
      out.append('\n');
      if (!section.family.description().isEmpty()) {
        out.append(padded("Description:"));
        wrap(section.family.description(), out);
        out.append('\n');
      }
      out.append(padded("Event Sources:"));
      section.sources.forEach(name -> out.append(name).append(' '));
      out.append("\n\n");
      section.fields.forEach(field -> appendText(field, verbose, out));
      out.append('\n');
    }
    return out.toString();
  }

  private static void appendText(Field field, boolean verbose, StringBuilder out) {
    if (field.name().length() > INDENT) {
      out.append(field.name()).append('\n').append(MARGIN);
    } else {
      out.append(padded(field.name()));
    }
    String type = verbose ? "(Type: " + typeName(field) + ") " : "";
    String tags = String.join(",", tags(field));
    wrap(type + (tags.isEmpty() ? "" : "(" + tags + ") ") + field.description(), out);
    out.append('\n');
  }

  /** Names only, one on each line. */
  public String names(Optional<String> source) {
    StringBuilder out = new StringBuilder();
    for (Section section : sections(source)) {
      section.fields.forEach(field -> out.append(field.name()).append('\n'));
    }
    return out.toString();
  }

  /** A table for each family. */
  public String markdown(Optional<String> source) {
    StringBuilder out = new StringBuilder();
    for (Section section : sections(source)) {
      out.append("## Field Class: ").append(section.family.name()).append("\n\n");
      if (!section.family.description().isEmpty()) {
        out.append(section.family.description()).append("\n\n");
      }
      out.append("Event Sources: ");
      section.sources.forEach(name -> out.append(name).append(' '));
      out.append("\n\nName | Type | Description\n:----|:-----|:-----------\n");
      for (Field field : section.fields) {
        String type = typeName(field);
        out.append('`').append(field.name()).append("` | ");
        out.append(field.is(FieldFlag.LIST) ? "LIST(" + type + ")" : type);
        out.append(" | ").append(field.description()).append('\n');
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** All families and their fields as one JSON object. */
  public String json(Optional<String> source) {
    List<Object> classes = new ArrayList<>();
    for (Section section : sections(source)) {
      Map<String, Object> json = new TreeMap<>();
      if (!section.family.description().isEmpty()) {
        json.put("desc", section.family.description());
      }
      json.put("event_sources", section.sources);
      json.put("fields", section.fields.stream().map(FieldListing::json).toList());
      json.put("name", section.family.name());
      classes.add(json);
    }
    return PrettyJson.write(Map.of("fieldclasses", classes)) + "\n";
  }

  private static Map<String, Object> json(Field field) {
    Map<String, Object> json = new TreeMap<>();
    json.put("argument", argument(field));
    json.put("desc", field.description());
    json.put("is_list", field.is(FieldFlag.LIST));
    json.put("name", field.name());
    json.put("type", typeName(field));
    return json;
  }

  private static Object argument(Field field) {
    boolean required = field.is(FieldFlag.ARG_REQUIRED);
    if (!required && !field.is(FieldFlag.ARG_ALLOWED)) {
      return PrettyJson.NULL;
    }
    List<String> kinds = new ArrayList<>();
    if (field.is(FieldFlag.ARG_INDEX)) {
      kinds.add("INDEX");
    }
    if (field.is(FieldFlag.ARG_KEY)) {
      kinds.add("KEY");
    }
    return new TreeMap<>(Map.of("required", required, "type", kinds));
  }

  /** Names only, as one JSON object. */
  public String jsonNames(Optional<String> source) {
    List<String> names = new ArrayList<>();
    for (Section section : sections(source)) {
      section.fields.forEach(field -> names.add(field.name()));
    }
    return PrettyJson.write(Map.of("fieldnames", names)) + "\n";
  }

  /** One family with the fields that are listed. */
  private record Section(FieldFamily family, List<String> sources, List<Field> fields) {}

  private List<Section> sections(Optional<String> source) {
    List<Section> sections = new ArrayList<>();
    for (Field field : catalog.fields()) {
      FieldFamily family = field.family();
      List<String> known = family.sources().isEmpty() ? sources : family.sources();
      List<String> shown = source.map(List::of).orElse(known);
      if (family.hidden() || !isListed(field) || source.isPresent() && !known.containsAll(shown)) {
        continue;
      }
      Section last = sections.isEmpty() ? null : sections.get(sections.size() - 1);
      if (last == null || !last.family.equals(family)) {
        last = new Section(family, shown, new ArrayList<>());
        sections.add(last);
      }
      last.fields.add(field);
    }
    return sections;
  }

  private static boolean isListed(Field field) {
    return !field.is(FieldFlag.TABLE_ONLY)
        && !field.is(FieldFlag.DEPRECATED)
        && !field.is(FieldFlag.PRINT_ONLY);
  }

  private static String typeName(Field field) {
    return field.type().label();
  }

  private static Set<String> tags(Field field) {
    Set<String> tags = new TreeSet<>();
    for (FieldFlag flag : field.flags()) {
      switch (flag) {
        case ARG_REQUIRED, ARG_ALLOWED, ARG_INDEX, ARG_KEY, FILTER_ONLY -> tags.add(flag.name());
        case LIST -> tags.add("EPF_IS_LIST");
        case NO_RHS, NO_TRANSFORMER -> tags.add("EPF_" + flag.name());
        default -> {
          // The other properties are not shown.
        }
      }
    }
    return tags;
  }

  private static String padded(String text) {
    return text + " ".repeat(Math.max(0, INDENT - text.length()));
  }

  /** Appends words, each with a blank behind it, in lines that begin behind the margin. */
  private static void wrap(String text, StringBuilder out) {
    int length = 0;
    for (String word : text.trim().split("\\s+")) {
      if (length + word.length() + 1 <= WIDTH - INDENT) {
        length += word.length() + 1;
      } else {
        out.append('\n').append(MARGIN);
        length = word.length() + 1;
      }
      out.append(word).append(' ');
    }
  }
}
