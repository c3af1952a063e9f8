package io.jfalco.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All fields that conditions and outputs may name. Immutable; may be shared between threads. */
public final class FieldCatalog {
  private final Map<String, Field> byName;

  private FieldCatalog(Map<String, Field> byName) {
    this.byName = byName;
  }

  /** The fields that always exist, reading this host. */
  public static FieldCatalog standard() {
    return standard(FieldEnvironment.ofHost());
  }

  /** The fields that always exist. */
  public static FieldCatalog standard(FieldEnvironment environment) {
    List<Field> all = new ArrayList<>();
    all.addAll(EventFields.rows(environment));
    all.addAll(SyscallEventFields.rows(environment));
    all.addAll(ProcessFields.rows());
    all.addAll(UserFields.rows());
    all.addAll(FdFields.rows(environment));
    all.addAll(FsPathFields.rows());
    all.addAll(UtilFields.rows());
    all.addAll(FdListFields.rows());
    all.addAll(ContainerFields.rows());
    return of(all);
  }

  /** A catalogue of these fields. */
  public static FieldCatalog of(Collection<Field> fields) {
    Map<String, Field> map = new LinkedHashMap<>();
    for (Field field : fields) {
      if (map.put(field.name(), field) != null) {
        throw new IllegalArgumentException("field " + field.name() + " exists twice");
      }
    }
    return new FieldCatalog(map);
  }

  /** This catalogue and more fields (static fields of the configuration, fields of plugins). */
  public FieldCatalog with(Collection<Field> more) {
    List<Field> all = new ArrayList<>(byName.values());
    all.addAll(more);
    return of(all);
  }

  /** The field of this name, without argument. */
  public Optional<Field> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All fields, in listing order. */
  public List<Field> fields() {
    return List.copyOf(byName.values());
  }

  /**
   * Finds a field and gives it its argument, which may also be part of the name ({@code
   * evt.arg.flags}).
   *
   * @throws FieldException when there is no such field or the argument does not fit
   */
  public BoundField bind(String name, Optional<String> argument) throws FieldException {
    String label = argument.map(text -> name + "[" + text + "]").orElse(name);
    Field field = byName.get(name);
    Optional<String> key = argument;
    if (field == null) {
      field = dotted(name);
      if (field == null) {
        throw new FieldException("filter_check called with nonexistent field " + label);
      }
      key = Optional.of(label.substring(field.name().length()));
    } else if (argument.isPresent()
        && !field.is(FieldFlag.ARG_REQUIRED)
        && !field.is(FieldFlag.ARG_ALLOWED)) {
      throw new FieldException("filter_check called with nonexistent field " + label);
    }
    return bind(field, key, label);
  }

  private static BoundField bind(Field field, Optional<String> key, String label)
      throws FieldException {
    try {
      return new BoundField(field, label, field.binder().bind(key));
    } catch (FieldException e) {
      if (e.getMessage().isEmpty()) {
        throw new FieldException("filter_check called with nonexistent field " + label);
      }
      throw e;
    }
  }

  /** The field whose name these are the first characters of, if it takes such an argument. */
  private Field dotted(String name) {
    for (int end = name.length() - 1; end > 0; end--) {
      Field field = byName.get(name.substring(0, end));
      if (field != null && field.is(FieldFlag.ARG_DOTTED)) {
        return field;
      }
    }
    return null;
  }
}
