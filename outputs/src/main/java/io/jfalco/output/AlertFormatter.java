package io.jfalco.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jfalco.alert.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts alerts into Falco's text or JSON form. What comes out is valid UTF-8, and JSON is always one
 * line and valid. Immutable; any thread may use it.
 */
public final class AlertFormatter {
  /** Source of the alerts that the daemon raises about itself; they have a form of their own. */
  public static final String INTERNAL_SOURCE = "internal";

  private final FormatOptions options;
  private final String hostname;
  private final ZoneId zone;

  /**
   * A formatter.
   *
   * @param options how alerts look
   * @param hostname name of this host, shown in JSON
   * @param zone time zone of local times
   */
  public AlertFormatter(FormatOptions options, String hostname, ZoneId zone) {
    this.options = options;
    this.hostname = hostname;
    this.zone = zone;
  }

  /** The alert as outputs write it, without a final newline. */
  public OutputMessage format(Alert alert) {
    String text;
    if (alert.source().equals(INTERNAL_SOURCE)) {
      text = options.json() ? internalJson(alert) : internalLine(alert);
    } else {
      text = options.json() ? json(alert) : line(alert);
    }
    return new OutputMessage(
        alert.priority(),
        new OutputMessage.Origin(alert.rule(), alert.source(), alert.tags()),
        wellFormed(text).getBytes(StandardCharsets.UTF_8));
  }

  private String line(Alert alert) {
    StringBuilder out = new StringBuilder(64 + alert.message().length());
    if (options.iso8601()) {
      AlertTime.utc(out, alert.timestamp());
      out.append("+0000");
    } else {
      AlertTime.local(out, alert.timestamp(), zone);
    }
    out.append(": ").append(alert.priority().label()).append(' ').append(alert.message());
    return out.toString();
  }

  private String json(Alert alert) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          JsonText.member(json, "hostname", hostname);
          if (options.includeMessage()) {
            JsonText.member(json, "message", alert.message());
          }
          if (options.includeOutput()) {
            JsonText.member(json, "output", line(alert));
          }
          if (options.includeFields()) {
            json.writeFieldName("output_fields");
            JsonText.object(json, fieldsWithTime(alert));
          }
          ruleMembers(json, alert);
          if (options.includeTags()) {
            json.writeFieldName("tags");
            JsonText.value(json, alert.tags());
          }
          JsonText.member(json, "time", zulu(alert.timestamp()));
          json.writeEndObject();
        });
  }

  private SortedMap<String, Object> fieldsWithTime(Alert alert) {
    SortedMap<String, Object> fields = new TreeMap<>(alert.fields());
    fields.put(options.iso8601() ? "evt.time.iso8601" : "evt.time", alert.timestamp());
    return fields;
  }

  private String internalJson(Alert alert) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          JsonText.member(json, "hostname", hostname);
          JsonText.member(json, "output", alert.message());
          json.writeFieldName("output_fields");
          JsonText.object(json, alert.fields());
          ruleMembers(json, alert);
          JsonText.member(json, "time", zulu(alert.timestamp()));
          json.writeEndObject();
        });
  }

  private static void ruleMembers(JsonGenerator json, Alert alert) throws IOException {
    JsonText.member(json, "priority", alert.priority().label());
    JsonText.member(json, "rule", alert.rule());
    JsonText.member(json, "source", alert.source());
  }

  private String internalLine(Alert alert) {
    StringBuilder out = new StringBuilder(64 + alert.message().length());
    AlertTime.local(out, alert.timestamp(), zone);
    out.append(": ").append(alert.priority().label()).append(' ').append(alert.message());
    out.append(" (");
    String separator = "";
    for (Map.Entry<String, Object> field : alert.fields().entrySet()) {
      out.append(separator).append(field.getKey()).append('=');
      out.append(JsonText.of(json -> JsonText.value(json, field.getValue())));
      separator = " ";
    }
    return out.append(')').toString();
  }

  /** A time, in nanoseconds since the epoch, as local time of day with nine digits. */
  public static String timeOfDay(long timestamp) {
    StringBuilder out = new StringBuilder(18);
    AlertTime.local(out, timestamp, ZoneId.systemDefault());
    return out.toString();
  }

  private static String zulu(long timestamp) {
    StringBuilder out = new StringBuilder(32);
    AlertTime.utc(out, timestamp);
    return out.append('Z').toString();
  }

  /** The text with U+FFFD in place of halves of surrogate pairs, which UTF-8 cannot hold. */
  static String wellFormed(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) {
        continue;
      }
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        if (mended == null) {
          mended = new StringBuilder(text);
        }
        mended.setCharAt(i, '\uFFFD');
      }
    }
    return mended == null ? text : mended.toString();
  }
}
