package io.jfalco.driver;

import java.util.List;
import java.util.Optional;

/** What can be told about a host before eBPF capture is tried on it. */
public final class Prerequisites {
  private Prerequisites() {}

  /** Those of the engine {@code modern_ebpf} on this host, for this process. */
  public static List<Prerequisite> ofModernBpf(NativeFiles files) {
    return of(HostFacts.read(), files);
  }

  static List<Prerequisite> of(HostFacts host, NativeFiles files) {
    Diagnosis diagnosis = new Diagnosis(host);
    String lockdown = host.lockdown().isEmpty() ? "none" : host.lockdown();
    return List.of(
        look("kernel", host.kernelRelease(), diagnosis.kernel()),
        look("BTF", HostFacts.BTF.toString(), diagnosis.types()),
        look("capabilities", "CAP_BPF and CAP_PERFMON are there", diagnosis.capabilities()),
        look("lockdown", lockdown, diagnosis.lockdown()),
        look("locked memory", "as much as eBPF maps take", diagnosis.lockedMemory()),
        look("native parts", files.library() + ", " + files.object(), files.problem()));
  }

  private static Prerequisite look(String name, String found, Optional<DriverException> problem) {
    return problem
        .map(failure -> new Prerequisite(name, false, failure.reason(), failure.fix()))
        .orElseGet(() -> new Prerequisite(name, true, found, ""));
  }
}
