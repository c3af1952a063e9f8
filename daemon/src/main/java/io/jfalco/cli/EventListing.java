package io.jfalco.cli;

import io.jfalco.daemon.InterestSet;
import io.jfalco.daemon.Versions;
import io.jfalco.event.EventCategory;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.FlagTable;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import io.jfalco.event.Syscall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code --list-events}: all event types that rules can meet, in four groups. */
final class EventListing {
  private final Map<String, List<Entry>> groups = new LinkedHashMap<>();

  /** One line. */
  private record Entry(String name, boolean enter, boolean byDefault, List<ParamInfo> params) {}

  EventListing() {
    List<Entry> syscalls = group("Syscall events");
    List<Entry> tracepoints = group("Tracepoint events");
    List<Entry> plugins = group("Plugin events");
    List<Entry> meta = group("Metaevents");
    for (EventInfo info : EventTable.events()) {
      Set<EventOrigin> origins = info.origins();
      if (!isListed(info)) {
        continue;
      }
      if (origins.contains(EventOrigin.SYSCALL)) {
        syscalls.add(entry(info));
      } else if (origins.contains(EventOrigin.TRACEPOINT)) {
        tracepoints.add(entry(info));
      } else if (origins.contains(EventOrigin.PLUGIN)) {
        plugins.add(entry(info));
      } else if (origins.contains(EventOrigin.META)) {
        meta.add(entry(info));
      }
    }
    generic(syscalls);
  }

  private List<Entry> group(String title) {
    List<Entry> entries = new ArrayList<>();
    groups.put(title, entries);
    return entries;
  }

  private static boolean isListed(EventInfo info) {
    return info.isLive()
        && info.type() != EventType.GENERIC_E
        && info.type() != EventType.GENERIC_X
        && !info.origins().contains(EventOrigin.ITER)
        && !isUnknown(info);
  }

  private static boolean isUnknown(EventInfo info) {
    return info.category() == EventCategory.UNKNOWN && info.origins().isEmpty();
  }

  private static Entry entry(EventInfo info) {
    boolean byDefault = !InterestSet.ignoredNames().contains(info.name());
    return new Entry(info.name(), info.enter(), byDefault, info.falcoParams());
  }

  /** System calls without an event type of their own: both directions, as Falco lists them. */
  private static void generic(List<Entry> entries) {
    TreeSet<String> names = new TreeSet<>();
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.isGeneric()) {
        names.add(syscall.name());
      }
    }
    for (String name : names) {
      entries.add(new Entry(name, true, true, EventTable.info(EventType.GENERIC_E).params()));
      entries.add(new Entry(name, false, true, EventTable.info(EventType.GENERIC_X).params()));
    }
  }

  /** The listing for people. */
  String text() {
    StringBuilder out = header();
    groups.forEach(
        (title, entries) -> {
          out.append("## ").append(title).append("\n\n");
          for (Entry entry : entries) {
            out.append(entry.enter() ? "> " : "< ").append(entry.name());
            params(out.append('('), entry, "").append(")\n");
          }
          out.append('\n');
        });
    return out.toString();
  }

  /** The listing as markdown tables. */
  String markdown() {
    StringBuilder out = header();
    groups.forEach(
        (title, entries) -> {
          out.append("## ").append(title).append("\n\n");
          out.append("Default | Dir | Name | Params \n:-------|:----|:-----|:-----\n");
          for (Entry entry : entries) {
            out.append(entry.byDefault() ? "Yes" : "No");
            out.append(" | `").append(entry.enter() ? '>' : '<').append("` | `");
            out.append(entry.name()).append("` | ");
            params(out, entry, "*").append('\n');
          }
          out.append('\n');
        });
    return out.toString();
  }

  private static StringBuilder header() {
    return new StringBuilder(1 << 16)
        .append("The events below are valid for Falco *Schema Version*: ")
        .append(Versions.DRIVER_SCHEMA)
        .append('\n');
  }

  private static StringBuilder params(StringBuilder out, Entry entry, String emphasis) {
    String separator = "";
    for (ParamInfo param : entry.params()) {
      out.append(separator)
          .append(param.type().label())
          .append(" **")
          .append(param.name())
          .append("**");
      List<String> flags = flags(param);
      if (!flags.isEmpty()) {
        String between = emphasis + ", " + emphasis;
        out.append(": ").append(emphasis).append(String.join(between, flags)).append(emphasis);
      }
      separator = ", ";
    }
    return out;
  }

  /** Names of flags; permissions have some too, but Falco does not list them. */
  private static List<String> flags(ParamInfo param) {
    if (param.type() == ParamType.MODE) {
      return List.of();
    }
    return param.flags().map(FlagTable::entries).orElse(List.of()).stream()
        .map(FlagTable.Entry::name)
        .toList();
  }

  /** The listing as an object for JSON. */
  Map<String, Object> json() {
    Map<String, Object> json = new TreeMap<>();
    json.put("schema_version", Versions.DRIVER_SCHEMA);
    groups.forEach(
        (title, entries) -> json.put(title, entries.stream().map(EventListing::json).toList()));
    return json;
  }

  private static Map<String, Object> json(Entry entry) {
    Map<String, Object> json = new TreeMap<>();
    json.put("available", entry.byDefault());
    json.put("dir", entry.enter() ? ">" : "<");
    json.put("name", entry.name());
    json.put("params", entry.params().stream().map(EventListing::json).toList());
    return json;
  }

  private static Map<String, Object> json(ParamInfo param) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", param.name());
    json.put("type", param.type().label());
    if (!flags(param).isEmpty()) {
      json.put("flags", flags(param));
    }
    return json;
  }
}
