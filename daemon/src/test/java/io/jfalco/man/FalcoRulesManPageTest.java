package io.jfalco.man;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operator;
import io.jfalco.rule.schema.ItemKey;
import io.jfalco.rule.schema.ItemKey.Item;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** falco_rules(5) has all keys of rules files, all operators and all modifiers. */
class FalcoRulesManPageTest {
  private static final Map<Item, String> ITEMS = new EnumMap<>(Item.class);
  private static final Map<ItemKey, String> KEYS = new EnumMap<>(ItemKey.class);
  private static final Map<String, Set<Operator>> OPERATORS = new LinkedHashMap<>();
  private static final Map<Modifier, String> MODIFIERS = new EnumMap<>(Modifier.class);

  static {
    ITEMS.put(Item.RULE, "Rules");
    ITEMS.put(Item.MACRO, "Macros");
    ITEMS.put(Item.LIST, "Lists");
    ITEMS.put(Item.ENGINE_VERSION, "Version of the language");
    ITEMS.put(Item.PLUGIN_VERSIONS, "Versions of plugins");

    KEYS.put(
        ItemKey.APPEND,
        "Adds to what has this name already: `items`, `condition` and `exceptions`. Deprecated: use"
            + " `override`.");
    KEYS.put(ItemKey.CAPTURE, "Matches start a capture, see `capture` in `falco.yaml`(5).");
    KEYS.put(ItemKey.CAPTURE_DURATION, "Milliseconds that the capture goes on behind a match.");
    KEYS.put(ItemKey.CONDITION, "When the rule matches, see below; of macros, what it stands for.");
    KEYS.put(ItemKey.DESC, "What the rule is about.");
    KEYS.put(ItemKey.ENABLED, "`false` switches the rule off.");
    KEYS.put(ItemKey.EXCEPTIONS, "What is left out, see below.");
    KEYS.put(ItemKey.ITEMS, "Texts, numbers and names of other lists.");
    KEYS.put(ItemKey.LIST, "Name of a list, which conditions use where a list of values may be.");
    KEYS.put(ItemKey.MACRO, "Name of a macro, which conditions use as a part of theirs.");
    KEYS.put(ItemKey.OUTPUT, "What an alert says, with fields as `%NAME`.");
    KEYS.put(
        ItemKey.OVERRIDE,
        "A map of keys to `append` or `replace`: changes what has this name already, key by key.");
    KEYS.put(ItemKey.PRIORITY, "How severe it is, in any case: " + priorities() + ".");
    KEYS.put(
        ItemKey.REQUIRED_ENGINE_VERSION,
        "The file needs this version of the rules language, such as 0.62.0, or a later one.");
    KEYS.put(
        ItemKey.REQUIRED_PLUGIN_VERSIONS,
        "Plugins that the file needs, with `name`, `version` and `alternatives`.");
    KEYS.put(ItemKey.RULE, "Name of the rule. A later rule of the same name replaces it.");
    KEYS.put(
        ItemKey.SKIP_IF_UNKNOWN_FILTER,
        "`true`: a rule whose condition names an unknown field is left out, and is no error.");
    KEYS.put(ItemKey.SOURCE, "Where its events come from; `syscall` without it.");
    KEYS.put(ItemKey.TAGS, "Names by which rules are switched on and off together.");
    KEYS.put(
        ItemKey.WARN_EVTTYPES, "`false`: no warning when the condition fits events of any type.");

    operators("Equal, not equal.", Operator.EQ, Operator.EQ2, Operator.NE);
    operators("Of numbers.", Operator.LT, Operator.LE, Operator.GT, Operator.GE);
    operators(
        "The text has this within, at the beginning, at the end; `icontains` in any case.",
        Operator.CONTAINS,
        Operator.ICONTAINS,
        Operator.STARTSWITH,
        Operator.ENDSWITH);
    operators(
        "The same for data, with hexadecimal digits.", Operator.BCONTAINS, Operator.BSTARTSWITH);
    operators(
        "The text fits a pattern with `*`, `?` and `[...]`; `iglob` in any case.",
        Operator.GLOB,
        Operator.IGLOB);
    operators("The text fits a regular expression as a whole.", Operator.REGEX);
    operators("The value is in the list; several values are all in it.", Operator.IN);
    operators("One of several values is in the list.", Operator.INTERSECTS);
    operators("The path is, or lies below, one of the paths in the list.", Operator.PMATCH);

    MODIFIERS.put(Modifier.NONE, "");
    MODIFIERS.put(Modifier.ONEOF, "with exactly one element");
    MODIFIERS.put(Modifier.ANYOF, "with at least one element");
    MODIFIERS.put(Modifier.ALLOF, "with all elements");
  }

