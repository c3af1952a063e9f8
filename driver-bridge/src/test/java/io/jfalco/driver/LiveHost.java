package io.jfalco.driver;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What tests on the real kernel need, and how they wait for its events. */
final class LiveHost {
  static final Path ROOT = Path.of(System.getProperty("jfalco.root", "..")).toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LiveHost() {}

  /** Skips the test where the kernel cannot be used; fails it there when CI says it must be. */
  static void require(Path... built) throws IOException {
    need(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "this test needs root");
    need(Files.exists(HostFacts.BTF), "the kernel has no BTF");
    for (Path file : built) {
      need(Files.exists(file), file + " is not built (make build)");
    }
  }

  /** Iterators are used nowhere else. */
  static void requireInitialPidNamespace() throws IOException {
    Object inode = Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino");
    need(inode.equals(0xEFFFFFFCL), "this test needs the initial pid namespace");
  }

  /** What the iterators take; before, {@code /proc} is read. */
  static void requireIterators() throws IOException {
    requireInitialPidNamespace();
    need(hasIterators(), "the iterators take Linux 5.18 or later");
  }

  static boolean hasIterators() {
    return HostFacts.read().isAtLeast(5, 18);
  }

  private static void need(boolean condition, String otherwise) {
    if ("true".equals(System.getenv("CI")) && !condition) {
      fail(otherwise);
    }
    assumeTrue(condition, otherwise);
  }

  /** Polls until the condition holds; false when it does not in good time. */
  static boolean pollUntil(EventSource source, EventHandler handler, BooleanSupplier condition)
      throws DriverException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      source.poll(handler, 10_000);
    }
    return true;
  }

  /** Starts a program without a terminal; its output goes nowhere. */
  static Process start(String... command) throws IOException {
    return new ProcessBuilder(List.of(command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** True for an openat of exactly this path. */
  static boolean opens(EventView event, Path path) {
    Bytes name = new Bytes();
    return event.type() == EventType.SYSCALL_OPENAT_2_X
        && event.text(2, name)
        && name.toString().equals(path.toString());
  }
}
