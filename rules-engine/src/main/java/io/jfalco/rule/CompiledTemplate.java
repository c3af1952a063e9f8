package io.jfalco.rule;

import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** An output, compiled. Works on a match only, so it allocates as it likes. */
final class CompiledTemplate implements AlertTemplate {
  private final List<TemplatePart> parts;
  private final List<OutputFields.Named> fields;
  private final List<String> names;

  CompiledTemplate(List<TemplatePart> parts, List<OutputFields.Named> fields, List<String> names) {
    this.parts = List.copyOf(parts);
    this.fields = List.copyOf(fields);
    this.names = List.copyOf(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public String message(EventContext context) {
    Bytes message = new Bytes();
    for (TemplatePart part : parts) {
      part.append(context, message);
    }
    return message.toString();
  }

  @Override
  public SortedMap<String, Object> fields(EventContext context) {
    SortedMap<String, Object> values = new TreeMap<>();
    for (OutputFields.Named field : fields) {
      values.put(field.name(), ValueObjects.of(field.source(), context));
    }
    return values;
  }
}
