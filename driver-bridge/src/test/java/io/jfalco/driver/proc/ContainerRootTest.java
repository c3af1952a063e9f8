package io.jfalco.driver.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRootTest {
  private static final int LIMIT = 4096;

  @TempDir private Path directory;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectories(directory.resolve("container"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(directory.resolve("secret"), "of the host");
    Files.createDirectories(directory.resolve("42"));
    Files.createSymbolicLink(directory.resolve("42/root"), root);
  }

  private String read(String path) {
    try (ContainerRoot container = ContainerRoot.of(directory.resolve("42"))) {
      return new String(container.read(path, LIMIT).toBytes(), StandardCharsets.UTF_8);
    }
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), target);
  }

  @Test
  void readsFilesAlsoBehindLinksThatStayInside() throws IOException {
    Files.writeString(root.resolve("etc/passwd"), "root");
    Files.createDirectories(root.resolve("usr"));
    Files.writeString(root.resolve("usr/group"), "staff");
    link("etc/group", Path.of("/usr/group"));
    link("other", Path.of("etc"));
    assertThat(read("etc/passwd")).isEqualTo("root");
    assertThat(read("etc/group")).isEqualTo("staff");
    assertThat(read("other/passwd")).isEqualTo("root");
  }

  @Test
  void linksDoNotLeadOut() throws IOException {
    link("absolute", directory.resolve("secret"));
    link("relative", Path.of("../secret"));
    link("deep", Path.of("../../../../../../../../etc/passwd"));
    link("process", Path.of("/proc/self/root/etc/passwd"));
    link("folder", directory);
    for (String name : new String[] {"absolute", "relative", "deep", "process"}) {
      assertThat(read(name)).as(name).isEmpty();
    }
    assertThat(read("folder/secret")).isEmpty();
    assertThat(read("../secret")).isEmpty();
    assertThat(read("/secret")).isEmpty();
  }

  @Test
  void onlyRegularFilesOfBoundedSize() throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(read("pipe")).isEmpty();
    assertThat(read("etc")).isEmpty();
    assertThat(read("missing")).isEmpty();
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("exact").toFile(), "rw")) {
      file.setLength(LIMIT);
    }
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    assertThat(read("exact")).hasSize(LIMIT);
    assertThat(read("huge")).isEmpty();
  }

  @Test
  void aProcessThatIsGoneHasNothing() {
    try (ContainerRoot container = ContainerRoot.of(directory.resolve("43"))) {
      assertThat(container.isOpen()).isFalse();
      assertThat(container.read("etc/passwd", LIMIT).isEmpty()).isTrue();
    }
  }
}
