package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import java.util.function.UnaryOperator;

/** What the events of an old container engine tell: {@code Event:pull;ID:0123;Image:nginx;...}. */
final class InfraFields {
  private static final int DESCRIPTION = 2;
  private static final int SHORT_ID = 12;

  private InfraFields() {}

  static void add(FieldRows rows) {
    add(rows, "name", "Event", InfraFields::afterColon);
    add(rows, "container.id", "ID", InfraFields::id);
    add(rows, "container.name", "name", InfraFields::afterColon);
    add(rows, "container.image", "Image", InfraFields::image);
  }

  private static void add(FieldRows rows, String name, String key, UnaryOperator<String> valueOf) {
    rows.row(
        "evt.infra.docker." + name,
        ParamType.CHARBUF,
        PrintFormat.NA,
        "'" + key + "' of an event of an old container engine, in old captures.",
        (context, out) -> extract(context, out, key, valueOf),
        FieldFlag.TABLE_ONLY);
  }

  private static boolean extract(
      EventContext context, Value out, String key, UnaryOperator<String> valueOf) {
    if (context.event().type() != EventType.INFRASTRUCTURE_EVENT_E) {
      return false;
    }
    Bytes description = new Bytes();
    Extractors.textOrMark(context.event(), DESCRIPTION, description);
    for (String element : description.toString().split(";", -1)) {
      String trimmed = element.strip();
      if (trimmed.startsWith(key)) {
        out.addText().append(Bytes.of(valueOf.apply(trimmed)));
        return true;
      }
    }
    return false;
  }

  /** What is between the first colon and the next. */
  private static String afterColon(String element) {
    String[] parts = element.split(":", -1);
    return parts.length < 2 ? "" : parts[1].strip();
  }

  private static String id(String element) {
    String id = afterColon(element);
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  /** The image without its digest; a bare digest as a whole. */
  private static String image(String element) {
    String image = afterColon(element);
    int at = image.indexOf('@');
    if (at >= 0) {
      return image.substring(0, at).strip();
    }
    return image.contains("sha256") ? element.substring(element.indexOf(':') + 1).strip() : image;
  }
}
