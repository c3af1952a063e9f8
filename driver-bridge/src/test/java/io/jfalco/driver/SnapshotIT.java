package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.proc.ProcScanner;
import io.jfalco.driver.proc.Snapshot;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.ThreadInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the iterators tell of this host is what {@code /proc} tells. */
final class SnapshotIT {
  private static final ModernBpfOptions OPTIONS = ModernBpfOptions.defaults(LiveHost.ROOT);

  /** Times of {@code /proc} are rounded to 10 ms, that of the start of the machine too. */
  private static final long ROUNDING_NANOS = 40_000_000;

  private static final Set<String> TIMES = Set.of("start", "namespace");

  /**
   * What the iterators count otherwise: the kernel keeps the resident memory on each CPU apart and
   * {@code /proc} may add it up; page faults of a main thread are its own, as in events, and those
   * of the process in {@code /proc}.
   */
  private static final Set<String> COUNTED_OTHERWISE = Set.of("rss", "major", "minor");

  @BeforeEach
  void requireKernel() throws IOException {
    LiveHost.require(OPTIONS.files().library(), OPTIONS.files().object(), HeldProcess.PROGRAM);
    LiveHost.requireInitialPidNamespace();
  }

  private static HostState fromProc() {
    HostState state = new HostState();
    new ProcScanner(Path.of("/")).scan(state);
    return state;
  }

  private static HostState fromIterators() throws DriverException {
    HostState state = new HostState();
    try (ModernBpfSource source = new ModernBpfSource(OPTIONS)) {
      source.open();
      source.interest(new BitSet());
      source.start();
      Snapshot snapshot = source.snapshot();
      assertThat(snapshot).isNotSameAs(Snapshot.NONE);
      new ProcScanner(Path.of("/")).scan(state, snapshot);
      assertThat(source.snapshotProblem()).isEmpty();
    }
    return state;
  }

  /** Checks all threads of which /proc says the same before and after; these are named. */
  private static Set<Long> compare(HostState iterated, HostState before, HostState after) {
    Map<Long, Map<String, String>> actual = StateText.of(iterated);
    Map<Long, Map<String, String>> expected = StateText.of(before);
    Map<Long, Map<String, String>> later = StateText.of(after);
    Set<Long> compared = new TreeSet<>();
    expected.forEach(
        (tid, thread) -> {
          if (stable(thread).equals(stable(later.getOrDefault(tid, Map.of())))) {
            compared.add(tid);
            assertThat(actual.keySet()).contains(tid);
            compare(tid, actual.get(tid), thread);
          }
        });
    return compared;
  }

  private static Map<String, String> stable(Map<String, String> thread) {
    Map<String, String> stable = new TreeMap<>(thread);
    stable.keySet().removeAll(TIMES);
    stable.keySet().removeAll(COUNTED_OTHERWISE);
    return stable;
  }

  private static void compare(long tid, Map<String, String> actual, Map<String, String> expected) {
    Map<String, String> seen = stable(actual);
    Map<String, String> wanted = stable(expected);
    for (String time : TIMES) {
      if (expected.get(time).equals("0")) {
        continue; // no /proc is mounted where the process could tell of its namespace
      }
      assertThat(Long.parseLong(actual.get(time)))
          .as("%s of %s, %s", time, tid, actual.get("comm"))
          .isBetween(
              Long.parseLong(expected.get(time)) - ROUNDING_NANOS,
              Long.parseLong(expected.get(time)) + ROUNDING_NANOS);
    }
    wanted.replaceAll((name, value) -> withoutPipeName(value));
    seen.replaceAll((name, value) -> withoutName(withoutCloseOnExec(value)));
    // A hierarchy of version 2 alone does not name this controller, events do.
    if (!wanted.containsKey("cgroup cpuacct")) {
      seen.remove("cgroup cpuacct");
    }
    // /proc has no row for a socket without address.
    seen.entrySet()
        .removeIf(
            entry ->
                entry.getKey().startsWith("fd ")
                    && !wanted.containsKey(entry.getKey())
                    && isUnbound(entry.getValue()));
    Map<String, String> same = new TreeMap<>(seen);
    same.entrySet().retainAll(wanted.entrySet());
    seen.entrySet().removeAll(same.entrySet());
    wanted.entrySet().removeAll(same.entrySet());
    assertThat(seen).as("thread %s, %s", tid, actual.get("comm")).isEqualTo(wanted);
  }

