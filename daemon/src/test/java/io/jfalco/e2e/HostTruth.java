package io.jfalco.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What {@code /proc} says of all threads, looked at before and after a state was written: what both
 * looks agree on must be in the state, and what neither has must not. Processes below a given one
 * are compared in everything.
 */
final class HostTruth {
  private static final Path PROC = Path.of("/proc");

  private static final long IO_WORKER = 0x10;
  private static final long USER_WORKER = 0x4000;
  private static final long KERNEL_THREAD = 0x200000;

  private static final long CLOCKS_DIFFER = TimeUnit.SECONDS.toNanos(1);

  /** Of processes with more threads, those are not asked for their descriptors one by one. */
  private static final int FEW_THREADS = 100;

  private final long load;
  private final long ignored;
  private long begun;
  private Map<Long, Task> first = Map.of();
  private Map<Long, Task> second = Map.of();
  private final List<String> differences = new ArrayList<>();
  private int threads;
  private int threadsOfLoad;
  private int descriptors;

  /** A thread, as {@code /proc} describes it. */
  private record Task(
      long tid, long pid, long parent, String comm, char state, long flags, String started) {
    boolean isAlive() {
      return state != 'Z' && state != 'X';
    }

    /** Belongs to the kernel, or works for it in the name of a process. */
    boolean isOfKernel() {
      return (flags & (KERNEL_THREAD | IO_WORKER | USER_WORKER)) != 0;
    }
  }

  /**
   * The truth of this host.
   *
   * @param load process whose descendants are compared in everything
   * @param ignored process that the state does not follow: the daemon itself
   */
  HostTruth(long load, long ignored) {
    this.load = load;
    this.ignored = ignored;
  }

  void look() throws IOException {
    begun = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    first = tasks();
  }

  void lookAgain() throws IOException {
    second = tasks();
  }

  int threads() {
    return threads;
  }

  int threadsOfLoad() {
    return threadsOfLoad;
  }

  int descriptors() {
    return descriptors;
  }

  /** Compares with what is known, by thread id. */
  List<String> differences(Map<Long, JsonNode> known) throws IOException {
    Map<Long, Integer> sizes = new TreeMap<>();
    second.values().forEach(task -> sizes.merge(task.pid, 1, Integer::sum));
    for (Task task : second.values()) {
      Task before = first.get(task.tid);
      boolean stayed = before != null && before.started.equals(task.started) && before.isAlive();
      if (stayed && task.isAlive() && task.pid != ignored && !task.isOfKernel()) {
        compare(task, known, sizes.get(task.pid) <= FEW_THREADS);
      }
    }
    for (JsonNode thread : known.values()) {
      long tid = thread.get("tid").asLong();
      boolean gone = !first.containsKey(tid) && !second.containsKey(tid);
      boolean isOlder = thread.get("start").asLong() < begun - CLOCKS_DIFFER;
      if (gone && isOlder && thread.get("pid").asLong() != ignored) {
        differences.add("ended, but still known: " + brief(thread));
      }
    }
    return differences;
  }

  private static String brief(JsonNode thread) {
    return "%s (process %s, parent %s, %s)"
        .formatted(
            thread.get("tid"), thread.get("pid"), thread.get("ptid"), thread.get("comm").asText());
  }

  private void compare(Task task, Map<Long, JsonNode> known, boolean oneByOne) throws IOException {
    threads++;
    JsonNode thread = known.get(task.tid);
    if (thread == null) {
      differences.add("not known: " + task);
      return;
    }
    check(task, "pid", task.pid, thread.get("pid").asLong());
    check(task, "dead", false, thread.has("dead"));
    long ptid = thread.get("ptid").asLong();
    JsonNode parent = known.get(ptid);
    check(task, "parent", task.parent, parent == null ? ptid : parent.get("pid").asLong());
    if (isOfLoad(task)) {
      threadsOfLoad++;
      compareAll(task, thread);
      if (task.tid == task.pid || oneByOne) {
        compareDescriptors(task, known, thread);
      }
    }
  }

