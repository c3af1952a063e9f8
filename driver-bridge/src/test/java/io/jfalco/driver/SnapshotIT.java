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

  private static final int ATTEMPTS = 10;

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

  /**
   * Compares all threads of which /proc says the same before and after. Others than the held
   * processes may change for a moment in between, so what differs is looked at again: nothing may
   * differ each time, and the held ones must have been the same.
   */
  private static HostState compare(Set<Long> held) throws DriverException {
    HostState iterated = new HostState();
    Set<Long> same = new TreeSet<>();
    Map<Long, String> differing = new TreeMap<>();
    for (int i = 0; i < ATTEMPTS && !(differing.isEmpty() && same.containsAll(held)); i++) {
      HostState before = fromProc();
      iterated = fromIterators();
      Map<Long, String> now = differences(iterated, before, fromProc(), same);
      if (i == 0) {
        differing.putAll(now);
      } else {
        differing.keySet().retainAll(now.keySet());
      }
      differing.keySet().removeAll(same);
    }
    assertThat(differing).isEmpty();
    assertThat(same).containsAll(held);
    return iterated;
  }

  private static Map<Long, String> differences(
      HostState iterated, HostState before, HostState after, Set<Long> same) {
    Map<Long, Map<String, String>> actual = StateText.of(iterated);
    Map<Long, Map<String, String>> expected = StateText.of(before);
    Map<Long, Map<String, String>> later = StateText.of(after);
    Map<Long, String> differing = new TreeMap<>();
    expected.forEach(
        (tid, thread) -> {
          if (stable(thread).equals(stable(later.getOrDefault(tid, Map.of())))) {
            String difference = difference(actual.getOrDefault(tid, Map.of()), thread);
            if (difference.isEmpty()) {
              same.add(tid);
            } else {
              differing.put(tid, difference);
            }
          }
        });
    return differing;
  }

  private static Map<String, String> stable(Map<String, String> thread) {
    Map<String, String> stable = new TreeMap<>(thread);
    stable.keySet().removeAll(TIMES);
    stable.keySet().removeAll(COUNTED_OTHERWISE);
    return stable;
  }

  /** What differs, as text; empty when nothing does. */
  private static String difference(Map<String, String> actual, Map<String, String> expected) {
    Map<String, String> seen = stable(actual);
    Map<String, String> wanted = stable(expected);
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
    for (String time : TIMES) {
      long is = Long.parseLong(actual.getOrDefault(time, "0"));
      long shall = Long.parseLong(expected.get(time));
      // Where no /proc is mounted, a process cannot tell of its namespace.
      if (shall != 0 && Math.abs(is - shall) > ROUNDING_NANOS) {
        seen.put(time, Long.toString(is));
        wanted.put(time, Long.toString(shall));
      }
    }
    return seen.isEmpty() && wanted.isEmpty() ? "" : "is " + seen + ", shall be " + wanted;
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
    LiveHost.requireIterators();
    String longerThanKept = "a".repeat(5000);
    try (HeldProcess files = new HeldProcess("files", longerThanKept, "never seen");
        HeldProcess title = new HeldProcess("title");
        HeldProcess leaderless = new HeldProcess("leaderless");
        HeldProcess namespace = new HeldProcess("namespace")) {
      long child = childOf(fromProc(), namespace.pid());
      HostState iterated =
          compare(Set.of(files.pid(), title.pid(), leaderless.pid(), namespace.pid(), child));
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
      assertThat(iterated.thread(files.pid()).image().args().toString())
          .startsWith("files")
          .endsWith("aa\0");
      assertThat(iterated.thread(title.pid()).image().exe().toString())
          .startsWith("hold: hhh")
          .endsWith("h");
      assertThat(iterated.thread(title.pid()).image().args().isEmpty()).isTrue();
      ThreadInfo ended = iterated.thread(leaderless.pid());
      assertThat(ended.isDead()).isTrue();
      assertThat(ended.liveThreads()).isEqualTo(1);
      assertThat(names(ended)).contains("/dev/zero");
      checkInNamespace(iterated.thread(child));
    }
  }

  private static Set<String> names(ThreadInfo thread) {
    Set<String> names = new TreeSet<>();
    thread.fds().forEach((FdInfo fd) -> names.add(fd.name().toString()));
    return names;
  }

  private static long childOf(HostState state, long parent) {
    Set<Long> children = new TreeSet<>();
    state.forEachThread(
        thread -> {
          if (thread.ptid() == parent) {
            children.add(thread.tid());
          }
        });
    assertThat(children).hasSize(1);
    return children.iterator().next();
  }

  private static void checkInNamespace(ThreadInfo child) {
    assertThat(child.vtid()).isEqualTo(1);
    assertThat(child.pidNamespaceStart())
        .isBetween(child.cloneTime() - ROUNDING_NANOS, child.cloneTime() + ROUNDING_NANOS);
    assertThat(child.uid()).isEqualTo(1001);
    assertThat(child.root().toString()).startsWith("/tmp/hold-");
  }

  @Test
  void withoutIteratorsItIsReadFromProc() throws Exception {
    checkReadFromProc(
        OPTIONS.withIterators(false), "disabled BPF iterators (requested by configuration)");
    if (!LiveHost.hasIterators()) {
      String kernel = HostFacts.read().kernelRelease();
      checkReadFromProc(
          OPTIONS,
          "disabled BPF iterators (the kernel is " + kernel + ", they take Linux 5.18 or later)");
    }
  }

  private static void checkReadFromProc(ModernBpfOptions options, String why) throws Exception {
    try (HeldProcess files = new HeldProcess("files");
        ModernBpfSource source = new ModernBpfSource(options)) {
      source.open();
      source.start();
      assertThat(source.snapshot()).isSameAs(Snapshot.NONE);
      assertThat(source.snapshotProblem()).hasValue(why);
      HostState state = new HostState();
      new ProcScanner(Path.of("/")).scan(state, source.snapshot());
      assertThat(state.thread(files.pid()).comm()).hasToString("hold");
    }
  }
}
