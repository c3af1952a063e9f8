package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedFilesTest {
  @TempDir Path temporary;
  private Path dir;
  private Path file;
  private int self;

  @BeforeEach
  void files() throws IOException {
    dir = Files.createDirectory(temporary.toRealPath().resolve("d"));
    file = Files.writeString(dir.resolve("a.yaml"), "x");
    self = (int) Files.getAttribute(file, "unix:uid");
    mode(dir, "rwxr-xr-x");
    mode(file, "rw-r--r--");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private List<String> problems(BiConsumer<TrustedFiles, Path> look, Path path) {
    TrustedFiles trusted = new TrustedFiles(self);
    look.accept(trusted, path);
    return trusted.problems();
  }

  @Test
  void filesOfTheDaemonsUserAreFine() {
    assertThat(problems(TrustedFiles::file, file)).isEmpty();
    assertThat(problems(TrustedFiles::place, dir)).isEmpty();
    assertThat(problems(TrustedFiles::place, file)).isEmpty();
    assertThat(problems(TrustedFiles::place, dir.resolve("none"))).isEmpty();
  }

  @Test
  void whatOthersMayWriteIsTold() throws IOException {
    for (String mode : List.of("rw-rw-r--", "rw-r--rw-")) {
      mode(file, mode);
      String octal = mode.equals("rw-rw-r--") ? "0664" : "0646";
      assertThat(problems(TrustedFiles::file, file))
          .containsExactly(
              file
                  + " can be written by others (mode "
                  + octal
                  + "), who can switch rules off: chmod go-w "
                  + file);
    }
  }

  @Test
  void theDirectoryCounts() throws IOException {
    mode(dir, "rwxrwxrwx");
    assertThat(problems(TrustedFiles::file, file)).singleElement().asString().startsWith(dir + " ");
    // Nobody can take away another's file there, but put more beside it.
    Files.setAttribute(dir, "unix:mode", 01777);
    assertThat(problems(TrustedFiles::file, file)).isEmpty();
    assertThat(problems(TrustedFiles::place, dir))
        .singleElement()
        .asString()
        .contains("(mode 1777)");
  }

  @Test
  void whereALinkLeadsCounts() throws IOException {
    Path other = Files.createDirectory(temporary.toRealPath().resolve("other"));
    mode(other, "rwxr-xr-x");
    Path link = Files.createSymbolicLink(other.resolve("b.yaml"), file);
    assertThat(problems(TrustedFiles::file, link)).isEmpty();
    mode(dir, "rwxrwxr-x");
    assertThat(problems(TrustedFiles::file, link)).singleElement().asString().startsWith(dir + " ");
    mode(file, "rw-rw-rw-");
    assertThat(problems(TrustedFiles::file, link)).hasSize(2);
  }

  @Test
  void otherOwnersAreTold() {
    TrustedFiles trusted = new TrustedFiles(self == 0 ? 0 : self);
    trusted.file(file);
    assertThat(trusted.problems()).isEmpty();
    int owner = self;
    if (owner == 0) {
      // Only root can give a file away.
      try {
        Files.setAttribute(file, "unix:uid", 12345);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      owner = 12345;
    }
    TrustedFiles strict = new TrustedFiles(owner + 1);
    strict.file(file);
    assertThat(strict.problems())
        .anyMatch(
            text ->
                text.startsWith(file + " belongs to user ") && text.endsWith("chown root " + file));
  }
}
