package io.jfalco.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Writes values in the JSON that Falco writes: compact, only what must be escaped is escaped. */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

  private JsonText() {}

  /** Writes one document. */
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** The text of a document. */
  static String of(Body body) {
    StringWriter out = new StringWriter(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** Writes a member. */
  static void member(JsonGenerator json, String name, String value) throws IOException {
    json.writeStringField(name, value);
  }

  /** Writes values by name. */
  static void object(JsonGenerator json, Map<String, Object> values) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      value(json, entry.getValue());
    }
    json.writeEndObject();
  }

  /** Writes a value of the kinds that an alert may hold. */
  static void value(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof BigInteger big) {
      json.writeNumber(big);
    } else if (value instanceof Double || value instanceof Float) {
      json.writeRawValue(decimal(((Number) value).doubleValue()));
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeString(value.toString());
    }
  }

  /**
   * A floating-point number as Falco's JSON library prints it: shortest digits, at least one after
   * the point, exponents outside 10^-4 .. 10^15; {@code null} for what is no number.
   */
  static String decimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + place(digits, point);
  }

  private static String place(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 15) {
      return digits + "0".repeat(point - count) + ".0";
    }
    if (0 < point && point <= 15) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-4 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
  }
}
