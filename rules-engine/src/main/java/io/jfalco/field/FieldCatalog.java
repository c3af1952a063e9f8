package io.jfalco.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All fields that conditions and outputs may name. Immutable. */
public final class FieldCatalog {
  private final Map<String, Field> byName;

  private FieldCatalog(Map<String, Field> byName) {
    this.byName = byName;
  }

  /** The fields that always exist. */
  public static FieldCatalog standard() {
    return of(List.of());
  }

  /** A catalogue of these fields. */
  public static FieldCatalog of(List<Field> fields) {
    Map<String, Field> map = new LinkedHashMap<>();
    for (Field field : fields) {
      map.put(field.name(), field);
    }
    return new FieldCatalog(map);
  }

  /** The field of this name, without argument. */
  public Optional<Field> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All fields, in listing order. */
  public List<Field> fields() {
    return List.copyOf(byName.values());
  }
}
