package io.jfalco.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Facts about the machine. */
final class Host {
  private Host() {}

  /** What gethostname(2) says. */
  static String name() {
    return firstLine("/proc/sys/kernel/hostname").orElse("localhost");
  }

  /** Kernel and compiler. */
  static String kernel() {
    return firstLine("/proc/version").orElse("unknown");
  }

  private static Optional<String> firstLine(String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      return new String(bytes, StandardCharsets.UTF_8).lines().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
