package io.jfalco.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for files that others than root and the daemon's user may write, or put something else in
 * the place of. Files on file systems that are mounted read-only are fine.
 */
public final class TrustedFiles {
  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private final Map<Path, String> problems = new LinkedHashMap<>();
  private final int self;

  /** Trusts root and the user that the daemon runs as. */
  public TrustedFiles() {
    this(user(Path.of("/proc/self")));
  }

  TrustedFiles(int self) {
    this.self = self;
  }

  private static int user(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:uid");
    } catch (IOException e) {
      return 0;
    }
  }

  /** Looks at a file and its directory, and where they lie if they are links. */
  public void file(Path file) {
    check(file, /* sticky= */ false);
    directory(file);
    try {
      Path real = file.toRealPath();
      if (!real.equals(file.toAbsolutePath().normalize())) {
        directory(real);
      }
    } catch (IOException e) {
      // A file that is not there is nobody's.
    }
  }

  private void directory(Path file) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    if (directory != null) {
      check(directory, /* sticky= */ true);
    }
  }

  /** Looks at a directory of which all files are taken; also at one file. */
  public void place(Path place) {
    if (Files.isDirectory(place)) {
      check(place, /* sticky= */ false);
    } else if (Files.exists(place)) {
      file(place);
    }
  }

  /**
   * @param sticky the directory may be everybody's, when none may remove the files of another
   */
  private void check(Path path, boolean sticky) {
    try {
      int owner = (int) Files.getAttribute(path, "unix:uid");
      int mode = (int) Files.getAttribute(path, "unix:mode");
      if (Files.getFileStore(path).isReadOnly()) {
        return;
      }
      if (owner != 0 && owner != self) {
        problems.put(
            path,
            path + " belongs to user " + owner + ", who can switch rules off: chown root " + path);
      } else if ((mode & OTHERS_WRITE) != 0 && !(sticky && (mode & STICKY) != 0)) {
        problems.put(
            path,
            String.format(
                "%s can be written by others (mode %04o), who can switch rules off: chmod go-w %s",
                path, mode & 07777, path));
      }
    } catch (IOException e) {
      // Reading it tells more.
    }
  }

  /** What was found, with the command that helps. */
  public List<String> problems() {
    return new ArrayList<>(problems.values());
  }
}