  /** As in Falco, only /proc has a name for a pipe, which is made of its number. */
  private static String withoutPipeName(String descriptor) {
    return descriptor.replaceFirst("^FIFO 'pipe:\\[[0-9]+]'", "FIFO ''");
  }

  /** Of what is no file /proc is not asked whether it is closed on exec. */
  private static String withoutCloseOnExec(String descriptor) {
    return descriptor.startsWith("FILE_V2 ")
        ? descriptor
        : descriptor.replaceFirst(" flags 4096 ", " flags 0 ");
  }

  /** Only the iterators tell the name of an anonymous file of a kind that is not known. */
  private static String withoutName(String descriptor) {
    return descriptor.replaceFirst("^UNSUPPORTED 'anon_inode:[^']*'", "UNSUPPORTED ''");
  }

  private static boolean isUnbound(String descriptor) {
    return descriptor.startsWith("IPV4_SERVER '0.0.0.0:0'")
        || descriptor.startsWith("IPV6_SERVER ':::0'")
        || descriptor.startsWith("NETLINK ");
  }

  private static Set<FdType> types(HostState state, long pid) {
    Set<FdType> types = new HashSet<>();
    state.thread(pid).fds().forEach(fd -> types.add(fd.type()));
    return types;
  }

  @Test
  void everyThreadAndDescriptor() throws Exception {
    try (HeldProcess files = new HeldProcess("files");
        HeldProcess title = new HeldProcess("title");
        HeldProcess leaderless = new HeldProcess("leaderless");
        HeldProcess namespace = new HeldProcess("namespace")) {
      HostState before = fromProc();
      HostState iterated = fromIterators();
      HostState after = fromProc();
      Set<Long> compared = compare(iterated, before, after);
      assertThat(compared)
          .contains(files.pid(), title.pid(), leaderless.pid(), namespace.pid(), 1L);
      assertThat(types(iterated, files.pid()))
          .contains(
              FdType.FILE_V2,
              FdType.DIRECTORY,
              FdType.FIFO,
              FdType.UNIX,
              FdType.EVENT,
              FdType.SIGNALFD,
              FdType.EVENTPOLL,
              FdType.INOTIFY,
              FdType.TIMERFD,
              FdType.NETLINK,
              FdType.MEMFD,
              FdType.PIDFD,
              FdType.IPV4,
              FdType.IPV4_SERVER,
              FdType.IPV6,
              FdType.IPV6_SERVER);
      assertThat(iterated.thread(title.pid()).image().exe().toString())
          .startsWith("hold: hhh")
          .endsWith("h");
      assertThat(iterated.thread(title.pid()).image().args().isEmpty()).isTrue();
      ThreadInfo ended = iterated.thread(leaderless.pid());
      assertThat(ended.isDead()).isTrue();
      assertThat(ended.liveThreads()).isEqualTo(1);
      assertThat(names(ended)).contains("/dev/zero");
      childOf(iterated, namespace.pid(), compared);
    }
  }

  private static Set<String> names(ThreadInfo thread) {
    Set<String> names = new TreeSet<>();
    thread.fds().forEach((FdInfo fd) -> names.add(fd.name().toString()));
    return names;
  }

  private static void childOf(HostState state, long parent, Set<Long> compared) {
    Set<Long> children = new TreeSet<>();
    state.forEachThread(
        thread -> {
          if (thread.ptid() == parent && thread.isMain()) {
            children.add(thread.tid());
          }
        });
    assertThat(children).hasSize(1).allSatisfy(tid -> assertThat(compared).contains(tid));
    ThreadInfo child = state.thread(children.iterator().next());
    assertThat(child.vtid()).isEqualTo(1);
    assertThat(child.pidNamespaceStart())
        .isBetween(child.cloneTime() - ROUNDING_NANOS, child.cloneTime() + ROUNDING_NANOS);
    assertThat(child.uid()).isEqualTo(1001);
    assertThat(child.root().toString()).startsWith("/tmp/hold-");
  }

  @Test
  void withoutIteratorsItIsReadFromProc() throws Exception {
    try (HeldProcess files = new HeldProcess("files");
        ModernBpfSource source = new ModernBpfSource(OPTIONS.withIterators(false))) {
      source.open();
      source.start();
      assertThat(source.snapshot()).isSameAs(Snapshot.NONE);
      assertThat(source.snapshotProblem())
          .hasValue("disabled BPF iterators (requested by configuration)");
      HostState state = new HostState();
      new ProcScanner(Path.of("/")).scan(state, source.snapshot());
      assertThat(state.thread(files.pid()).comm()).hasToString("hold");
    }
  }
}
