package io.jfalco.rules;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.field.DomainNames;
import io.jfalco.field.Extractor;
import io.jfalco.field.Field;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldEnvironment;
import io.jfalco.field.FieldException;
import io.jfalco.field.FieldFlag;
import io.jfalco.render.BufferFormat;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields, with two things given by the cases: what only a container's runtime could tell, and
 * the addresses of domain names.
 */
final class CaseFields {
  /** What the cgroups tell, and the state therefore knows. */
  private static final Set<String> FROM_STATE =
      Set.of("container.id", "container.full_id", "container.type", "container.name");

  private final Map<String, Object> metadata = new HashMap<>();
  private final FieldCatalog catalog;

  /** Fields for rules to be loaded with; domain names have these addresses and no others. */
  CaseFields(Map<String, String> names) {
    DomainNames domains = new DomainNames(name -> addresses(names, name));
    FieldEnvironment environment =
        new FieldEnvironment(BufferFormat.TEXT, Bytes.of("host"), domains);
    List<Field> fields = new ArrayList<>();
    for (Field field : FieldCatalog.standard(environment).fields()) {
      boolean replaced =
          (field.name().startsWith("container.") || field.name().startsWith("k8s."))
              && !FROM_STATE.contains(field.name());
      fields.add(replaced ? given(field) : field);
    }
    catalog = FieldCatalog.of(fields);
    names.keySet().forEach(name -> await(domains.entry(name), addresses(names, name).get(0)));
  }

  private static List<byte[]> addresses(Map<String, String> names, String name) {
    try {
      String address = names.get(name);
      return address == null ? List.of() : List.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void await(DomainNames.Entry entry, byte[] address) {
    Bytes wanted = new Bytes();
    wanted.copyFrom(address, 0, address.length);
    while (!entry.matches(wanted)) {
      Thread.onSpinWait();
    }
  }

  private Field given(Field field) {
    return new Field(
        field.name(),
        field.type(),
        field.format(),
        changing(field.flags()),
        field.family(),
        field.description(),
        argument -> extractor(field, argument));
  }

  /** What a case gives is no part of the state, so nothing may be kept of it. */
  private static Set<FieldFlag> changing(Set<FieldFlag> flags) {
    Set<FieldFlag> changing = new HashSet<>(flags);
    changing.remove(FieldFlag.PROCESS_STATE);
    return changing;
  }

  private Extractor extractor(Field field, Optional<String> argument) throws FieldException {
    field.binder().bind(argument);
    String key = argument.map(text -> field.name() + "[" + text + "]").orElse(field.name());
    return (context, out) -> {
      Object value = metadata.get(key);
      if (value == null || context.thread() == null || context.thread().container().isHost()) {
        return false;
      }
      if (field.type() == ParamType.CHARBUF) {
        out.addText().copyFrom(Bytes.of(value.toString()));
      } else if (value instanceof Boolean truth) {
        out.addNumber(truth ? 1 : 0);
      } else {
        out.addNumber(((Number) value).longValue());
      }
      return true;
    };
  }

  FieldCatalog catalog() {
    return catalog;
  }

  /** What is known of the container from now on, by name of the field. */
  void metadata(Map<String, Object> given) {
    metadata.clear();
    given.forEach(
        (name, value) -> {
          String plain = name.contains("[") ? name.substring(0, name.indexOf('[')) : name;
          if (catalog.find(plain).isEmpty() || FROM_STATE.contains(plain)) {
            throw new IllegalArgumentException("no metadata " + name);
          }
          metadata.put(name, value);
        });
  }
}
