package io.jfalco.cli;

import io.jfalco.field.Field;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldFamily;
import io.jfalco.field.FieldFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code --list}: the fields that rules can use, by family. */
final class FieldsCommand {
  private static final int COLUMN = 30;
  private static final int WIDTH = 120;

  private final Map<FieldFamily, List<Field>> families = new LinkedHashMap<>();
  private final Options options;

  FieldsCommand(FieldCatalog catalog, Options options) throws UsageException {
    this.options = options;
    String source = options.listFields;
    boolean known = source.isEmpty();
    for (Field field : catalog.fields()) {
      FieldFamily family = field.family();
      boolean fits = source.isEmpty() || family.sources().contains(source);
      known |= fits;
      if (fits && isListed(field)) {
        families.computeIfAbsent(family, f -> new ArrayList<>()).add(field);
      }
    }
    if (!known) {
      throw new UsageException("Value for --list must be a valid source type");
    }
  }

  private static boolean isListed(Field field) {
    return !field.family().hidden()
        && !field.is(FieldFlag.TABLE_ONLY)
        && !field.is(FieldFlag.DEPRECATED)
        && !field.is(FieldFlag.PRINT_ONLY);
  }

  String text() {
    boolean json = options.listingFormat().equals("json");
    if (options.namesOnly) {
      List<String> names = new ArrayList<>();
      families.values().forEach(fields -> fields.forEach(field -> names.add(field.name())));
      return json
          ? PrettyJson.write(Map.of("fieldnames", names)) + "\n"
          : String.join("\n", names) + "\n";
    }
    if (json) {
      List<Object> classes = new ArrayList<>();
      families.forEach((family, fields) -> classes.add(json(family, fields)));
      return PrettyJson.write(Map.of("fieldclasses", classes)) + "\n";
    }
    StringBuilder out = new StringBuilder(1 << 16);
    boolean markdown = options.listingFormat().equals("markdown");
    families.forEach(
        (family, fields) -> {
          if (markdown) {
            markdown(out, family, fields);
          } else {
            text(out, family, fields);
          }
          out.append('\n');
        });
    return out.toString();
  }

  private void text(StringBuilder out, FieldFamily family, List<Field> fields) {
    out.append("-------------------------------\n");
    out.append(TwoColumns.pad("Field Class:", COLUMN)).append(family.name());
    if (!family.title().isEmpty()) {
      out.append(" (").append(family.title()).append(')');
    }
    out.append('\n');
    if (!family.description().isEmpty()) {
      line(out, "Description:", family.description());
    }
    out.append(TwoColumns.pad("Event Sources:", COLUMN));
    family.sources().forEach(source -> out.append(source).append(' '));
    out.append("\n\n");
    for (Field field : fields) {
      String description = description(field);
      line(
          out,
          field.name(),
          options.verbose ? "(Type: " + field.type() + ") " + description : description);
    }
  }

  private static void line(StringBuilder out, String left, String right) {
    if (left.length() > COLUMN) {
      out.append(left).append('\n').append(" ".repeat(COLUMN));
    } else {
      out.append(TwoColumns.pad(left, COLUMN));
    }
    out.append(TwoColumns.wrap(right, COLUMN, WIDTH)).append('\n');
  }

  private static String description(Field field) {
    TreeSet<String> tags = new TreeSet<>();
    boolean required = field.is(FieldFlag.ARG_REQUIRED);
    if (required || field.is(FieldFlag.ARG_ALLOWED)) {
      tags.add(required ? "ARG_REQUIRED" : "ARG_ALLOWED");
      addIf(tags, field, FieldFlag.ARG_INDEX, "ARG_INDEX");
      addIf(tags, field, FieldFlag.ARG_KEY, "ARG_KEY");
    }
    addIf(tags, field, FieldFlag.FILTER_ONLY, "FILTER_ONLY");
    addIf(tags, field, FieldFlag.NO_RHS, "EPF_NO_RHS");
    addIf(tags, field, FieldFlag.NO_TRANSFORMER, "EPF_NO_TRANSFORMER");
    addIf(tags, field, FieldFlag.LIST, "EPF_IS_LIST");
    return tags.isEmpty()
        ? field.description()
        : "(" + String.join(",", tags) + ") " + field.description();
  }

  private static void addIf(Set<String> tags, Field field, FieldFlag flag, String tag) {
    if (field.is(flag)) {
      tags.add(tag);
    }
  }

  private static void markdown(StringBuilder out, FieldFamily family, List<Field> fields) {
    out.append("## Field Class: ").append(family.name()).append("\n\n");
    if (!family.description().isEmpty()) {
      out.append(family.description()).append("\n\n");
    }
    out.append("Event Sources: ");
    family.sources().forEach(source -> out.append(source).append(' '));
    out.append("\n\nName | Type | Description\n:----|:-----|:-----------\n");
    for (Field field : fields) {
      String type = field.type().toString();
      out.append('`').append(field.name()).append("` | ");
      out.append(field.is(FieldFlag.LIST) ? "LIST(" + type + ")" : type);
      out.append(" | ").append(field.description()).append('\n');
    }
  }

  private static Map<String, Object> json(FieldFamily family, List<Field> fields) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", family.name());
    if (!family.description().isEmpty()) {
      json.put("desc", family.description());
    }
    json.put("event_sources", family.sources());
    json.put("fields", fields.stream().map(FieldsCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Field field) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", field.name());
    json.put("type", field.type().toString());
    json.put("desc", field.description());
    json.put("is_list", field.is(FieldFlag.LIST));
    json.put("argument", argument(field));
    return json;
  }

  private static Object argument(Field field) {
    boolean required = field.is(FieldFlag.ARG_REQUIRED);
    if (!required && !field.is(FieldFlag.ARG_ALLOWED)) {
      return PrettyJson.NULL;
    }
    List<String> types = new ArrayList<>();
    if (field.is(FieldFlag.ARG_INDEX)) {
      types.add("INDEX");
    }
    if (field.is(FieldFlag.ARG_KEY)) {
      types.add("KEY");
    }
    return new TreeMap<>(Map.of("required", required, "type", types));
  }
}
