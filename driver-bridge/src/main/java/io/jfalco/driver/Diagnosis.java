package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;

/** Turns what the kernel answered into a likely cause and what helps. */
final class Diagnosis {
  private static final String CAPABILITIES =
      "start it as root, or grant CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8)";
  private static final String NEEDS =
      "eBPF capture needs Linux 5.8 or later, with ring buffers and BTF";

  private final HostFacts host;

  Diagnosis(HostFacts host) {
    this.host = host;
  }

  /** Fails with what can be told before anything is tried. */
  void precheck() throws DriverException {
    if (!host.isAtLeast(5, 8)) {
      throw new DriverException(
          Code.UNSUPPORTED_KERNEL,
          "open modern_ebpf",
          0,
          "the kernel is " + host.kernelRelease(),
          NEEDS + ": use a newer kernel");
    }
    if (!host.hasBtf()) {
      throw new DriverException(
          Code.MISSING_BTF,
          "open modern_ebpf",
          0,
          HostFacts.BTF + " is missing or not readable",
          "use a kernel built with CONFIG_DEBUG_INFO_BTF=y, and mount sysfs where this runs");
    }
    if (!host.mayTrace()) {
      throw new DriverException(
          Code.MISSING_CAPABILITY,
          "open modern_ebpf",
          0,
          "this process lacks " + missing(),
          CAPABILITIES);
    }
  }

  /** True when the failure says something about the process or the host, not about one program. */
  boolean concernsAll(BpfError error) {
    return switch (error.errno()) {
      case Errno.EPERM -> !host.mayTrace() || host.lockdown().equals("confidentiality");
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
    if (!host.isAtLeast(5, 11) && !host.has(HostFacts.CAP_SYS_RESOURCE)) {
      return of(
          Code.MISSING_CAPABILITY,
          error,
          "this process lacks CAP_SYS_RESOURCE, and kernels before 5.11 count maps as locked memory",
          "grant CAP_SYS_RESOURCE, or raise the limit of locked memory (LimitMEMLOCK=infinity)");
    }
    if (!host.lockdown().isEmpty() && !host.lockdown().equals("none")) {
      return of(
          fallback,
          error,
          "the kernel is locked down (" + host.lockdown() + ")",
          "start the kernel without lockdown=confidentiality");
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
