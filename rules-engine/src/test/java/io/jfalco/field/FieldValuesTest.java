package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.compile.TestEvents;
import io.jfalco.rule.AlertTemplate;
import io.jfalco.rule.OutputException;
import io.jfalco.rule.OutputTemplates;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of all fields, as text and as alerts carry them; {@link EveryFieldTest} counts them. */
class FieldValuesTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();

  static List<String> cases() throws IOException {
    return lines("values.tsv").stream().filter(line -> !line.startsWith("#")).toList();
  }

  static List<String> lines(String resource) throws IOException {
    try (InputStream in = FieldValuesTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheValue(String line) throws OutputException {
    String[] row = line.split("\t", -1);
    AlertTemplate template = new OutputTemplates(CATALOG).parse("%" + row[1]);
    EventContext context = TestEvents.apply(row[0], new TestHost());
    assertThat(template.message(context)).isEqualTo(row[2]);
    assertThat(describe(template.fields(context).get(row[1]))).isEqualTo(row[3]);
    assertThat(template.fields(context)).containsOnlyKeys(row[1]);
  }

  private static String describe(Object value) {
    if (value == null) {
      return "null";
    }
    return (value instanceof List ? "List" : value.getClass().getSimpleName()) + " " + value;
  }

  @Test
  void showsLongPathsThatTheKernelUsed() throws OutputException {
    String deep = "/d".repeat(2000);
    EventContext context =
        new TestHost().apply(TestHost.unlink(0, "/" + deep).text(deep).number(0));
    AlertTemplate template =
        new OutputTemplates(CATALOG).parse("%fs.path.name|%fs.path.kernelname");
    assertThat(template.message(context)).isEqualTo("/DIR_TOO_LONG/FILENAME_TOO_LONG|" + deep);
  }

  @Test
  void showsLocalTimes() throws OutputException {
    EventContext context = new TestHost().apply(TestHost.read(3, "x"));
    AlertTemplate template =
        new OutputTemplates(CATALOG).parse("%evt.time|%evt.time.s|%evt.datetime|%evt.datetime.s");
    OffsetDateTime shown =
        Instant.ofEpochSecond(0, TestHost.NOW)
            .atOffset(ZoneId.systemDefault().getRules().getOffset(Instant.now()));
    String time = DateTimeFormatter.ofPattern("HH:mm:ss").format(shown);
    String date = DateTimeFormatter.ofPattern("yyyy-MM-dd").format(shown);
    String expected =
        String.join(
            "|", time + ".123456789", time, date + " " + time + ".123456789", date + " " + time);
    assertThat(template.message(context)).isEqualTo(expected);
    assertThat(template.fields(context))
        .containsEntry("evt.time", TestHost.NOW)
        .containsEntry("evt.datetime", TestHost.NOW);
  }

  @Test
  void showsTheHostsName() throws OutputException, IOException {
    EventContext context = new TestHost().apply(TestHost.read(3, "x"));
    AlertTemplate template = new OutputTemplates(CATALOG).parse("%evt.hostname");
    String chosen = System.getenv("FALCO_HOSTNAME");
    String expected =
        chosen != null ? chosen : Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    assertThat(template.message(context)).isEqualTo(expected);
  }
}
