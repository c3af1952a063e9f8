package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.UserTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A host as a case describes it, over the processes of {@code host.yaml}, and what happens there.
 */
final class CaseHost {
  /** Time of the first event. */
  static final long NOW = 1_700_000_000_123_456_789L;

  static final long BOOT = NOW - 86_400_000_000_000L;

  static final String CONTAINER =
      "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";

  private static final Map<String, Integer> USERS =
      Map.of(
          "root",
          0,
          "daemon",
          1,
          "bin",
          2,
          "mail",
          8,
          "www-data",
          33,
          "nagios",
          998,
          "foreman",
          700,
          "alice",
          1000);

  private static final Set<String> KEYS = Set.of("processes", "metadata", "before", "event");

  private final HostState state = new HostState();
  private final StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
  private final EventContext context = new EventContext(state);
  private final Map<String, ProcessSpec> processes = new LinkedHashMap<>();
  private long time = NOW;
  private long number = 1;
  private long nextPid = 1000;

  /** A host with the usual processes and those of a case. */
  CaseHost(Map<String, Object> usual, Map<String, Object> given) {
    assertThat(KEYS).as("keys of a trigger").containsAll(given.keySet());
    StateBuilder builder = new StateBuilder(state).bootTime(BOOT);
    builder.addInterface4(new byte[] {127, 0, 0, 1}, new byte[] {-1, 0, 0, 0});
    builder.addInterface4(new byte[] {10, 0, 0, 5}, new byte[] {-1, -1, -1, 0});
    USERS.forEach((name, uid) -> addUser(builder, name, uid));
    addProcesses(builder, usual);
    addProcesses(builder, CaseReader.map(given.getOrDefault("processes", Map.of())));
    builder.finish();
  }

  private static void addUser(StateBuilder builder, String name, int uid) {
    Bytes home = Bytes.of(uid == 0 ? "/root" : "/home/" + name);
    UserTable.User user = new UserTable.User(uid, uid, Bytes.of(name), home, Bytes.of("/bin/sh"));
    for (String place : List.of("", CONTAINER.substring(0, 12))) {
      builder.addUser(place, user);
      builder.addGroup(place, uid, Bytes.of(name));
    }
  }

  private void addProcesses(StateBuilder builder, Map<String, Object> given) {
    given.forEach(
        (name, values) -> {
          Map<String, Object> own = values == null ? Map.of() : CaseReader.map(values);
          ProcessSpec parent = own.containsKey("parent") ? process(own.get("parent")) : null;
          long pid = own.containsKey("pid") ? ((Number) own.get("pid")).longValue() : nextPid++;
          ProcessSpec spec = ProcessSpec.named(name, pid, parent, own);
          processes.put(name, spec);
          add(builder, spec);
        });
  }

  private static void add(StateBuilder builder, ProcessSpec spec) {
    builder.add(spec.thread());
    spec.fds().forEach((fd, text) -> builder.add(spec.pid, CaseFds.read(fd, (String) text)));
  }

  /** The process of this name. */
  ProcessSpec process(Object name) {
    ProcessSpec process = processes.get(String.valueOf(name));
    assertThat(process).as("process %s", name).isNotNull();
    return process;
  }

  /** The number of a user, or the user of a name. */
  static long user(Object user) {
    if (user instanceof Number uid) {
      return uid.longValue();
    }
    Integer uid = USERS.get(user.toString());
    assertThat(uid).as("user %s", user).isNotNull();
    return uid;
  }

  /** A process forked just now. */
  ProcessSpec fork(ProcessSpec parent, Map<String, Object> given) {
    Map<String, Object> young = new LinkedHashMap<>(given);
    young.putIfAbsent("age", 0.001);
    ProcessSpec child = new ProcessSpec(nextPid++, parent, young);
    StateBuilder builder = new StateBuilder(state);
    builder.addLinked(child.thread());
    child.fds().forEach((fd, text) -> builder.add(child.pid, CaseFds.read(fd, (String) text)));
    return child;
  }

  /** The parent of a process. */
  ProcessSpec parentOf(ProcessSpec process) {
    return processes.values().stream()
        .filter(other -> other.pid == process.parent)
        .findFirst()
        .orElse(null);
  }

  /** Applies what a case says, and hands over every event before the next. */
  void play(Map<String, Object> given, Consumer<EventContext> handler) {
    for (Object before : (List<?>) given.getOrDefault("before", List.of())) {
      play(CaseEvents.of(this, CaseReader.map(before)), handler);
    }
    play(CaseEvents.of(this, CaseReader.map(given.get("event"))), handler);
  }

  private void play(CaseEvents.Made made, Consumer<EventContext> handler) {
    EventView view = made.event().timestamp(time).tid(made.tid()).view();
    view.position(3, number++);
    time += 1_000_000;
    updater.apply(view, context);
    handler.accept(context);
    updater.finish(context);
  }
}
