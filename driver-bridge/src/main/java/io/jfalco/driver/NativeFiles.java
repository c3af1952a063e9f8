package io.jfalco.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The native parts of JFalco.
 *
 * @param library libjfalco.so
 * @param object the eBPF object
 */
public record NativeFiles(Path library, Path object) {
  private static final String LIBRARY = "libjfalco.so";
  private static final String OBJECT = "jfalco.bpf.o";
  private static final Path INSTALLED = Path.of("/usr/lib/jfalco");

  /**
   * The files that belong to a home: of a built source tree ({@code native/build}), else beside
   * each other in the home, else where the package installs them. Whether they exist is checked
   * when the source is opened.
   */
  public static NativeFiles of(Path home) {
    Path built = home.resolve("native/build");
    for (Path folder : List.of(built, home, INSTALLED)) {
      if (Files.exists(folder.resolve(LIBRARY))) {
        return in(folder);
      }
    }
    return in(built);
  }

  /** The files in one folder. */
  public static NativeFiles in(Path folder) {
    Path absolute = folder.toAbsolutePath();
    return new NativeFiles(absolute.resolve(LIBRARY), absolute.resolve(OBJECT));
  }

  void check() throws DriverException {
    Optional<DriverException> problem = problem();
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  /** That one of them is missing. */
  Optional<DriverException> problem() {
    return Stream.of(library, object)
        .filter(file -> !Files.isReadable(file))
        .findFirst()
        .map(
            file ->
                new DriverException(
                    DriverException.Code.MISSING_FILE,
                    "open " + file,
                    Files.exists(file) ? Errno.EACCES : Errno.ENOENT,
                    "this native part of JFalco was not built or not installed",
                    "run 'make build' in the source tree, or install the package jfalco"));
  }
}