  private static void operators(String text, Operator... operators) {
    OPERATORS.put(text, new java.util.LinkedHashSet<>(Arrays.asList(operators)));
  }

  private static String priorities() {
    return Stream.of(Priority.values())
        .map(priority -> "`" + priority.label().toUpperCase(Locale.ROOT) + "`")
        .collect(Collectors.joining(", "));
  }

  @Test
  void everyKeyOperatorAndModifierIsDescribed() {
    assertThat(ITEMS).containsOnlyKeys(Item.values());
    assertThat(KEYS).containsOnlyKeys(ItemKey.values());
    assertThat(OPERATORS.values().stream().flatMap(Set::stream))
        .containsExactlyInAnyOrder(Operator.values());
    assertThat(MODIFIERS).containsOnlyKeys(Modifier.values());
  }

  @Test
  void pageIsWhatTheTablesGenerate() throws Exception {
    ManPages.check("falco_rules.5", page());
  }

  private static String page() {
    Roff roff =
        new Roff("falco_rules", 5, "rules of falco(8)")
            .section("Synopsis")
            .paragraph(
                "`/etc/falco/falco_rules.yaml`, `/etc/falco/falco_rules.local.yaml`,"
                    + " `/etc/falco/rules.d/*.yaml`")
            .section("Description")
            .paragraph(
                "Each file is a YAML list of rules, macros and lists, in the language of Falco 0.44."
                    + " Files are read in the order of `rules_files` in `falco.yaml`(5); what comes"
                    + " later may use, change or replace what came before. `falco -V` FILE checks a"
                    + " file, `falco -L` describes all rules, `falco --list` all fields.")
            .example(
                """
                - list: editors
                  items: [vi, nano]
                - macro: open_write
                  condition: evt.type in (open, openat, openat2, creat) and evt.is_open_write = true
                - rule: Edit passwords
                  desc: a file of passwords is edited by other programs than an editor
                  condition: open_write and fd.name = /etc/shadow and not proc.name in (editors)
                  output: passwords changed by %proc.name (user %user.name, command %proc.cmdline)
                  priority: WARNING
                  tags: [host]
                """);
    for (Item item : Item.values()) {
      roff.section(ITEMS.get(item));
      for (ItemKey key : ItemKey.values()) {
        if (ItemKey.of(item).contains(key.text())) {
          roff.entry("`" + key.text() + "`", KEYS.get(key) + changes(item, key));
        }
      }
    }
    conditions(roff);
    exceptions(roff);
    return roff.section("See also").paragraph("`falco`(8), `falco.yaml`(5)").page();
  }

  private static String changes(Item item, ItemKey key) {
    if (item != Item.RULE || !ItemKey.replaceable().contains(key.text())) {
      return "";
    }
    return ItemKey.appendable().contains(key.text())
        ? " An override may append to it or replace it."
        : " An override may replace it.";
  }

  private static void conditions(Roff roff) {
    roff.section("Conditions")
        .paragraph(
            "A condition joins checks by `and`, `or`, `not` and parentheses; `and` binds stronger"
                + " than `or`. A check is FIELD"
                + " OPERATOR VALUE, FIELD `exists`, or the name of a macro. FIELD may have an"
                + " argument, as in `proc.aname[2]`, and be within transformers: `tolower`,"
                + " `toupper`, `b64`, `basename`, `len`, `join`, `concat`, `getopt`. A value is a"
                + " text, in quotes where it needs them, a number, or the value of another field:"
                + " `val`(FIELD). A list is in parentheses: `(a, b, name_of_a_list)`.");
    OPERATORS.forEach(
        (text, operators) ->
            roff.entry(
                operators.stream()
                    .map(operator -> "`" + operator.symbol() + "`")
                    .collect(Collectors.joining(", ")),
                text));
    roff.entry("`exists`", "The event has such a value.");
    roff.paragraph(
        "An operator of texts may be followed by a word and a list: it holds for the list "
            + MODIFIERS.entrySet().stream()
                .filter(entry -> entry.getKey() != Modifier.NONE)
                .map(entry -> entry.getValue() + " (`" + entry.getKey().word() + "`)")
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static void exceptions(Roff roff) {
    roff.section("Exceptions")
        .paragraph(
            "An exception takes events out of a rule: those for which all its comparisons hold, with"
                + " one of its lists of values.")
        .entry("`name`", "Its name, by which `override` and `append` find it.")
        .entry("`fields`", "One field, or a list of them.")
        .entry("`comps`", "The operators, as many as fields; without it `=`, for one field `in`.")
        .entry("`values`", "Lists of values, as many in each as fields; for one field, its values.")
        .example(
            """
            exceptions:
              - name: known_writers
                fields: [proc.name, fd.directory]
                comps: [=, startswith]
                values:
                  - [backup, /var/backups]
            """);
  }
}
