package io.jfalco.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The event table: one row per event type, flag and system call, read once from the tab-separated
 * resources beside this class. Those files are the only place where these facts are written; {@link
 * EventType} and the C header of the eBPF programs are generated from them.
 */
public final class EventTable {
  /** Most parameters that an event can have. */
  public static final int MAX_PARAMS = 32;

  /** Version of the driver schema that the table describes. */
  public static final String SCHEMA_VERSION = "4.5.1";

  private static final Map<String, FlagTable> FLAG_TABLES = readFlags();
  private static final Map<String, List<ParamInfo.DynamicChoice>> DYNAMIC = readDynamic();
  private static final EventInfo[] EVENTS = readEvents();
  private static final Syscall[] SYSCALLS = readSyscalls();
  private static final Map<String, Syscall> SYSCALLS_BY_NAME = byName();
  private static final Syscall[] BY_X8664 = byNumber();

  private EventTable() {}

  /** All rows, by event number. */
  public static List<EventInfo> events() {
    return List.of(EVENTS);
  }

  /** The row of a type. Allocates nothing. */
  public static EventInfo info(EventType type) {
    return EVENTS[type.ordinal()];
  }

  /** All flag tables by name. */
  public static Map<String, FlagTable> flagTables() {
    return FLAG_TABLES;
  }

  /** The flag table of this name; throws when there is none. */
  public static FlagTable flagTable(String name) {
    FlagTable table = FLAG_TABLES.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no flag table " + name);
    }
    return table;
  }

  /** All system calls, by code. */
  public static List<Syscall> syscalls() {
    List<Syscall> all = new ArrayList<>();
    for (Syscall syscall : SYSCALLS) {
      if (syscall != null) {
        all.add(syscall);
      }
    }
    return all;
  }

  /** The system call with this code, or null. Allocates nothing. */
  public static Syscall syscall(int code) {
    return code >= 0 && code < SYSCALLS.length ? SYSCALLS[code] : null;
  }

  /** The system call of this name. */
  public static Optional<Syscall> syscall(String name) {
    return Optional.ofNullable(SYSCALLS_BY_NAME.get(name));
  }

  /** The system call with this number on x86_64, or null. Allocates nothing. */
  public static Syscall syscallX8664(int number) {
    return number >= 0 && number < BY_X8664.length ? BY_X8664[number] : null;
  }

  /** The system calls of 32-bit programs, by number. Reads them anew each time. */
  public static List<Ia32Call> ia32Calls() {
    List<Ia32Call> calls = new ArrayList<>();
    for (String[] row : rows("ia32.tsv")) {
      Syscall call = SYSCALLS_BY_NAME.get(row[2]);
      if (call == null || call.x8664() < 0) {
        throw new IllegalStateException("ia32.tsv: there is no 64-bit call " + row[2]);
      }
      calls.add(
          new Ia32Call(
              Integer.parseInt(row[0]),
              Integer.parseInt(row[1]),
              call,
              row[3].equals("-") ? "" : row[3]));
    }
    return calls;
  }

  /** Rows of the resource, split at tabs, without comments. */
  static List<String[]> rows(String resource) {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = EventTable.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          rows.add(line.split("\t", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static Map<String, FlagTable> readFlags() {
    Map<String, List<FlagTable.Entry>> entries = new LinkedHashMap<>();
    for (String[] row : rows("flags.tsv")) {
      entries
          .computeIfAbsent(row[0], name -> new ArrayList<>())
          .add(new FlagTable.Entry(row[1], Long.parseLong(row[2])));
    }
    Map<String, FlagTable> tables = new LinkedHashMap<>();
    entries.forEach((name, list) -> tables.put(name, new FlagTable(name, list)));
    return Map.copyOf(tables);
  }

  private static Map<String, List<ParamInfo.DynamicChoice>> readDynamic() {
    Map<String, List<ParamInfo.DynamicChoice>> tables = new LinkedHashMap<>();
    for (String[] row : rows("dynamic.tsv")) {
      tables
          .computeIfAbsent(row[0], name -> new ArrayList<>())
          .add(new ParamInfo.DynamicChoice(ParamType.valueOf(row[2]), PrintFormat.parse(row[3])));
    }
    return tables;
  }

  private static EventInfo[] readEvents() {
    EventType[] types = EventType.values();
    EventInfo[] events = new EventInfo[types.length];
    for (String[] row : rows("events.tsv")) {
      EventType type = EventType.valueOf(row[1]);
      if (type.ordinal() != Integer.parseInt(row[0])) {
        throw new IllegalStateException("EventType is older than events.tsv at " + row[1]);
      }
      String[] categories = row[4].split("\\+");
      Set<EventOrigin> origins = EnumSet.noneOf(EventOrigin.class);
      for (int i = 1; i < categories.length; i++) {
        origins.add(EventOrigin.valueOf(categories[i].toUpperCase(Locale.ROOT)));
      }
      Set<EventFlag> flags = EnumSet.noneOf(EventFlag.class);
      for (String flag : words(row[5])) {
        flags.add(EventFlag.valueOf(flag.toUpperCase(Locale.ROOT)));
      }
      List<ParamInfo> params = new ArrayList<>();
      for (String param : words(row[6])) {
        params.add(readParam(params.size(), param));
      }
      events[type.ordinal()] =
          new EventInfo(
              type,
              row[2],
              row[3].equals(">"),
              EventCategory.valueOf(categories[0].toUpperCase(Locale.ROOT)),
              origins,
              flags,
              params);
    }
    return events;
  }

  private static ParamInfo readParam(int index, String text) {
    boolean own = text.startsWith("+");
    String[] part = text.substring(own ? 1 : 0).split(":", -1);
    ParamType type = ParamType.valueOf(part[1]);
    Optional<FlagTable> flags = Optional.empty();
    int dirfd = -1;
    List<ParamInfo.DynamicChoice> dynamic = List.of();
    if (part.length > 3) {
      if (part[3].startsWith("dirfd=")) {
        dirfd = Integer.parseInt(part[3].substring("dirfd=".length()));
      } else if (type == ParamType.DYN) {
        dynamic = DYNAMIC.get(part[3]);
      } else {
        flags = Optional.of(flagTable(part[3]));
      }
    }
    return new ParamInfo(
        index, part[0], type, PrintFormat.parse(part[2]), flags, dirfd, dynamic, own);
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split(" ");
  }

  private static Syscall[] readSyscalls() {
    List<String[]> rows = rows("syscalls.tsv");
    Syscall[] syscalls = new Syscall[512];
    for (String[] row : rows) {
      int code = Integer.parseInt(row[0]);
      syscalls[code] =
          new Syscall(code, row[1], number(row[2]), number(row[3]), EventType.valueOf(row[4]));
    }
    return syscalls;
  }

  private static int number(String text) {
    return text.equals("-") ? -1 : Integer.parseInt(text);
  }

  private static Map<String, Syscall> byName() {
    Map<String, Syscall> map = new LinkedHashMap<>();
    for (Syscall syscall : syscalls()) {
      map.put(syscall.name(), syscall);
    }
    return Map.copyOf(map);
  }

  private static Syscall[] byNumber() {
    Syscall[] numbers = new Syscall[512];
    for (Syscall syscall : syscalls()) {
      if (syscall.x8664() >= 0) {
        numbers[syscall.x8664()] = syscall;
      }
    }
    return numbers;
  }
}
