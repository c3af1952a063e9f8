package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts that real Falco wrote, taken apart and formatted again, give the same bytes. */
class FalcoAlertsTest {
  private static final AlertFormatter FORMATTER =
      new AlertFormatter(
          FormatOptions.defaults().withJson(true).withIso8601(true), "debian", ZoneOffset.UTC);

  @Test
  void anAlertOfFalcoComesBackByteForByte() throws IOException {
    String line =
        """
        {"hostname":"debian","output":"2026-11-23T03:22:43.746730930+0000: Warning Sensitive file \
        (file=/etc/shadow tty=34817)","output_fields":{"evt.time.iso8601":1795404163746730930,\
        "fd.name":"/etc/shadow","proc.tty":34817},"priority":"Warning",\
        "rule":"Read sensitive file untrusted","source":"syscall","tags":["T1555","container"],\
        "time":"2026-11-23T03:22:43.746730930Z"}""";
    assertThat(FORMATTER.format(alert(line)).text()).isEqualTo(line);
  }

  @Test
  void allAlertsOfTheSharedCapturesComeBackByteForByte() throws IOException {
    Path captures = Path.of(System.getProperty("jfalco.root"), "..", "shared", "captures");
    boolean present = Files.isDirectory(captures);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("captures in " + captures).isTrue();
    }
    assumeTrue(present, "no captures in " + captures);
    int lines = 0;
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(captures)) {
      all.filter(file -> file.toString().endsWith(".jsonl")).forEach(files::add);
    }
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        assertThat(FORMATTER.format(alert(line)).text()).isEqualTo(line);
        lines++;
      }
    }
    assertThat(lines).isGreaterThan(400);
  }

  @SuppressWarnings("unchecked") // objects are read into maps, arrays into lists
  private static Alert alert(String line) throws IOException {
    Map<String, Object> json = AlertJson.parse(line);
    Priority priority = Priority.parse((String) json.get("priority")).orElseThrow();
    Instant time = Instant.parse((String) json.get("time"));
    String output = (String) json.get("output");
    String prefix = output.substring(0, output.indexOf(": ") + 2) + priority.label() + " ";
    TreeMap<String, Object> fields = new TreeMap<>((Map<String, Object>) json.get("output_fields"));
    fields.remove("evt.time.iso8601");
    return new Alert(
        time.getEpochSecond() * 1_000_000_000L + time.getNano(),
        priority,
        (String) json.get("rule"),
        (String) json.get("source"),
        output.substring(prefix.length()),
        fields,
        (List<String>) json.get("tags"));
  }
}
