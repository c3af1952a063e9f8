package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;
import java.util.Optional;

/** Turns what the kernel answered into a likely cause and what helps. */
final class Diagnosis {
  private static final String CAPABILITIES =
      "start it as root, or grant CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8)";
  private static final String NEEDS =
      "eBPF capture needs Linux 5.8 or later, with ring buffers and BTF";

  private static final String LACKS_RESOURCE =
      "lacks CAP_SYS_RESOURCE, and kernels before 5.11 count maps as locked memory";
  private static final String MORE_LOCKED_MEMORY =
      "grant CAP_SYS_RESOURCE, or raise the limit of locked memory (LimitMEMLOCK=infinity)";
  private static final String CONFIDENTIAL = "confidentiality";
  private static final String NO_LOCKDOWN = "start the kernel without lockdown=" + CONFIDENTIAL;

  private final HostFacts host;

  Diagnosis(HostFacts host) {
    this.host = host;
  }

  /** Fails with what can be told before anything is tried. */
  void precheck() throws DriverException {
    Optional<DriverException> problem = kernel().or(this::types).or(this::capabilities);
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  /** What is wrong with the kernel's version. */
  Optional<DriverException> kernel() {
    return unless(
        host.isAtLeast(5, 8),
        Code.UNSUPPORTED_KERNEL,
        "the kernel is " + host.kernelRelease(),
        NEEDS + ": use a newer kernel");
  }

  /** What is wrong with the kernel's description of its types. */
  Optional<DriverException> types() {
    return unless(
        host.hasBtf(),
        Code.MISSING_BTF,
        HostFacts.BTF + " is missing or not readable",
        "use a kernel built with CONFIG_DEBUG_INFO_BTF=y, and mount sysfs where this runs");
  }

  /** What is wrong with the capabilities of this process. */
  Optional<DriverException> capabilities() {
    return unless(
        host.mayTrace(), Code.MISSING_CAPABILITY, "this process lacks " + missing(), CAPABILITIES);
  }

  /** That the kernel lets nobody look at it. */
  Optional<DriverException> lockdown() {
    return unless(
        !host.lockdown().equals(CONFIDENTIAL),
        Code.LOAD_FAILED,
        "the kernel is locked down (" + host.lockdown() + ")",
        NO_LOCKDOWN);
  }

  /** That maps may not fit into the memory that this process may lock. */
  Optional<DriverException> lockedMemory() {
    return unless(
        mayLock(), Code.MISSING_CAPABILITY, "this process " + LACKS_RESOURCE, MORE_LOCKED_MEMORY);
  }

  private boolean mayLock() {
    return host.isAtLeast(5, 11) || host.has(HostFacts.CAP_SYS_RESOURCE);
  }

  private static Optional<DriverException> unless(
      boolean isMet, Code code, String reason, String fix) {
    return isMet
        ? Optional.empty()
        : Optional.of(new DriverException(code, "open modern_ebpf", 0, reason, fix));
  }

  /** True when the failure says something about the process or the host, not about one program. */
  boolean concernsAll(BpfError error) {
    return switch (error.errno()) {
      case Errno.EPERM -> !host.mayTrace() || host.lockdown().equals(CONFIDENTIAL);
      case Errno.ENOMEM, Errno.EMFILE, Errno.ENOSYS -> true;
      default -> false;
    };
  }

  /** Explains a failure. */
  DriverException explain(Code fallback, BpfError error) {
    return switch (error.errno()) {
      case Errno.EPERM, Errno.EACCES -> refused(fallback, error);
      case Errno.ENOMEM ->
          of(
              Code.OUT_OF_RESOURCES,
              error,
              "the kernel has no memory for it",
              "lower engine.modern_ebpf.buf_size_preset or raise cpus_for_each_buffer");
      case Errno.EMFILE ->
          of(
              Code.OUT_OF_RESOURCES,
              error,
              "the limit of open files is too low",
              "raise it (LimitNOFILE=)");
      case Errno.ENOSYS -> of(Code.UNSUPPORTED_KERNEL, error, "the kernel has no eBPF", NEEDS);
      case Errno.EINVAL ->
          of(
              fallback,
              error,
              "the kernel (" + host.kernelRelease() + ") does not know this kind of map or program",
              NEEDS);
      case Errno.ESRCH ->
          of(
              fallback,
              error,
              "the kernel (" + host.kernelRelease() + ") lacks the type or hook that it names",
              NEEDS);
      default -> of(fallback, error, "the kernel is " + host.kernelRelease(), "see its log file");
    };
  }

  private DriverException refused(Code fallback, BpfError error) {
    if (!host.mayTrace()) {
      return of(Code.MISSING_CAPABILITY, error, "this process lacks " + missing(), CAPABILITIES);
    }
    if (!mayLock()) {
      return of(
          Code.MISSING_CAPABILITY, error, "this process " + LACKS_RESOURCE, MORE_LOCKED_MEMORY);
    }
    if (!host.lockdown().isEmpty() && !host.lockdown().equals("none")) {
      return of(
          fallback, error, "the kernel is locked down (" + host.lockdown() + ")", NO_LOCKDOWN);
    }
    return of(
        fallback,
        error,
        "the capabilities are there, so a seccomp filter or a security module forbids it",
        "allow the system calls bpf and perf_event_open to this process");
  }

  private String missing() {
    if (!host.isAtLeast(5, 8)) {
      return "CAP_SYS_ADMIN";
    }
    if (host.has(HostFacts.CAP_BPF)) {
      return "CAP_PERFMON";
    }
    return host.has(HostFacts.CAP_PERFMON) ? "CAP_BPF" : "CAP_BPF and CAP_PERFMON";
  }

  private static DriverException of(Code code, BpfError error, String reason, String fix) {
    return new DriverException(code, error.operation(), error.errno(), reason, fix, error);
  }
}
