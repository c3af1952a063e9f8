package io.jfalco.condition.check;

import io.jfalco.event.EventFlag;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What names of events stand for: event types, or codes of system calls. */
enum EventDomain {
  /** Numbers of event types. */
  TYPES {
    @Override
    BitSet named(String name) {
      BitSet types = bits(NAMES.get(name));
      boolean generic = EventTable.syscall(name).isPresent();
      if (types.isEmpty() && generic) {
        types.set(EventType.GENERIC_E.ordinal());
        types.set(EventType.GENERIC_X.ordinal());
      }
      return types;
    }

    @Override
    BitSet all() {
      BitSet all = new BitSet();
      all.set(0, EventTable.events().size());
      return all;
    }
  },

  /** Codes of system calls. */
  SYSCALLS {
    @Override
    BitSet named(String name) {
      BitSet codes = new BitSet();
      boolean generic = !NAMES.containsKey(name);
      for (Syscall syscall : EventTable.syscalls()) {
        boolean named =
            generic
                ? syscall.isGeneric() && syscall.name().equals(name)
                : !syscall.isGeneric() && names(syscall).contains(name);
        codes.set(syscall.code(), named);
      }
      return codes;
    }

    @Override
    BitSet all() {
      BitSet all = new BitSet();
      EventTable.syscalls().forEach(syscall -> all.set(syscall.code()));
      return all;
    }
  };

  /** Names of all versions of an event, whatever name each of them shows. */
  private static final Map<EventType, Set<String>> VERSIONS = versions();

  private static Map<EventType, Set<String>> versions() {
    Map<String, Set<String>> families = new HashMap<>();
    Map<EventType, Set<String>> versions = new EnumMap<>(EventType.class);
    for (EventInfo info : EventTable.events()) {
      Set<String> names = families.computeIfAbsent(family(info.type()), f -> new HashSet<>());
      versions.put(info.type(), names);
      if (!info.is(EventFlag.UNUSED)) {
        names.add(info.name());
      }
    }
    return versions;
  }

  private static String family(EventType type) {
    return type.name().replaceFirst("(_[0-9]+)?_[EX]$", "");
  }

  /** Names of all versions of the event of a system call that has one of its own. */
  static Set<String> names(Syscall syscall) {
    return VERSIONS.get(syscall.exit());
  }

  /** Types by name; the two generic ones cannot be named. */
  private static final Map<String, BitSet> NAMES = typesByName();

  private static Map<String, BitSet> typesByName() {
    Map<String, BitSet> names = new HashMap<>();
    for (EventInfo info : EventTable.events()) {
      if (info.type() != EventType.GENERIC_E && info.type() != EventType.GENERIC_X) {
        names.computeIfAbsent(info.name(), n -> new BitSet()).set(info.type().ordinal());
      }
    }
    return names;
  }

  private static BitSet bits(BitSet found) {
    return found == null ? new BitSet() : (BitSet) found.clone();
  }

  /** What a name stands for. */
  abstract BitSet named(String name);

  /** Everything that a name could stand for. */
  abstract BitSet all();

  /** What any of the names stands for. */
  BitSet named(Collection<String> names) {
    BitSet all = new BitSet();
    names.forEach(name -> all.or(named(name)));
    return all;
  }
}
