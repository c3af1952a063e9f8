package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.render.Capabilities;
import io.jfalco.state.ThreadSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process as a case describes it, over what it has of its parent. */
final class ProcessSpec {
  /** What a process does not have of its parent. */
  private static final Set<String> OWN = Set.of("pid", "age", "fds", "vpid", "vpgid");

  static final Set<String> KEYS =
      Set.of(
          "parent",
          "pid",
          "comm",
          "path",
          "args",
          "env",
          "cwd",
          "user",
          "group",
          "login",
          "tty",
          "container",
          "caps",
          "age",
          "fds",
          "vpid",
          "vpgid",
          "exe");

  private final Map<String, Object> values = new LinkedHashMap<>();
  final long pid;
  final long parent;

  /** A process that has everything of its parent but what is given. */
  ProcessSpec(long pid, ProcessSpec parent, Map<String, Object> given) {
    assertThat(KEYS).as("keys of a process").containsAll(given.keySet());
    this.pid = pid;
    this.parent = parent == null ? 0 : parent.pid;
    if (parent != null) {
      values.putAll(parent.values);
      OWN.forEach(values::remove);
    }
    values.putAll(given);
  }

  /** A process that runs the program of its name, unless told otherwise. */
  static ProcessSpec named(String name, long pid, ProcessSpec parent, Map<String, Object> given) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("path", "/usr/bin/" + name);
    all.put("args", List.of(name));
    all.put("comm", null);
    all.putAll(given);
    return new ProcessSpec(pid, parent, all);
  }

  /** The same process with other values. */
  ProcessSpec with(ProcessSpec itsParent, Map<String, Object> given) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    if (given.containsKey("path")) {
      all.put("comm", null);
    }
    all.putAll(given);
    return new ProcessSpec(pid, itsParent, all);
  }

  /** What of these values is known before a program is executed. */
  static Map<String, Object> beforeExec(Map<String, Object> given) {
    Map<String, Object> known = new LinkedHashMap<>(given);
    known.keySet().removeAll(Set.of("path", "args", "comm", "env", "exe", "caps", "user", "group"));
    return known;
  }

  String comm() {
    Object comm = values.get("comm");
    String path = path();
    String name = comm == null ? path.substring(path.lastIndexOf('/') + 1) : comm.toString();
    return name.length() > 15 ? name.substring(0, 15) : name;
  }

  String path() {
    return (String) values.get("path");
  }

  List<String> args() {
    return texts("args");
  }

  List<String> env() {
    return texts("env");
  }

  List<String> cgroups() {
    return isInContainer()
        ? List.of("cpuset=/docker/" + CaseHost.CONTAINER, "memory=/docker/" + CaseHost.CONTAINER)
        : List.of("cpuset=/", "memory=/user.slice");
  }

  boolean isInContainer() {
    return Boolean.TRUE.equals(values.get("container"));
  }

  long user() {
    return CaseHost.user(values.getOrDefault("user", "root"));
  }

  long group() {
    return CaseHost.user(values.getOrDefault("group", user()));
  }

  long login() {
    Object login = values.get("login");
    return login == null ? -1 : CaseHost.user(login);
  }

  long number(String key, long otherwise) {
    return ((Number) values.getOrDefault(key, otherwise)).longValue();
  }

  long virtualPid() {
    return number("vpid", pid);
  }

  long virtualGroup() {
    return number("vpgid", virtualPid());
  }

  /** Start, nanoseconds since the epoch: an hour ago, if nothing is said. */
  long start() {
    Object age = values.getOrDefault("age", 3600);
    return CaseHost.NOW - (long) (((Number) age).doubleValue() * 1e9);
  }

  long capabilities() {
    long set = 0;
    Bytes name = new Bytes();
    for (String wanted : texts("caps")) {
      int bit = -1;
      for (int i = 0; i < 63 && bit < 0; i++) {
        name.clear();
        Capabilities.append(1L << i, name);
        bit = name.toString().equals(wanted) ? i : -1;
      }
      assertThat(bit).as("capability %s", wanted).isNotNegative();
      set |= 1L << bit;
    }
    return set;
  }

  List<String> exe() {
    return texts("exe");
  }

  Map<String, Object> fds() {
    return CaseReader.map(values.getOrDefault("fds", Map.of()));
  }

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    Object value = values.get(key);
    if (value != null) {
      ((List<?>) value).forEach(item -> texts.add(item.toString()));
    }
    return texts;
  }

  /** As the scan at start would find it. */
  ThreadSpec thread() {
    ThreadSpec spec = new ThreadSpec().ids(pid, pid, parent).virtualIds(virtualPid(), virtualPid());
    spec.groups(virtualPid(), virtualGroup(), pid).users(user(), group(), login());
    spec.tty(number("tty", 0)).start(start(), CaseHost.BOOT).fdLimit(1024);
    spec.capabilities(capabilities(), capabilities(), capabilities());
    spec.exeMarks(
        exe().contains("EXE_WRITABLE"),
        exe().contains("EXE_UPPER_LAYER"),
        exe().contains("EXE_LOWER_LAYER"),
        exe().contains("EXE_FROM_MEMFD"));
    spec.comm().copyFrom(Bytes.of(comm()));
    spec.exe().copyFrom(Bytes.of(args().get(0)));
    spec.exePath().copyFrom(Bytes.of(path()));
    spec.args().copyFrom(Bytes.of(terminated(args().subList(1, args().size()))));
    spec.env().copyFrom(Bytes.of(terminated(env())));
    spec.cwd().copyFrom(Bytes.of((String) values.getOrDefault("cwd", "/")));
    spec.cgroups().copyFrom(Bytes.of(terminated(cgroups())));
    return spec;
  }

  private static String terminated(List<String> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text).append('\0'));
    return all.toString();
  }
}
