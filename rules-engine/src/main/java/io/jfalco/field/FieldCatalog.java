package io.jfalco.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * All fields that conditions and outputs may name, and the names of the asynchronous events that
 * they may meet. Immutable; may be shared between threads.
 */
public final class FieldCatalog {
  /** Events of the container engine, which Falco knows from its container plugin. */
  public static final Set<String> CONTAINER_EVENTS = Set.of("container", "container_removed");

  private final Map<String, Field> byName;
  private final Set<String> asyncEvents;
  private final int longestName;

  private FieldCatalog(Map<String, Field> byName, Set<String> asyncEvents) {
    this.byName = byName;
    this.asyncEvents = Set.copyOf(asyncEvents);
    this.longestName = byName.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  /** The fields that always exist, reading this host. */
  public static FieldCatalog standard() {
    return standard(FieldEnvironment.ofHost());
  }

  /** The fields that always exist. */
  public static FieldCatalog standard(FieldEnvironment environment) {
    return standard(environment, Collections.emptySortedMap());
  }

  /**
   * The fields that always exist, and constants.
   *
   * @param constants values of the fields {@code static.NAME}, by their names
   */
  public static FieldCatalog standard(
      FieldEnvironment environment, SortedMap<String, String> constants) {
    List<Field> all = new ArrayList<>();
    all.addAll(EventFields.rows(environment));
    all.addAll(SyscallEventFields.rows(environment));
    all.addAll(ProcessFields.rows());
    all.addAll(UserFields.rows());
    all.addAll(FdFields.rows(environment));
    all.addAll(FsPathFields.rows());
    all.addAll(UtilFields.rows());
    all.addAll(FdListFields.rows());
    all.addAll(StaticFields.rows(constants));
    all.addAll(ContainerFields.rows());
    all.addAll(KernelFields.rows());
    return new FieldCatalog(index(all), CONTAINER_EVENTS);
  }

  /** A catalogue of these fields, which knows no asynchronous events. */
  public static FieldCatalog of(Collection<Field> fields) {
    return new FieldCatalog(index(fields), Set.of());
  }

  private static Map<String, Field> index(Collection<Field> fields) {
    Map<String, Field> map = new LinkedHashMap<>();
    for (Field field : fields) {
      if (map.put(field.name(), field) != null) {
        throw new IllegalArgumentException("field " + field.name() + " exists twice");
      }
    }
    return map;
  }

  /** This catalogue and more fields (those of plugins). */
  public FieldCatalog with(Collection<Field> more) {
    List<Field> all = new ArrayList<>(byName.values());
    all.addAll(more);
    return new FieldCatalog(index(all), asyncEvents);
  }

  /** This catalogue, and asynchronous events of these names (events of plugins). */
  public FieldCatalog withAsyncEvents(Collection<String> names) {
    Set<String> all = new HashSet<>(asyncEvents);
    all.addAll(names);
    return new FieldCatalog(byName, all);
  }

  /** True when an event, a system call or an asynchronous event has this name. */
  public boolean hasEvent(String name) {
    return EventNames.exists(name) || asyncEvents.contains(name);
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
    try {
      Field field = longest(name);
      Extractor extractor = field.binder().bind(argument(field, name, argument, label));
      if (argument.isPresent() && argument.get().indexOf(']') >= 0) {
        throw FieldException.noField();
      }
      return new BoundField(field, label, extractor);
    } catch (FieldException e) {
      throw e.in(label);
    }
  }

  /** The argument as binders want it: of fields that take dots, all that follows the name. */
  private static Optional<String> argument(
      Field field, String name, Optional<String> argument, String label) throws FieldException {
    if (field.is(FieldFlag.ARG_DOTTED) || field.is(FieldFlag.ARG_REST)) {
      return Optional.of(label.substring(field.name().length())).filter(rest -> !rest.isEmpty());
    }
    if (field.name().length() != name.length()) {
      if (field.is(FieldFlag.PLUGIN) && argument.isEmpty()) {
        PluginArgument.check(field, argument, label);
      }
      throw FieldException.noField();
    }
    // The first bracket ends an argument, though quotes may contain more.
    Optional<String> text = argument.map(whole -> whole.split("]", 2)[0]);
    if (field.is(FieldFlag.PLUGIN)) {
      PluginArgument.check(field, text, label);
    } else if (text.isPresent()
        && !field.is(FieldFlag.ARG_REQUIRED)
        && !field.is(FieldFlag.ARG_ALLOWED)) {
      throw FieldException.noField();
    }
    return text;
  }

  /** The field whose name is the most of the first characters. */
  private Field longest(String name) throws FieldException {
    for (int end = Math.min(name.length(), longestName); end > 0; end--) {
      Field field = byName.get(name.substring(0, end));
      if (field != null) {
        return field;
      }
    }
    // Falco keeps names like these for a field that was never made.
    throw name.startsWith("arg")
        ? new FieldException("filter error: proc.arg filter not implemented yet")
        : FieldException.noField();
  }
}
