package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrerequisitesTest {
  private static final long ENOUGH = 1L << HostFacts.CAP_BPF | 1L << HostFacts.CAP_PERFMON;

  @TempDir Path folder;

  @BeforeEach
  void nativeFiles() throws Exception {
    Files.createFile(folder.resolve("libjfalco.so"));
    Files.createFile(folder.resolve("jfalco.bpf.o"));
  }

  private List<String> unmet(HostFacts host) {
    List<Prerequisite> all = Prerequisites.of(host, NativeFiles.in(folder));
    assertThat(all).extracting(Prerequisite::name).doesNotHaveDuplicates().hasSize(6);
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(one.found()).isNotEmpty();
              assertThat(one.fix().isEmpty()).isEqualTo(one.isMet());
            });
    return all.stream().filter(one -> !one.isMet()).map(Prerequisite::name).toList();
  }

  @Test
  void aHostThatHasAll() {
    assertThat(unmet(new HostFacts("6.1.0", ENOUGH, true, ""))).isEmpty();
    assertThat(unmet(new HostFacts("6.1.0", ENOUGH, true, "integrity"))).isEmpty();
  }

  @Test
  void eachThatIsMissingIsTold() {
    assertThat(unmet(new HostFacts("5.4.0", -1, true, ""))).containsExactly("kernel");
    assertThat(unmet(new HostFacts("6.1.0", ENOUGH, false, ""))).containsExactly("BTF");
    assertThat(unmet(new HostFacts("6.1.0", 0, true, ""))).containsExactly("capabilities");
    assertThat(unmet(new HostFacts("6.1.0", ENOUGH, true, "confidentiality")))
        .containsExactly("lockdown");
    assertThat(unmet(new HostFacts("5.10.0", ENOUGH, true, ""))).containsExactly("locked memory");
    assertThat(unmet(new HostFacts("5.4.0", 0, false, "confidentiality")))
        .containsExactly("kernel", "BTF", "capabilities", "lockdown", "locked memory");
  }

  @Test
  void nativePartsThatAreMissingAreTold() throws Exception {
    Files.delete(folder.resolve("jfalco.bpf.o"));
    assertThat(unmet(new HostFacts("6.1.0", ENOUGH, true, ""))).containsExactly("native parts");
  }
}
