package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.driver.DriverException.Code;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
  private static final long ALL = -1;
  private static final long BPF = 1L << HostFacts.CAP_BPF;
  private static final long PERFMON = 1L << HostFacts.CAP_PERFMON;
  private static final long ADMIN = 1L << HostFacts.CAP_SYS_ADMIN;
  private static final long RESOURCE = 1L << HostFacts.CAP_SYS_RESOURCE;

  private static HostFacts host(String release, long capabilities) {
    return new HostFacts(release, capabilities, true, "");
  }

  private static DriverException precheck(HostFacts host) {
    return catchThrowableOfType(DriverException.class, () -> new Diagnosis(host).precheck());
  }

  private static DriverException explain(HostFacts host, int errno) {
    return new Diagnosis(host).explain(Code.LOAD_FAILED, new BpfError("load object", errno));
  }

  @Test
  void lettingPass() {
    assertThatCode(() -> new Diagnosis(host("6.1.0-40-cloud-amd64", BPF | PERFMON)).precheck())
        .doesNotThrowAnyException();
    assertThatCode(() -> new Diagnosis(host("5.8.0", ADMIN)).precheck()).doesNotThrowAnyException();
  }

  @Test
  void missingCapabilitiesAreNamed() {
    DriverException none = precheck(host("6.1.0", RESOURCE));
    assertThat(none.code()).isEqualTo(Code.MISSING_CAPABILITY);
    assertThat(none)
        .hasMessage(
            "open modern_ebpf: this process lacks CAP_BPF and CAP_PERFMON; start it as root, or"
                + " grant CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8)");
    assertThat(precheck(host("6.1.0", BPF)).reason()).isEqualTo("this process lacks CAP_PERFMON");
    assertThat(precheck(host("6.1.0", PERFMON)).reason()).isEqualTo("this process lacks CAP_BPF");
  }

  @Test
  void missingTypeInformationIsNamed() {
    DriverException failure = precheck(new HostFacts("6.1.0", ALL, false, ""));
    assertThat(failure.code()).isEqualTo(Code.MISSING_BTF);
    assertThat(failure)
        .hasMessageContaining("/sys/kernel/btf/vmlinux")
        .hasMessageContaining("CONFIG_DEBUG_INFO_BTF=y");
  }

  @Test
  void oldKernelIsNamed() {
    DriverException failure = precheck(host("5.4.0-150-generic", ALL));
    assertThat(failure.code()).isEqualTo(Code.UNSUPPORTED_KERNEL);
    assertThat(failure).hasMessageContaining("5.4.0-150-generic").hasMessageContaining("5.8");
  }

  @Test
  void refusalWithAllCapabilitiesPointsElsewhere() {
    assertThat(explain(host("6.1.0", ALL), Errno.EPERM))
        .hasMessage(
            "load object: EPERM (operation not permitted): the capabilities are there, so a"
                + " seccomp filter or a security module forbids it; allow the system calls bpf and"
                + " perf_event_open to this process");
    assertThat(explain(new HostFacts("6.1.0", ALL, true, "confidentiality"), Errno.EPERM).reason())
        .isEqualTo("the kernel is locked down (confidentiality)");
    assertThat(explain(host("5.10.0", BPF | PERFMON), Errno.EPERM).reason())
        .contains("CAP_SYS_RESOURCE");
  }

  @Test
  void resourcesAndKernelFeatures() {
    assertThat(explain(host("6.1.0", ALL), Errno.ENOMEM).code()).isEqualTo(Code.OUT_OF_RESOURCES);
    assertThat(explain(host("6.1.0", ALL), Errno.EMFILE).fix()).contains("LimitNOFILE");
    assertThat(explain(host("6.1.0", ALL), Errno.ENOSYS).code()).isEqualTo(Code.UNSUPPORTED_KERNEL);
    DriverException other = explain(host("6.1.0", ALL), 999);
    assertThat(other.code()).isEqualTo(Code.LOAD_FAILED);
    assertThat(other.errno()).isEqualTo(999);
    assertThat(other).hasMessageContaining("errno 999");
  }

  @Test
  void tellsWhatConcernsOneProgramFromWhatConcernsAll() {
    Diagnosis capable = new Diagnosis(host("6.1.0", ALL));
    assertThat(capable.concernsAll(new BpfError("load program x", Errno.EACCES))).isFalse();
    assertThat(capable.concernsAll(new BpfError("load program x", Errno.EPERM))).isFalse();
    assertThat(capable.concernsAll(new BpfError("load program x", Errno.ENOMEM))).isTrue();
    assertThat(
            new Diagnosis(host("6.1.0", 0))
                .concernsAll(new BpfError("load program x", Errno.EPERM)))
        .isTrue();
  }

  @Test
  void readsEffectiveCapabilities() {
    String status = "Name:\tx\nCapPrm:\t0000000000000000\nCapEff:\t000000c000000000\nSeccomp:\t0\n";
    HostFacts facts = host("6.1.0", HostFacts.capabilities(status));
    assertThat(facts.has(HostFacts.CAP_BPF)).isTrue();
    assertThat(facts.has(HostFacts.CAP_PERFMON)).isTrue();
    assertThat(facts.has(HostFacts.CAP_SYS_ADMIN)).isFalse();
    assertThat(facts.mayTrace()).isTrue();
    assertThat(HostFacts.capabilities("Name:\tx\n")).isZero();
  }

  @Test
  void comparesKernelReleases() {
    assertThat(host("5.8.0", 0).isAtLeast(5, 8)).isTrue();
    assertThat(host("5.7.99", 0).isAtLeast(5, 8)).isFalse();
    assertThat(host("4.19.0", 0).isAtLeast(5, 8)).isFalse();
    assertThat(host("6.0.0-rc1", 0).isAtLeast(5, 11)).isTrue();
    assertThat(host("5.10", 0).isAtLeast(5, 11)).isFalse();
    assertThat(host("", 0).isAtLeast(5, 11)).isTrue();
  }
}
