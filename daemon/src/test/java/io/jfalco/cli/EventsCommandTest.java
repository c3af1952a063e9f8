package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jfalco.event.EventTable;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code falco events} on the capture of the demonstration. */
@Timeout(120)
class EventsCommandTest {
  private static final Path CAPTURE =
      Path.of(System.getProperty("jfalco.root"), "daemon/src/demo/guest-shell.scap");

  @TempDir Path work;

  /** What a run of the command printed. */
  private record Run(int exit, List<String> out, String err) {}

  private Run events(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED", // where SIGINT is ignored, as in background
                "-cp",
                System.getProperty("java.class.path"),
                Falco.class.getName(),
                "events"));
    command.addAll(List.of(arguments));
    Path out = work.resolve("out");
    Path err = work.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("TZ", "UTC");
    int exit = builder.start().waitFor();
    return new Run(exit, Files.readAllLines(out), Files.readString(err));
  }

  @Test
  void showsTheUsualLine() throws Exception {
    Run run = events("-r", CAPTURE.toString(), "-n", "3");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).hasSize(3);
    assertThat(run.out())
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches("\\d+ \\d\\d:\\d\\d:\\d\\d\\.\\d{9} \\d+ \\S+ \\(\\d+\\) [<>] .*"));
  }

  @Test
  void filtersAndFormatsAsRulesDo() throws Exception {
    Run run =
        events(
            "-r",
            CAPTURE.toString(),
            "-p",
            "%evt.type:%proc.name",
            "evt.type=procexit",
            "and",
            "proc.name",
            "in",
            "(cat, ls)");
    assertThat(run.out()).isNotEmpty().allMatch(line -> line.matches("procexit:(cat|ls)"));
  }

  @Test
  void printsJsonLines() throws Exception {
    Run run = events("-j", "-n", "5", "-r", CAPTURE.toString(), "evt.type = openat");
    assertThat(run.out()).hasSize(5);
    for (String line : run.out()) {
      JsonNode event = new ObjectMapper().readTree(line);
      assertThat(event.get("evt.type").asText()).isEqualTo("openat");
      assertThat(event.get("evt.num").isIntegralNumber()).isTrue();
      assertThat(event.has("proc.name")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void whatIsWrittenShowsTheSame(boolean compressed) throws Exception {
    String copy = work.resolve("copy.scap").toString();
    String format = "%evt.time %evt.cpu %proc.name %proc.cmdline %evt.dir %evt.type %evt.info";
    Run first =
        events("-r", CAPTURE.toString(), "-p", format, "-w", copy, compressed ? "-z" : "-j=false");
    Run second = events("-r", copy, "-p", format);
    assertThat(first.out()).hasSizeGreaterThan(1000).isEqualTo(second.out());
  }

  @Test
  void aFilteredCopyKeepsWhatTheStateNeeds() throws Exception {
    String copy = work.resolve("copy.scap").toString();
    String format = "%evt.time %proc.name %proc.pname %proc.cmdline %evt.type %fd.name";
    Run first =
        events("-r", CAPTURE.toString(), "-p", format, "-w", copy, "evt.type", "=", "close");
    Run second = events("-r", copy, "-p", format);
    assertThat(first.out()).hasSizeGreaterThan(100).isEqualTo(second.out());
    assertThat(first.out()).allMatch(line -> line.contains(" close "));
  }

  @Test
  void aWrongFilterIsToldWithItsPlace() throws Exception {
    Run run = events("-r", CAPTURE.toString(), "evt.type = open and proc.nmae = cat");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            Error: filter:1:21: filter_check called with nonexistent field proc.nmae
             | evt.type = open and proc.nmae = cat
             |                     ^
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events -p %no.field -r x | -p: ",
        "events -r /no/such/file | /no/such/file",
      })
  void whatCannotBeDoneIsTold(String line, String message) throws Exception {
    String[] arguments = line.substring("events ".length()).split(" ");
    Run run = events(arguments);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events -n -1 | -n needs a number of events that is not negative",
        "events -z | -z needs -w",
        "-z | -z needs -w",
        "events --frob | Option \u2018frob\u2019 does not exist",
      })
  void impossibleOptionsAreRefused(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    String usage = Options.parse("events", "--help").usage();
    for (String option : "-h --help -p -r -w -z -q -n -M -j -c -o -v FILTER".split(" ")) {
      assertThat(usage).containsPattern("(?m)(^| |\\[)" + option + "[ ,=.\\]]");
    }
    assertThat(Options.parse("--help").usage()).contains("events");
  }

  @Test
  void onlySystemCallsOfTheFilterAreWanted() throws Exception {
    FieldCatalog catalog = FieldCatalog.standard(FieldEnvironment.ofHost());
    assertThat(EventFilter.of("evt.type = chdir", catalog).syscalls().cardinality()).isEqualTo(1);
    assertThat(EventFilter.of("proc.name = cat", catalog).syscalls().cardinality())
        .isEqualTo(EventFilter.of("", catalog).syscalls().cardinality())
        .isGreaterThanOrEqualTo(EventTable.syscalls().size() / 2);
  }

  @Test
  void coloursAreAroundFields() {
    assertThat(Colours.of("%evt.num (%thread.tid) 100 %10proc.aname[2] %toupper(proc.name)"))
        .isEqualTo(
            "\u001b[2m%evt.num\u001b[0m (\u001b[36m%thread.tid\u001b[0m) 100"
                + " \u001b[36m%10proc.aname[2]\u001b[0m %toupper(proc.name)");
  }
}
