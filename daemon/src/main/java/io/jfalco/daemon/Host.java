package io.jfalco.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Facts about the machine. */
public final class Host {
  private static final int AT_PAGESZ = 6;
  private static final long USUAL_PAGE = 4096;

  private Host() {}

  /** What gethostname(2) says. */
  static String name() {
    return firstLine("/proc/sys/kernel/hostname").orElse("localhost");
  }

  /** Where the host's file tree is seen: HOST_ROOT, else the root directory. */
  static Path root() {
    String root = System.getenv("HOST_ROOT");
    return Path.of(root == null || root.isEmpty() ? "/" : root);
  }

  /** Kernel and compiler. */
  public static String kernel() {
    return firstLine("/proc/version").orElse("unknown");
  }

  /** Release of the kernel, as uname tells it. */
  public static String release() {
    return firstLine("/proc/sys/kernel/osrelease").orElse("unknown");
  }

  /** What uname(2) says. */
  public static Map<String, String> system() {
    return Map.of(
        "machine",
        Versions.architecture(),
        "nodename",
        name(),
        "release",
        release(),
        "sysname",
        firstLine("/proc/sys/kernel/ostype").orElse("Linux"),
        "version",
        firstLine("/proc/sys/kernel/version").orElse("unknown"));
  }

  /** Size of a memory page in bytes, from the vector that the kernel gives each process. */
  public static long pageSize() {
    try {
      ByteBuffer auxv =
          ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
              .order(ByteOrder.nativeOrder());
      while (auxv.remaining() >= 16) {
        long type = auxv.getLong();
        long value = auxv.getLong();
        if (type == AT_PAGESZ) {
          return value;
        }
      }
    } catch (IOException e) {
      // Told below.
    }
    return USUAL_PAGE;
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
