package io.jfalco.driver.proc;

import io.jfalco.state.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the users and groups of a container from the root directory of one of its processes. May
 * take as long as the container likes; may be used by several threads.
 */
final class ContainerAccounts implements AccountReader {
  private static final int LIMIT = 256 << 10;
  private static final int CGROUP_LIMIT = 64 << 10;

  private final Path proc;

  ContainerAccounts(Path hostRoot) {
    proc = hostRoot.resolve("proc");
  }

  @Override
  public Optional<Accounts> read(Container container, long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try (ContainerRoot root = ContainerRoot.of(process)) {
      if (!root.isOpen()) {
        return Optional.empty();
      }
      // Asked after the root was opened: it is that of a process of this container.
      if (!isOf(container, process)) {
        return Optional.empty();
      }
      if (isSameFile(process.resolve("root"), proc.resolve("1/root"))) {
        return Optional.of(Accounts.NONE);
      }
      return Optional.of(
          Accounts.of(root.read("etc/passwd", LIMIT), root.read("etc/group", LIMIT)));
    }
  }

  /** The number may be another process's by now. */
  private static boolean isOf(Container container, Path process) {
    Text cgroups = ProcFiles.read(process.resolve("cgroup"), CGROUP_LIMIT);
    return new String(cgroups.toBytes(), StandardCharsets.UTF_8).contains(container.fullId());
  }

  private static boolean isSameFile(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException gone) {
      return false;
    }
  }
}
