package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileWatcherTest {
  @TempDir Path dir;
  private final Semaphore changes = new Semaphore(0);
  private Path file;
  private Path rules;
  private List<Path> watched;
  private FileWatcher watcher;

  @BeforeEach
  void begin() throws Exception {
    file = Files.writeString(dir.resolve("falco.yaml"), "a: 1\n");
    rules = Files.createDirectory(dir.resolve("rules.d"));
    watched = List.of(file, rules, dir.resolve("local.yaml"));
  }

  private void start() {
    watcher = FileWatcher.start(() -> watched, FileWatcher.contents(watched), changes::release);
  }

  @AfterEach
  void end() {
    watcher.close();
  }

  private void assertChange(String what) throws InterruptedException {
    assertThat(changes.tryAcquire(60, TimeUnit.SECONDS)).as(what).isTrue();
  }

  @Test
  void tellsOfChangesInPlaceAndByReplacement() throws Exception {
    start();
    Files.writeString(file, "a: 2\n");
    assertChange("written in place");
    Path next = Files.writeString(dir.resolve("next"), "a: 3\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    assertChange("replaced");
    Files.delete(file);
    assertChange("gone");
    Files.writeString(file, "a: 4\n");
    assertChange("there again");
  }

  @Test
  void tellsOfFilesThatComeAndGo() throws Exception {
    start();
    Path more = Files.writeString(rules.resolve("more.yaml"), "- list: a\n");
    assertChange("new file in a directory");
    Files.writeString(more, "- list: b\n");
    assertChange("changed");
    Files.delete(more);
    assertChange("gone");
    Files.writeString(dir.resolve("local.yaml"), "");
    assertChange("a file that was missing");
  }

  @Test
  void tellsOfDirectoriesThatKubernetesReplaces() throws Exception {
    Path mount = Files.createDirectory(dir.resolve("mount"));
    Files.writeString(Files.createDirectory(mount.resolve("..v1")).resolve("r.yaml"), "1\n");
    Files.writeString(Files.createDirectory(mount.resolve("..v2")).resolve("r.yaml"), "2\n");
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(mount.resolve("r.yaml"), Path.of("..data/r.yaml"));
    watched = List.of(mount.resolve("r.yaml"));
    start();
    for (String version : List.of("..v2", "..v1", "..v2")) {
      Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
      Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      assertChange(version);
    }
  }

  @Test
  void tellsOfNothingWhenNothingChanged() throws Exception {
    start();
    Files.writeString(dir.resolve("other"), "x");
    Files.writeString(file, "a: 1\n");
    Files.writeString(rules.resolve("last.yaml"), "x");
    assertChange("the last");
    assertThat(changes.availablePermits()).isZero();
  }

  @Test
  void tellsOfChangesWhileOthersWriteToTheDirectory() throws Exception {
    start();
    Files.writeString(file, "a: 6\n");
    for (int i = 0; !changes.tryAcquire(20, TimeUnit.MILLISECONDS); i++) {
      Files.writeString(dir.resolve("other" + i % 50), "x" + i);
    }
  }

  @Test
  void whatChangedBetweenReadingAndWatchingIsTold() throws Exception {
    String before = FileWatcher.contents(watched);
    Files.writeString(file, "a: 5\n");
    watcher = FileWatcher.start(() -> watched, before, changes::release);
    assertChange("before the start");
  }
}
