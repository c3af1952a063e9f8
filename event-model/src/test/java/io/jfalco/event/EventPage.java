package io.jfalco.event;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes {@code docs/reference/events.md} from the event table. */
final class EventPage {
  private final CollectedEvents collected;
  private final StringBuilder out = new StringBuilder();

  private EventPage(CollectedEvents collected) {
    this.collected = collected;
  }

  static String text(CollectedEvents collected) {
    return new EventPage(collected).page();
  }

  private String page() {
    List<EventInfo> live = EventTable.events().stream().filter(EventInfo::isLive).toList();
    out.append(
        """
        # Events

        <!-- Generated from events.tsv by EventPage (event-model): do not edit. -->

        Event types of driver schema %s that current sources produce: %d, of which the eBPF programs
        collect %d on a live host (x86_64). The others occur in capture files only, see
        [below](#not-collected-live). Types that only old captures have are left out.

        - **Event** is what `evt.type` shows.
        - **Category** is what the event is about; `evt.category` shows it, except that it looks at the
          descriptor for reads and writes.
        - **Direction** `>` is a begin or an event of its own, `<` the end of a system call, with its
          results and arguments. Rules see `<` for system calls.
        - **Parameters** are in the order of the record; `evt.arg.NAME` reads them, `evt.rawarg.NAME` as
          numbers. The first one of most system calls is the result: a number, or a negative error.
        - **Live** says whether an eBPF program makes the event. What no rule and no table of the state needs
          is not collected; the frequent reads and writes (`falco -i` lists them) only with
          `base_syscalls.all: true` or `-A`.

        | number | event | direction | category | parameters | live |
        |---:|---|:-:|---|---|---|
        """
            .formatted(EventTable.SCHEMA_VERSION, live.size(), count(live, collected::contains)));
    live.forEach(this::row);
    missing(live.stream().filter(event -> !collected.contains(event)).toList());
    generic();
    return out.toString();
  }

  private static long count(List<EventInfo> events, Predicate<EventInfo> test) {
    return events.stream().filter(test).count();
  }

  private void row(EventInfo event) {
    String params =
        event.params().stream()
            .map(
                param ->
                    "`" + param.name() + "` " + param.type() + (param.own() ? " (JFalco)" : ""))
            .collect(Collectors.joining(", "));
    out.append(
        "| %d | %s | `%s` | %s | %s | %s |\n"
            .formatted(
                event.type().ordinal(),
                code(event.name()),
                event.enter() ? ">" : "<",
                event.category().name().toLowerCase(Locale.ROOT),
                params.isEmpty() ? "none" : params,
                collected.contains(event) ? "yes" : "**no**"));
  }

  /** Why an event is not collected: the first group that takes it. */
  private enum Group {
    SYSCALL("System calls of x86_64 that have an event type but no eBPF program yet"),
    ENTER("Begins of system calls (rules see their ends, which are collected)"),
    OTHER_MACHINE("System calls that x86_64 does not have"),
    TRACEPOINT("Kernel tracepoints"),
    USER_SPACE(
        "Not from the kernel's system calls: made by plugins or the capturing program, or read at its"
            + " start");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    static Group of(EventInfo event) {
      if (event.origins().contains(EventOrigin.TRACEPOINT)) {
        return TRACEPOINT;
      }
      if (!event.origins().contains(EventOrigin.SYSCALL)) {
        return USER_SPACE;
      }
      if (event.enter()) {
        return ENTER;
      }
      return EventTable.syscalls().stream().anyMatch(call -> CollectedEvents.isOf(call, event))
          ? SYSCALL
          : OTHER_MACHINE;
    }
  }

  private void missing(List<EventInfo> events) {
    out.append(
        """

        ## Not collected live

        These come from capture files (`engine.kind: replay`) only. A rule that needs one of them loads,
        and never fires on a live host.

        """);
    for (Group group : Group.values()) {
      String names =
          events.stream()
              .filter(event -> Group.of(event) == group)
              .map(event -> code(event.name()))
              .distinct()
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        out.append("- ").append(group.title).append(": ").append(names).append(".\n");
      }
    }
  }

  private void generic() {
    String names =
        EventTable.syscalls().stream()
            .filter(call -> call.isGeneric() && call.x8664() >= 0)
            .sorted(Comparator.comparing(Syscall::name))
            .map(call -> code(call.name()))
            .collect(Collectors.joining(", "));
    out.append(
        """

        ## System calls without an event type of their own

        They share the type `syscall`: which of them it was is known (`evt.type` and `syscall.type` show
        its name), their arguments and results are not. On x86_64:

        """);
    out.append(names).append(".\n");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
