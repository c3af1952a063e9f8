package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IteratorsTest {
  @TempDir private Path folder;

  private static Iterators on(String release) {
    return Iterators.choose(true, new HostFacts(release, -1, true, ""), true);
  }

  private ProgramLoader.Refusal refusal(Path log) {
    return new ProgramLoader.Refusal(
        new BpfError("load program iter_task", Errno.EINVAL), Optional.of(log));
  }

  @Test
  void inAnotherPidNamespaceTheyAreLeftOut() {
    HostFacts host = new HostFacts("6.1.0-52-amd64", -1, true, "");
    Iterators iterators = Iterators.choose(true, host, false);
    assertThat(iterators.leftOut()).isEqualTo(Iterators.NAMES);
    assertThat(iterators.problem().orElseThrow()).contains("not running in the root PID namespace");
    assertThat(on("6.1.0-52-amd64").leftOut()).isEmpty();
  }

  @Test
  void kernelThatLacksWhatTheyTakeIsNamed() throws IOException {
    Path log = Files.createFile(folder.resolve("verifier.log"));
    Iterators iterators = on("5.10.0-46-cloud-amd64");
    assertThat(iterators.refused("iter_task", refusal(log))).isTrue();
    assertThat(iterators.problem())
        .hasValue(
            "disabled BPF iterators (the kernel is 5.10.0-46-cloud-amd64, they take Linux 5.18 or"
                + " later)");
    assertThat(log).doesNotExist();
  }

  @Test
  void kernelThatShouldTakeThemLeavesItsLog() throws IOException {
    Path log = Files.createFile(folder.resolve("verifier.log"));
    Iterators iterators = on("6.1.0-52-amd64");
    assertThat(iterators.refused("iter_task", refusal(log))).isTrue();
    assertThat(iterators.problem().orElseThrow())
        .startsWith("disabled BPF iterators (unsupported BPF programs: {iter_task=load program")
        .endsWith("(details: " + log + ")})");
    assertThat(log).exists();
  }

  @Test
  void otherProgramsAreNotTheirs() {
    assertThat(on("5.10.0").refused("sys_exit", refusal(folder.resolve("log")))).isFalse();
  }
}
