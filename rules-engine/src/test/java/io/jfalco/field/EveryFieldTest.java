package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.compile.TestEvents;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field has a case with a value and one without, and one for each form of its argument: in
 * {@code values.tsv}, or in {@code filters.tsv} when only conditions can use it. Fields of
 * containers have tables of their own.
 */
class EveryFieldTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();

  /** Depend on the machine; {@link FieldValuesTest} has tests for them. */
  private static final Set<String> OF_THE_MACHINE =
      Set.of(
          "evt.time",
          "evt.time.s",
          "evt.datetime",
          "evt.datetime.s",
          "evt.outputtime",
          "evt.hostname");

  /** Only events of plugins have these. */
  private static final Set<String> OF_PLUGINS = Set.of("evt.pluginname", "evt.plugininfo");

  /** Outputs show no value of these. */
  private static final Set<String> COMPARED_ONLY =
      Set.of("evt.type.is", "fd.cip.name", "fd.sip.name", "fd.lip.name", "fd.rip.name");

  /** There is always a value. */
  private static final Set<String> ALWAYS =
      Set.of(
          "evt.num",
          "evt.time.iso8601",
          "evt.rawtime",
          "evt.rawtime.s",
          "evt.rawtime.ns",
          "evt.reltime",
          "evt.reltime.s",
          "evt.reltime.ns",
          "evt.deltatime",
          "evt.deltatime.s",
          "evt.deltatime.ns",
          "evt.latency",
          "evt.latency.s",
          "evt.latency.ns",
          "evt.latency.quantized",
          "evt.latency.human",
          "evt.wait_latency",
          "evt.source",
          "evt.is_async",
          "evt.dir",
          "evt.type",
          "evt.category",
          "evt.cpu",
          "evt.args",
          "evt.info",
          "evt.is_io",
          "evt.is_io_read",
          "evt.is_io_write",
          "evt.is_wait",
          "evt.is_syslog",
          "evt.count",
          "evt.count.procinfo",
          "evt.count.threadinfo",
          "evt.is_open_read",
          "evt.is_open_write",
          "evt.is_open_exec",
          "evt.is_open_create",
          "thread.tid",
          "thread.exectime",
          "util.cnt");

  static List<String> filters() throws IOException {
    return FieldValuesTest.lines("filters.tsv").stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void isComparedWithTheValue(String line) throws ConditionException {
    String[] row = line.split("\t", -1);
    Condition condition = new ConditionCompiler(CATALOG).compile(ConditionParser.parse(row[1]));
    EventContext context = TestEvents.apply(row[0], new TestHost());
    assertThat(condition.test(context)).isEqualTo(Boolean.parseBoolean(row[2]));
  }

  private static List<Field> fields() {
    return CATALOG.fields().stream()
        .filter(field -> !field.family().name().equals(FieldFamily.CONTAINER))
        .filter(field -> !OF_THE_MACHINE.contains(field.name()))
        .toList();
  }

  private static boolean isComparedOnly(Field field) {
    return field.is(FieldFlag.FILTER_ONLY) || COMPARED_ONLY.contains(field.name());
  }

  /** The field of a name with argument. */
  private static boolean isOf(String text, Field field) {
    if (!text.startsWith(field.name())) {
      return false;
    }
    String rest = text.substring(field.name().length());
    boolean another = CATALOG.find(text).isPresent() && !rest.isEmpty();
    return rest.isEmpty()
        || rest.startsWith("[")
        || rest.startsWith(".") && field.is(FieldFlag.ARG_DOTTED) && !another;
  }

  private static boolean hasValueCase(Field field, boolean missing) throws IOException {
    return FieldValuesTest.cases().stream()
        .map(line -> line.split("\t", -1))
        .anyMatch(row -> isOf(row[1], field) && row[3].equals("null") == missing);
  }

  private static boolean hasFilterCase(Field field, String result) throws IOException {
    return filters().stream()
        .map(line -> line.split("\t", -1))
        .anyMatch(row -> isOf(row[1].split(" ")[0], field) && row[2].equals(result));
  }

  @Test
  void everyFieldHasACaseWithAValue() throws IOException {
    Set<String> without = new TreeSet<>();
    for (Field field : fields()) {
      boolean has =
          isComparedOnly(field) ? hasFilterCase(field, "true") : hasValueCase(field, false);
      if (!has && !OF_PLUGINS.contains(field.name())) {
        without.add(field.name());
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyFieldHasACaseWithoutAValue() throws IOException {
    Set<String> without = new TreeSet<>();
    for (Field field : fields()) {
      boolean has =
          isComparedOnly(field) ? hasFilterCase(field, "false") : hasValueCase(field, true);
      if (has == ALWAYS.contains(field.name())) {
        without.add(field.name());
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyFormOfAnArgumentHasACase() throws IOException {
    Set<String> written = new TreeSet<>();
    FieldValuesTest.cases().forEach(line -> written.add(line.split("\t", -1)[1]));
    filters().forEach(line -> written.add(line.split("\t", -1)[1].split(" ")[0]));
    Set<String> without = new TreeSet<>();
    for (Field field : fields()) {
      for (String form : forms(field)) {
        if (written.stream().noneMatch(text -> isOf(text, field) && hasForm(text, field, form))) {
          without.add(field.name() + form);
        }
      }
    }
    assertThat(without).isEmpty();
  }

  private static boolean hasForm(String text, Field field, String form) {
    String rest = text.substring(field.name().length());
    return form.isEmpty() ? rest.isEmpty() : rest.matches(form);
  }

  /** Patterns of what follows the name. */
  private static List<String> forms(Field field) {
    return switch (field.name()) {
      case "evt.arg" -> List.of("\\.\\w+", "\\[[0-9]+]");
      case "evt.rawarg", "evt.type.is", "thread.cgroup" -> List.of("\\.\\w+");
      case "evt.abspath" -> List.of("", "\\.src", "\\.dst");
      case "evt.around" -> List.of("\\[[0-9]+]");
      case "proc.env", "proc.aenv" -> List.of("", "\\[[0-9]+]", "\\[[A-Z]+]");
      case "proc.aname", "proc.aexe", "proc.aexepath", "proc.acmdline", "proc.aargs", "proc.apid" ->
          List.of("", "\\[0]", "\\[1]", "\\[2]", "\\[3]", "\\[4]");
      case "proc.args" -> List.of("", "\\[0]", "\\[2]");
      case "fd.types" -> List.of("", "\\[[0-9]+]");
      default ->
          field.is(FieldFlag.ARG_ALLOWED) || field.is(FieldFlag.ARG_REQUIRED)
              ? List.of("a form that this test does not know")
              : List.of();
    };
  }
}
