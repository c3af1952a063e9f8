package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import java.io.IOException;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AlertFormatterTest {
  private static final long TIME = 1470327477881785348L;

  private static Alert alert(String message, SortedMap<String, Object> fields) {
    return new Alert(
        TIME,
        Priority.WARNING,
        "open_from_cat",
        "syscall",
        message,
        fields,
        List.of("filesystem", "process"));
  }

  private static String format(FormatOptions options, ZoneId zone, Alert alert) {
    return new AlertFormatter(options, "vm", zone).format(alert).text();
  }

  @Test
  void textShowsLocalTimeOfDay() {
    assertThat(
            format(
                FormatOptions.defaults(),
                ZoneId.of("Asia/Kolkata"),
                alert("An open (x=<NA>)", new TreeMap<>())))
        .isEqualTo("21:47:57.881785348: Warning An open (x=<NA>)");
  }

  @Test
  void textShowsUtcWithDateWhenAsked() {
    assertThat(
            format(
                FormatOptions.defaults().withIso8601(true),
                ZoneId.of("Asia/Kolkata"),
                alert("m", new TreeMap<>())))
        .isEqualTo("2016-08-04T16:17:57.881785348+0000: Warning m");
  }

  @Test
  void nanosecondsAndHoursKeepTheirZeros() {
    Alert early =
        new Alert(
            1_000_000_007L,
            Priority.INFORMATIONAL,
            "r",
            "syscall",
            "m",
            new TreeMap<>(),
            List.of());
    assertThat(format(FormatOptions.defaults(), ZoneOffset.UTC, early))
        .isEqualTo("00:00:01.000000007: Informational m");
  }

  @Test
  void jsonHasSortedKeysTypedFieldsAndTheTime() {
    SortedMap<String, Object> fields = new TreeMap<>();
    fields.put("fd.num", 3L);
    fields.put("evt.abspath", null);
    fields.put("evt.is_open_read", true);
    fields.put("evt.rawarg.mask", new BigInteger("18446744073709551615"));
    fields.put("proc.cpu", 0.5);
    fields.put("proc.args", Arrays.asList("a", null, 1L));
    fields.put("user.name", "<NA>");
    assertThat(format(FormatOptions.defaults().withJson(true), ZoneOffset.UTC, alert("m", fields)))
        .isEqualTo(
            """
            {"hostname":"vm","output":"16:17:57.881785348: Warning m","output_fields":\
            {"evt.abspath":null,"evt.is_open_read":true,\
            "evt.rawarg.mask":18446744073709551615,"evt.time":1470327477881785348,"fd.num":3,\
            "proc.args":["a",null,1],"proc.cpu":0.5,"user.name":"<NA>"},"priority":"Warning",\
            "rule":"open_from_cat","source":"syscall","tags":["filesystem","process"],\
            "time":"2016-08-04T16:17:57.881785348Z"}""");
  }

  @Test
  void jsonMembersCanBeSwitchedOffAndOn() {
    FormatOptions options = new FormatOptions(true, true, false, true, false, false);
    assertThat(format(options, ZoneOffset.UTC, alert("m", new TreeMap<>())))
        .isEqualTo(
            """
            {"hostname":"vm","message":"m","priority":"Warning","rule":"open_from_cat",\
            "source":"syscall","time":"2016-08-04T16:17:57.881785348Z"}""");
  }

  @Test
  void jsonTimeFieldFollowsTheTimeFormat() throws IOException {
    FormatOptions options = FormatOptions.defaults().withJson(true).withIso8601(true);
    Map<String, Object> json =
        AlertJson.parse(format(options, ZoneOffset.UTC, alert("m", new TreeMap<>())));
    assertThat(json)
        .containsEntry("output_fields", Map.of("evt.time.iso8601", TIME))
        .containsEntry("output", "2016-08-04T16:17:57.881785348+0000: Warning m");
  }

  @Test
  void jsonEscapesOnlyWhatMustBe() {
    FormatOptions options = new FormatOptions(true, true, false, true, false, false);
    assertThat(
            format(
                options,
                ZoneOffset.UTC,
                alert("\"\\/\n\t\u001b\u007f\u4f60\ud83d\ude00", new TreeMap<>())))
        .contains("\"message\":\"\\\"\\\\/\\n\\t\\u001b\u007f\u4f60\ud83d\ude00\"");
  }

  @Test
  void halfSurrogatesAreReplaced() {
    String message = "a\ud83dz\ude00";
    assertThat(format(FormatOptions.defaults(), ZoneOffset.UTC, alert(message, new TreeMap<>())))
        .endsWith("a\ufffdz\ufffd");
  }

  @Property
  void jsonIsOneValidLineWhateverTheTexts(
      @ForAll String message, @ForAll String key, @ForAll String value) throws IOException {
    SortedMap<String, Object> fields = new TreeMap<>();
    fields.put("k" + key, value);
    String json =
        format(
            new FormatOptions(true, false, true, true, true, true),
            ZoneOffset.UTC,
            alert(message, fields));
    assertThat(json).doesNotContain("\n", "\r");
    Map<String, Object> parsed = AlertJson.parse(json);
    assertThat(parsed).containsEntry("message", AlertFormatter.wellFormed(message));
    @SuppressWarnings("unchecked") // an object is always read into such a map
    Map<String, Object> parsedFields = (Map<String, Object>) parsed.get("output_fields");
    assertThat(parsedFields)
        .containsEntry(AlertFormatter.wellFormed("k" + key), AlertFormatter.wellFormed(value))
        .containsEntry("evt.time", TIME)
        .hasSize(2);
  }

  @Test
  void internalAlertsHaveAFormOfTheirOwn() {
    SortedMap<String, Object> fields = new TreeMap<>();
    fields.put("n_evts", "7");
    fields.put("max_file_size_mb", 5L);
    Alert alert =
        new Alert(
            TIME,
            Priority.DEBUG,
            "Falco internal: syscall event drop",
            AlertFormatter.INTERNAL_SOURCE,
            "Falco internal: syscall event drop. 1 system calls dropped in last second.",
            fields,
            List.of());
    FormatOptions bare = new FormatOptions(false, true, false, false, false, false);
    assertThat(format(bare, ZoneOffset.UTC, alert))
        .isEqualTo(
            "16:17:57.881785348: Debug Falco internal: syscall event drop."
                + " 1 system calls dropped in last second. (max_file_size_mb=5 n_evts=\"7\")");
    assertThat(format(bare.withJson(true), ZoneOffset.UTC, alert))
        .isEqualTo(
            """
            {"hostname":"vm","output":"Falco internal: syscall event drop. 1 system calls dropped \
            in last second.","output_fields":{"max_file_size_mb":5,"n_evts":"7"},\
            "priority":"Debug","rule":"Falco internal: syscall event drop","source":"internal",\
            "time":"2016-08-04T16:17:57.881785348Z"}""");
  }

  @Test
  void internalAlertWithoutFieldsKeepsItsParentheses() {
    Alert alert =
        new Alert(
            TIME, Priority.CRITICAL, "r", "internal", "r: failed", new TreeMap<>(), List.of());
    assertThat(format(FormatOptions.defaults(), ZoneOffset.UTC, alert))
        .isEqualTo("16:17:57.881785348: Critical r: failed ()");
  }

  @Test
  void decimalsLookAsFalcoPrintsThem() {
    assertThat(JsonText.decimal(0)).isEqualTo("0.0");
    assertThat(JsonText.decimal(-0.0)).isEqualTo("-0.0");
    assertThat(JsonText.decimal(100)).isEqualTo("100.0");
    assertThat(JsonText.decimal(-12.5)).isEqualTo("-12.5");
    assertThat(JsonText.decimal(0.0005)).isEqualTo("0.0005");
    assertThat(JsonText.decimal(0.00005)).isEqualTo("5e-05");
    assertThat(JsonText.decimal(1e15)).isEqualTo("1e+15");
    assertThat(JsonText.decimal(123456789012345.0)).isEqualTo("123456789012345.0");
    assertThat(JsonText.decimal(1.25e300)).isEqualTo("1.25e+300");
    assertThat(JsonText.decimal(Double.NaN)).isEqualTo("null");
  }
}
