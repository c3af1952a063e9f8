package io.jfalco.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code docs/reference/fields.md} from the field catalogue. */
final class FieldPage {
  private static final String NEVER = "never has a value";

  private final FieldCatalog catalog;
  private final StringBuilder out = new StringBuilder();

  private FieldPage(FieldCatalog catalog) {
    this.catalog = catalog;
  }

  static String text(FieldCatalog catalog) {
    return new FieldPage(catalog).page();
  }

  private String page() {
    out.append(
        """
        # Fields

        <!-- Generated from FieldCatalog by FieldPage (rules-engine): do not edit. -->

        What conditions and outputs of rules can name: %d fields. `falco --list` shows those of the
        running version, without the ones that are deprecated, for tables or for outputs only.

        - **Argument** is what stands in brackets behind the name: a number (`proc.aname[2]`) or a key
          (`evt.arg[path]`); `.arg` says that a dot does as well (`evt.arg.path`).
        - **Type** is Falco's; LIST(...) is a field with several values.
        - A field without value prints as `<NA>`; a comparison with it is false, and `exists` tells.
        - A field reads what its event carries: see which events are [collected live](events.md).
        - Marks: **no value yet**: rules with it load, and it is `<NA>` until a later version can fill it.
          **deprecated**: kept for old rules, use something else. **for tables**: accepted in rules, made for
          other tools' tables. **conditions only** and **outputs only** say where a field can be used.

        """
            .formatted(catalog.fields().size()));
    FieldFamily family = null;
    for (Field field : catalog.fields()) {
      if (!field.family().equals(family)) {
        family = field.family();
        begin(family);
      }
      row(field);
    }
    return out.toString();
  }

  private void begin(FieldFamily family) {
    String title = family.title().isEmpty() ? "" : " (" + family.title() + ")";
    out.append(out.toString().endsWith("\n\n") ? "" : "\n");
    out.append("## ").append(family.name()).append(title).append("\n\n");
    if (!family.description().isEmpty()) {
      String end = family.description().endsWith(".") ? "" : ".";
      out.append(family.description()).append(end).append(' ');
    }
    out.append(
        family.sources().isEmpty()
            ? "For every event source.\n"
            : "Event sources: " + String.join(", ", family.sources()) + ".\n");
    catalog
        .find("container.image")
        .filter(image -> image.family().equals(family) && !hasValue(image))
        .ifPresent(
            image ->
                out.append(
                    "\nThe id and the type come from the cgroup. What only the container's runtime or"
                        + " Kubernetes could\ntell is not asked for yet; `container.name` has a value"
                        + " outside of containers only.\n"));
    out.append("\n| field | argument | type | what it is | marks |\n|---|---|---|---|---|\n");
  }

  private void row(Field field) {
    out.append(
        "| `%s` | %s | %s | %s | %s |\n"
            .formatted(
                field.name(),
                argument(field),
                type(field),
                field.description().replace("|", "\\|").replace("<", "\\<"),
                String.join(", ", marks(field))));
  }

  private static String type(Field field) {
    String name = field.type().label();
    return field.is(FieldFlag.LIST) ? "LIST(" + name + ")" : name;
  }

  private static String argument(Field field) {
    if (!field.is(FieldFlag.ARG_REQUIRED) && !field.is(FieldFlag.ARG_ALLOWED)) {
      return "";
    }
    List<String> forms = new ArrayList<>();
    if (field.is(FieldFlag.ARG_INDEX)) {
      forms.add("number");
    }
    if (field.is(FieldFlag.ARG_KEY)) {
      forms.add("key");
    }
    if (field.is(FieldFlag.ARG_DOTTED)) {
      forms.add("`.arg`");
    }
    String given = field.is(FieldFlag.ARG_REQUIRED) ? "required" : "may have";
    return forms.isEmpty() ? given : given + ": " + String.join(" or ", forms);
  }

  private static List<String> marks(Field field) {
    List<String> marks = new ArrayList<>();
    if (field.is(FieldFlag.DEPRECATED)) {
      marks.add("deprecated");
    }
    if (!hasValue(field) && !field.description().contains(NEVER)) {
      marks.add("no value yet");
    }
    if (field.is(FieldFlag.TABLE_ONLY)) {
      marks.add("for tables");
    }
    if (field.is(FieldFlag.FILTER_ONLY)) {
      marks.add("conditions only");
    }
    if (field.is(FieldFlag.PRINT_ONLY)) {
      marks.add("outputs only");
    }
    return marks;
  }

  /** False when nothing fills the field. */
  static boolean hasValue(Field field) {
    Optional<String> argument =
        field.is(FieldFlag.ARG_REQUIRED) ? Optional.of("0") : Optional.empty();
    try {
      return field.binder().bind(argument) != Extractors.NONE;
    } catch (FieldException e) {
      return true;
    }
  }
}
