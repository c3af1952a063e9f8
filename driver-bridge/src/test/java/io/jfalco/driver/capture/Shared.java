package io.jfalco.driver.capture;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test data that lie beside the project, not in it. */
final class Shared {
  private Shared() {}

  /** A file of the shared captures; without it the test is skipped, or fails in CI. */
  static Path capture(String name) {
    String root = System.getProperty("jfalco.root", "..");
    Path file = Path.of(root).resolve("../shared/captures").resolve(name).normalize();
    if (!Files.exists(file) && "true".equals(System.getenv("CI"))) {
      fail("needs " + file);
    }
    assumeTrue(Files.exists(file), "needs " + file);
    return file;
  }
}
