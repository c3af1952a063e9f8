package io.jfalco.rule;

import io.jfalco.state.EventContext;
import java.util.List;
import java.util.SortedMap;

/** An output with members that are added to its fields. */
final class ExtendedTemplate implements AlertTemplate {
  /** A member, compiled. */
  record Member(ExtraField field, AlertTemplate template) {
    Object value(EventContext context) {
      return field.raw() ? template.fields(context).get(field.name()) : template.message(context);
    }
  }

  private final AlertTemplate output;
  private final List<Member> members;

  ExtendedTemplate(AlertTemplate output, List<Member> members) {
    this.output = output;
    this.members = List.copyOf(members);
  }

  @Override
  public String message(EventContext context) {
    return output.message(context);
  }

  @Override
  public SortedMap<String, Object> fields(EventContext context) {
    SortedMap<String, Object> fields = output.fields(context);
    for (Member member : members) {
      fields.put(member.field().name(), member.value(context));
    }
    return fields;
  }

  @Override
  public List<String> names() {
    return output.names();
  }
}
