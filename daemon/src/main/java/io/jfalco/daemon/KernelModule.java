package io.jfalco.daemon;

import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Falco's kernel module, which is loaded when it is not there. */
public final class KernelModule {
  private static final String NAME = "falco";

  private KernelModule() {}

  /** True when it is loaded, or can be. */
  public static boolean isInstalled() {
    return Files.exists(Host.root().resolve("dev/falco0"))
        || isListed(Path.of("/lib/modules", Host.release(), "modules.dep"));
  }

  private static boolean isListed(Path dependencies) {
    try (Stream<String> lines = Files.lines(dependencies, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.matches("(.*/)?falco\\.ko(\\.[a-z0-9]+)?:.*"));
    } catch (IOException e) {
      return false;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Opens the source; when that fails, loads the module and tries once more. */
  static void open(EventSource source) throws DriverException {
    try {
      source.open();
    } catch (DriverException first) {
      Log.info("Trying to inject the Kernel module and opening the capture again...");
      if (!load()) {
        Log.error("Unable to load the driver");
      }
      source.open();
    }
  }

  private static boolean load() {
    // Not from PATH: what it finds runs as root.
    Optional<Path> modprobe =
        List.of("/usr/sbin/modprobe", "/sbin/modprobe").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (modprobe.isEmpty()) {
      Log.error("Could not find modprobe binary in /usr/sbin or /sbin");
      return false;
    }
    try {
      return new ProcessBuilder(modprobe.get().toString(), NAME)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
