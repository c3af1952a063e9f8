package io.jfalco.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file with the process id: all may read it, whom to signal is no secret. */
final class PidFile {
  private static final Set<PosixFilePermission> RIGHTS =
      PosixFilePermissions.fromString("rw-r--r--");

  private PidFile() {}

  static void write(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(RIGHTS));
    }
    Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
    if (Files.isRegularFile(file)) {
      // Whatever was there before, and whatever the umask.
      Files.setPosixFilePermissions(file, RIGHTS);
    }
  }
}