  private void check(Task task, String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      differences.add(
          "%s of %d (process %d, %s): %s in /proc, %s known"
              .formatted(what, task.tid, task.pid, task.comm, expected, found));
    }
  }

  private void compareAll(Task task, JsonNode thread) throws IOException {
    Path directory = directory(task);
    Map<String, String> status = status(directory);
    check(task, "comm", task.comm, thread.get("comm").asText());
    check(task, "uid", field(status, "Uid", 1), thread.path("uid").asText());
    check(task, "gid", field(status, "Gid", 1), thread.path("gid").asText());
    check(task, "vtid", last(status, "NSpid"), thread.get("vtid").asText());
    check(task, "vpid", last(status, "NStgid"), thread.get("vpid").asText());
    String session = last(status, "NSsid");
    if (!session.equals("0")) { // else it is one outside of the namespace, without a number inside
      check(task, "sid", session, thread.get("sid").asText());
    }
    check(task, "exepath", link(directory.resolve("exe")), thread.get("exepath").asText());
    List<String> command = new ArrayList<>();
    command.add(thread.get("exe").asText());
    thread.get("args").forEach(argument -> command.add(argument.asText()));
    String line = Files.readString(directory.resolve("cmdline"));
    check(task, "command", List.of(line.split("\0", -1)), withEnd(command));
    if (thread.has("cwd")) {
      String cwd = link(directory.resolve("cwd"));
      check(task, "cwd", cwd.equals("/") ? cwd : cwd + "/", thread.get("cwd").asText());
    }
  }

  private static List<String> withEnd(List<String> command) {
    command.add("");
    return command;
  }

  private void compareDescriptors(Task task, Map<Long, JsonNode> known, JsonNode thread)
      throws IOException {
    JsonNode own = thread.has("fds") ? thread : known.get(task.pid);
    Map<Integer, String> found = new TreeMap<>();
    if (own != null) {
      own.path("fds").forEach(fd -> found.put(fd.get("fd").asInt(), Descriptor.known(fd)));
    }
    Map<Integer, String> expected = Descriptor.all(directory(task));
    descriptors += expected.size();
    Set<Integer> all = new HashSet<>(expected.keySet());
    all.addAll(found.keySet());
    for (int number : all) {
      String one = expected.getOrDefault(number, "closed");
      String other = found.getOrDefault(number, "closed");
      check(task, "descriptor " + number, one, other);
    }
  }

  private boolean isOfLoad(Task task) {
    Task ancestor = second.get(task.pid);
    while (ancestor != null && ancestor.pid != load) {
      ancestor = second.get(ancestor.parent);
    }
    return ancestor != null;
  }

  private static Path directory(Task task) {
    return PROC.resolve(task.pid + "/task/" + task.tid);
  }

  private static Map<Long, Task> tasks() throws IOException {
    Map<Long, Task> tasks = new TreeMap<>();
    for (long pid : numbers(PROC)) {
      try {
        for (long tid : numbers(PROC.resolve(pid + "/task"))) {
          try {
            tasks.put(tid, task(pid, tid));
          } catch (IOException gone) {
            // It has ended meanwhile.
          }
        }
      } catch (IOException gone) {
        // The process has ended meanwhile.
      }
    }
    return tasks;
  }

  private static Task task(long pid, long tid) throws IOException {
    String stat = Files.readString(PROC.resolve(pid + "/task/" + tid + "/stat"));
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    String[] rest = stat.substring(close + 2).split(" ", -1);
    return new Task(
        tid,
        pid,
        Long.parseLong(rest[1]),
        stat.substring(open + 1, close),
        rest[0].charAt(0),
        Long.parseLong(rest[6]),
        rest[19]);
  }

  private static List<Long> numbers(Path directory) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9]*")) {
      for (Path entry : entries) {
        numbers.add(Long.parseLong(entry.getFileName().toString()));
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return numbers;
  }

  private static Map<String, String> status(Path directory) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve("status"))) {
      int colon = line.indexOf(':');
      fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return fields;
  }

  private static String field(Map<String, String> status, String name, int index) {
    return status.get(name).split("\t", -1)[index];
  }

  /** The id in the innermost namespace. */
  private static String last(Map<String, String> status, String name) {
    String[] ids = status.get(name).split("\t", -1);
    return ids[ids.length - 1];
  }

  private static String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException none) {
      return "";
    }
  }
}
