package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of Falco 0.44.1 and then our own, row by row: class, name, type, argument, list,
 * flags and print format, in Falco's order.
 */
class CatalogueGoldenTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();
  private static final Set<FieldFlag> SHOWN =
      Set.of(
          FieldFlag.FILTER_ONLY,
          FieldFlag.PRINT_ONLY,
          FieldFlag.NO_RHS,
          FieldFlag.NO_TRANSFORMER,
          FieldFlag.TABLE_ONLY,
          FieldFlag.DEPRECATED);

  static List<String> rows() throws IOException {
    try (InputStream in = CatalogueGoldenTest.class.getResourceAsStream("catalogue.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void hasTheFieldsOfFalcoRowByRow() throws IOException {
    assertThat(rows()).hasSize(233 + 61 + 5);
    assertThat(CATALOG.fields().stream().map(CatalogueGoldenTest::row))
        .containsExactlyElementsOf(rows());
  }

  private static String row(Field field) {
    String argument =
        field.is(FieldFlag.ARG_REQUIRED)
            ? "required"
            : field.is(FieldFlag.ARG_ALLOWED) ? "allowed" : "";
    StringJoiner kinds = new StringJoiner("+");
    kinds.add(argument);
    if (field.is(FieldFlag.ARG_INDEX)) {
      kinds.add("index");
    }
    if (field.is(FieldFlag.ARG_KEY)) {
      kinds.add("key");
    }
    StringJoiner flags = new StringJoiner(" ");
    field.flags().stream().filter(SHOWN::contains).sorted().forEach(flag -> flags.add(flag.name()));
    return String.join(
        "\t",
        field.family().name(),
        field.name(),
        field.type().name(),
        field.is(FieldFlag.LIST) ? "list" : "",
        kinds.toString(),
        isNumber(field) ? field.format().name() : "",
        flags.toString());
  }

  private static boolean isNumber(Field field) {
    return switch (field.type()) {
      case CHARBUF, BOOL, BYTEBUF, IPADDR, IPNET, DYN -> false;
      default -> true;
    };
  }

  static List<Field> fields() {
    return CATALOG.fields();
  }

  /** A rule may use any of them. */
  @ParameterizedTest
  @MethodSource("fields")
  void compiles(Field field) throws ConditionException {
    String name = field.name() + (field.is(FieldFlag.ARG_REQUIRED) ? argument(field.name()) : "");
    assertThat(new ConditionCompiler(CATALOG).compile(ConditionParser.parse(name + " exists")))
        .isNotNull();
  }

  private static String argument(String name) {
    return switch (name) {
      case "evt.arg", "evt.rawarg" -> ".fd";
      case "evt.type.is" -> ".open";
      case "thread.cgroup" -> ".cpu";
      case "evt.abspath" -> "";
      default -> "[1]";
    };
  }
}
