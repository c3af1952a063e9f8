package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.Syscall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes events of what cases say: the system call, the process, and parameters by name. */
final class CaseEvents {
  private static final long AT_FDCWD = -100;
  private static final Set<String> DIRECTORIES = Set.of("dirfd", "olddir", "newdir", "linkdirfd");

  private final CaseHost host;
  private final Map<String, Object> given;
  private final EventType type;

  /** An event and its thread. */
  record Made(EventBuilder event, long tid) {}

  private CaseEvents(CaseHost host, Map<String, Object> given) {
    this.host = host;
    this.given = given;
    String name = (String) given.get("type");
    Syscall call = EventTable.syscall(name).orElse(null);
    assertThat(call).as("system call %s", name).isNotNull();
    type = call.exit();
  }

  static Made of(CaseHost host, Map<String, Object> given) {
    CaseEvents events = new CaseEvents(host, given);
    boolean exec =
        events.type == EventType.SYSCALL_EXECVE_19_X || events.type == EventType.SYSCALL_EXECVEAT_X;
    return exec ? events.exec() : events.other();
  }

  private Made other() {
    ProcessSpec process = host.process(given.get("process"));
    Map<String, Object> values = new LinkedHashMap<>(given);
    values.remove("type");
    values.remove("process");
    values.putAll(moreParams(values));
    return new Made(write(values), process.pid);
  }

  /** Parameters that are named like another key of an event, such as the type of a socket. */
  private static Map<String, Object> moreParams(Map<String, Object> values) {
    Object params = values.remove("params");
    return params == null ? Map.of() : CaseReader.map(params);
  }

  /** A program that a process executes, or, with "parent", that a process just forked does. */
  private Made exec() {
    Map<String, Object> wanted = new LinkedHashMap<>(given);
    wanted.keySet().retainAll(ProcessSpec.KEYS);
    Map<String, Object> params = new LinkedHashMap<>(given);
    params.keySet().removeAll(wanted.keySet());
    params.remove("type");
    params.remove("process");
    wanted.remove("parent");
    ProcessSpec parent;
    ProcessSpec before;
    if (given.containsKey("parent")) {
      parent = host.process(given.get("parent"));
      before = host.fork(parent, ProcessSpec.beforeExec(wanted));
    } else {
      before = host.process(given.get("process"));
      parent = host.parentOf(before);
    }
    ProcessSpec after = before.with(parent, wanted);
    Map<String, Object> values = execValues(after);
    values.putAll(params);
    values.putAll(moreParams(values));
    return new Made(write(values), after.pid);
  }

  private static Map<String, Object> execValues(ProcessSpec process) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("exe", process.args().get(0));
    values.put("args", process.args().subList(1, process.args().size()));
    values.put("tid", process.pid);
    values.put("pid", process.pid);
    values.put("ptid", process.parent);
    values.put("cwd", "");
    values.put("fdlimit", 1024);
    values.put("comm", process.comm());
    values.put("cgroups", process.cgroups());
    values.put("env", process.env());
    values.put("tty", process.number("tty", 0));
    values.put("vpgid", process.virtualGroup());
    values.put("loginuid", process.login());
    values.put("flags", String.join("|", process.exe()));
    for (String set : List.of("cap_inheritable", "cap_permitted", "cap_effective")) {
      values.put(set, process.capabilities());
    }
    values.put("exe_ino", 88);
    values.put("exe_ino_ctime", CaseHost.BOOT);
    values.put("exe_ino_mtime", CaseHost.BOOT);
    values.put("uid", process.user());
    values.put("trusted_exepath", process.path());
    values.put("pgid", process.pid);
    values.put("gid", process.group());
    values.put("filename", process.path());
    return values;
  }

  private EventBuilder write(Map<String, Object> values) {
    EventBuilder event = EventBuilder.of(type);
    for (ParamInfo param : type.info().params()) {
      boolean present = values.containsKey(param.name());
      Object value = values.remove(param.name());
      if (!present) {
        value = usual(param);
      }
      CaseValues.write(event, param, value);
    }
    values.remove("filename");
    assertThat(values.keySet()).as("what %s has no parameter for", type).isEmpty();
    return event;
  }

  private Object usual(ParamInfo param) {
    if (type == EventType.GENERIC_X && param.name().equals("ID")) {
      return EventTable.syscall((String) given.get("type")).orElseThrow().code();
    }
    if (DIRECTORIES.contains(param.name())) {
      return AT_FDCWD;
    }
    if (param.name().equals("fd")) {
      return 3;
    }
    return param.type().size() > 0 ? Integer.valueOf(0) : null;
  }
}
