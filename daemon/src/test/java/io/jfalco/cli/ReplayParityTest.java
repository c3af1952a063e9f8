package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same captures and rules give the same bytes as Falco 0.44.1. */
@Timeout(120)
class ReplayParityTest {
  private static final Path SHARED = Path.of(System.getProperty("jfalco.root"), "../shared");
  private static final Path CAPTURES = SHARED.resolve("captures");
  private static final Path RULES = SHARED.resolve("rules");

  /**
   * Numbers of the lines that show user and group 1000 as {@code cloudsdk}: nothing in the captures
   * says so, Falco asked the machine that it replayed them on.
   */
  private static final Map<String, Set<Integer>> NAMES_OF_ANOTHER_MACHINE =
      Map.of(
          "guest-network.every-event.txt.gz", Set.of(37990, 37991, 37994, 37995),
          "guest-container.every-event.txt.gz", Set.of(7315, 7316, 26836),
          "guest-network.all-rulesets.jsonl", Set.of(21));

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}");

  @TempDir Path work;

  @BeforeAll
  static void sharedData() {
    boolean present = Files.isDirectory(CAPTURES) && Files.isDirectory(RULES);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("captures and rules in " + SHARED).isTrue();
    }
    assumeTrue(present, "no captures and rules in " + SHARED);
  }

  /** Standard output of a replay. */
  private List<String> replay(String capture, boolean json, String matching, String... rules)
      throws Exception {
    return run(command(capture, json, matching, rules));
  }

  private List<String> command(String capture, boolean json, String matching, String... rules)
      throws IOException {
    Path config =
        Files.writeString(
            work.resolve("falco.yaml"),
            """
            engine: {kind: replay, replay: {capture_file: %s}}
            stdout_output: {enabled: true}
            log_syslog: false
            time_format_iso_8601: true
            json_output: %s
            rule_matching: %s
            """
                .formatted(CAPTURES.resolve(capture + ".scap"), json, matching));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Falco.class.getName(),
                "-c",
                config.toString()));
    for (String name : rules) {
      command.add("-r");
      command.add(RULES.resolve(name).toString());
    }
    return command;
  }

  private List<String> run(List<String> command, String... more) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    Path errors = work.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(all).redirectError(errors.toFile());
    builder.environment().put("FALCO_HOSTNAME", "debian");
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    List<String> lines = lines(process.getInputStream());
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    assertThat(Files.readString(errors)).doesNotContain("could not be evaluated");
    return lines;
  }

  private static List<String> lines(InputStream in) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static List<String> expected(String file) throws IOException {
    return withoutNamesOfAnotherMachine(file, Files.readAllLines(CAPTURES.resolve(file)));
  }

  private static List<String> alerts(List<String> out) {
    return out.subList(0, statistics(out));
  }

  private static int statistics(List<String> out) {
    int end = out.size() - 1;
    while (end >= 0 && !out.get(end).startsWith("Events detected: ")) {
      end--;
    }
    return end;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guest-shell",
        "guest-network",
        "guest-container",
        "guest-everything",
        "sysdig-2021-cat_write",
        "sysdig-2021-connect_localhost",
        "sysdig-2021-empty"
      })
  void stableRules(String capture) throws Exception {
    List<String> out = replay(capture, true, "first", "falco_rules.yaml");
    List<String> expected = expected(capture + ".stable-rules.jsonl");
    assertThat(alerts(out)).isEqualTo(expected);
    assertThat(out.get(statistics(out))).isEqualTo("Events detected: " + expected.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"guest-shell", "guest-network", "guest-container", "guest-everything"})
  void allRulesetsWithAllMatches(String capture) throws Exception {
    List<String> out =
        replay(
            capture,
            true,
            "all",
            "falco_rules.yaml",
            "falco-incubating_rules.yaml",
            "falco-sandbox_rules.yaml");
    assertThat(alerts(out)).isEqualTo(expected(capture + ".all-rulesets.jsonl"));
  }

  /** The shipped rules leave out two things on purpose: at, and the children of debuggers. */
  @ParameterizedTest
  @ValueSource(strings = {"guest-shell", "guest-network", "guest-container", "guest-everything"})
  void shippedRulesMatchWhereUpstreamsDo(String capture) throws Exception {
    String shipped =
        Path.of(System.getProperty("jfalco.root"), "etc/falco/falco_rules.yaml").toString();
    List<String> ours = timesAndRules(alerts(replay(capture, true, "all", shipped)));
    List<String> upstream = alerts(replay(capture, true, "all", "falco_rules.yaml"));
    List<String> expected =
        upstream.stream()
            .filter(line -> !line.contains("\"proc.name\":\"atd\""))
            .filter(line -> !line.contains("PTRACE anti-debug") || !line.contains("\"strace\""))
            .toList();
    assertThat(ours).isNotEmpty().isEqualTo(timesAndRules(expected));
  }

  /**
   * How often the rules that are not read by default match; where that is not as often as those of
   * upstream do, a row says so and why.
   */
  @ParameterizedTest
  @ValueSource(strings = {"guest-shell", "guest-network", "guest-container", "guest-everything"})
  void optionalRulesMatchAsOftenAsUpstreamsDo(String capture) throws Exception {
    String[] files = {"falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"};
    String[] shipped = new String[files.length];
    for (int i = 0; i < files.length; i++) {
      shipped[i] = Path.of(System.getProperty("jfalco.root"), "etc/falco", files[i]).toString();
    }
    Map<String, Integer> expected = counts(alerts(replay(capture, true, "all", files)));
    for (String row : resource("/replay/optional-rules.tsv")) {
      String[] cells = row.split("\t");
      if (cells[0].equals(capture)) {
        assertThat(expected.remove(cells[1])).as(row).isEqualTo(Integer.valueOf(cells[2]));
        expected.put(cells[1], Integer.valueOf(cells[3]));
      }
    }
    expected.values().removeIf(count -> count == 0);
    assertThat(counts(alerts(replay(capture, true, "all", shipped)))).isEqualTo(expected);
  }

  private static List<String> resource(String name) throws IOException {
    try (InputStream in = ReplayParityTest.class.getResourceAsStream(name)) {
      return lines(in);
    }
  }

  private static Map<String, Integer> counts(List<String> alerts) {
    Pattern rule = Pattern.compile("\"rule\":\"([^\"]*)\"");
    Map<String, Integer> counts = new TreeMap<>();
    for (String alert : alerts) {
      Matcher matcher = rule.matcher(alert);
      assertThat(matcher.find()).as(alert).isTrue();
      counts.merge(matcher.group(1), 1, Integer::sum);
    }
    return counts;
  }

  private static List<String> timesAndRules(List<String> alerts) {
    Pattern rule = Pattern.compile("\"rule\":\"[^\"]*\"");
    List<String> all = new ArrayList<>();
    for (String alert : alerts) {
      Matcher matcher = rule.matcher(alert);
      assertThat(matcher.find()).as(alert).isTrue();
      all.add(time(alert) + " " + matcher.group());
    }
    all.sort(null);
    return all;
  }

  private static List<String> everyEventOf(String capture) throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(CAPTURES.resolve(capture + ".every-event.txt.gz")))) {
      return withoutNamesOfAnotherMachine(capture + ".every-event.txt.gz", lines(in));
    }
  }

  /** Takes back the names that Falco was told by the machine that replayed. */
  private static List<String> withoutNamesOfAnotherMachine(String file, List<String> lines) {
    List<String> own = new ArrayList<>(lines);
    for (int line : NAMES_OF_ANOTHER_MACHINE.getOrDefault(file, Set.of())) {
      assertThat(own.get(line - 1)).contains("cloudsdk");
      own.set(line - 1, own.get(line - 1).replace("cloudsdk", "<NA>"));
    }
    return own;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guest-shell",
        "guest-network",
        "guest-container",
        "guest-everything",
        "sysdig-2021-cat_write",
        "sysdig-2021-connect_localhost",
        "sysdig-2021-empty"
      })
  void everyEvent(String capture) throws Exception {
    List<String> out = replay(capture, false, "first", "jfalco-every-event.yaml");
    List<String> expected = everyEventOf(capture);
    List<String> got = alerts(out);
    for (int i = 0; i < Math.min(got.size(), expected.size()); i++) {
      assertThat(got.get(i)).isEqualTo(expected.get(i));
    }
    assertThat(got).hasSameSizeAs(expected);
  }

  @Test
  void stopsAfterSecondsOfEventTime() throws Exception {
    Instant first = time(everyEventOf("guest-shell").get(0));
    List<String> expected =
        expected("guest-shell.stable-rules.jsonl").stream()
            .filter(
                line -> Duration.between(first, time(line)).compareTo(Duration.ofSeconds(7)) < 0)
            .toList();
    assertThat(expected).hasSizeBetween(1, 15);
    List<String> out = run(command("guest-shell", true, "first", "falco_rules.yaml"), "-M", "7");
    assertThat(alerts(out)).isEqualTo(expected);
  }

  private static Instant time(String line) {
    Matcher time = TIME.matcher(line);
    assertThat(time.find()).as(line).isTrue();
    return Instant.parse(time.group() + "Z");
  }
}
