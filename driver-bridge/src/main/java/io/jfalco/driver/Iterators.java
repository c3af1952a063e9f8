package io.jfalco.driver;

import io.jfalco.driver.proc.Snapshot;
import io.jfalco.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the BPF iterators can be used here, and the snapshot that they give. */
final class Iterators {
  /** The programs. */
  static final Set<String> NAMES = Set.of(KernelSnapshot.THREADS, KernelSnapshot.FILES);

  /** Inode of the initial pid namespace, the same on every machine. */
  private static final long INITIAL_PID_NAMESPACE = 0xEFFFFFFCL;

  private static final Path OWN_PID_NAMESPACE = Path.of("/proc/self/ns/pid");
  private static final String DISABLED = "disabled BPF iterators (%s)";

  private final Optional<String> disabled;
  private final HostFacts host;
  private final Map<String, String> refused = new LinkedHashMap<>();
  private Optional<KernelSnapshot> snapshot = Optional.empty();

  private Iterators(Optional<String> disabled, HostFacts host) {
    this.disabled = disabled;
    this.host = host;
  }

  /** Iterators, if they are wanted; from another pid namespace they would not see all threads. */
  static Iterators choose(boolean wanted, HostFacts host) {
    return choose(wanted, host, isInInitialPidNamespace());
  }

  static Iterators choose(boolean wanted, HostFacts host, boolean initialPidNamespace) {
    if (!wanted) {
      return new Iterators(Optional.of("requested by configuration"), host);
    }
    return new Iterators(
        initialPidNamespace
            ? Optional.empty()
            : Optional.of("not running in the root PID namespace, or failed to determine it"),
        host);
  }

  private static boolean isInInitialPidNamespace() {
    try {
      Object inode = Files.getAttribute(OWN_PID_NAMESPACE, "unix:ino");
      return ((Number) inode).longValue() == INITIAL_PID_NAMESPACE;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** The programs that are not to be loaded. */
  Set<String> leftOut() {
    return disabled.isPresent() ? NAMES : Set.of();
  }

  /** Notes a refused program; false when it is none of the iterators. */
  boolean refused(String program, ProgramLoader.Refusal refusal) {
    if (!NAMES.contains(program)) {
      return false;
    }
    String text = refusal.error().getMessage();
    if (isTooOld()) {
      refusal.log().ifPresent(ProgramLoader::delete);
    } else {
      text += refusal.log().map(file -> " (details: " + file + ")").orElse("");
    }
    refused.put(program, text);
    return true;
  }

  /** Before 5.18 no program can read the memory of another process. */
  private boolean isTooOld() {
    return !host.isAtLeast(5, 18);
  }

  /** Called when the programs are in the kernel. */
  void open(NativeBpf bpf, RingPeek waiting) {
    snapshot = Optional.of(new KernelSnapshot(bpf, this::has, waiting));
  }

  private boolean has(String program) {
    return disabled.isEmpty() && !refused.containsKey(program);
  }

  Snapshot snapshot() {
    return has(KernelSnapshot.THREADS) && snapshot.isPresent() ? snapshot.get() : Snapshot.NONE;
  }

  Corrections corrections() {
    return snapshot.map(KernelSnapshot::corrections).orElse(Corrections.NONE);
  }

  /** How many records of each type they gave; empty where they are not used. */
  Map<EventType, Long> counts() {
    Map<EventType, Long> counts = new EnumMap<>(EventType.class);
    if (disabled.isEmpty() && snapshot.isPresent()) {
      long[] all = snapshot.get().counts();
      for (EventType type : EventType.values()) {
        if (type.name().startsWith("ITER_TASK") && type.name().endsWith("_E")) {
          counts.put(type, all[type.ordinal()]);
        }
      }
    }
    return counts;
  }

  /** Why threads or descriptors are read from {@code /proc}. */
  Optional<String> problem() {
    if (disabled.isPresent()) {
      return disabled.map(DISABLED::formatted);
    }
    if (!refused.isEmpty()) {
      return Optional.of(
          DISABLED.formatted(
              isTooOld()
                  ? "the kernel is " + host.kernelRelease() + ", they take Linux 5.18 or later"
                  : "unsupported BPF programs: " + refused));
    }
    return snapshot
        .flatMap(KernelSnapshot::failure)
        .map(error -> DISABLED.formatted(error.getMessage()));
  }
}
