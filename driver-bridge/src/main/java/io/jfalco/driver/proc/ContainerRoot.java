package io.jfalco.driver.proc;

import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;

/**
 * Reads files in the root directory of a process, of which a container owns every byte: links lead
 * nowhere out of the root, and only regular files of a bounded size are opened for reading, so that
 * neither the host's files nor pipes and devices can be put in their place.
 *
 * <p>May still take as long as the container likes, where a file system is its own: not for the
 * event-loop thread.
 */
final class ContainerRoot implements AutoCloseable {
  /** Functions of the C library. */
  // Public because the generated implementation lives in another class loader.
  public interface Functions {
    int open(@In String path, int flags, int mode);

    long syscall(long number, long directory, @In String path, @In long[] how, long size);

    int close(int fd);
  }

  private static final long OPENAT2 = 437;
  private static final int O_PATH = 010000000;
  private static final int O_CLOEXEC = 02000000;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final int HOW_SIZE = 24;

  /** The C library is loaded when the first container is looked at. */
  private static final class Native {
    static final Functions FUNCTIONS = LibraryLoader.create(Functions.class).load("c");
  }

  private final int root;

  private ContainerRoot(int root) {
    this.root = root;
  }

  /** The root directory of a process; nothing can be read when it is gone. */
  static ContainerRoot of(Path process) {
    String path = process.resolve("root").toString();
    return new ContainerRoot(Native.FUNCTIONS.open(path, O_PATH | O_CLOEXEC, 0));
  }

  /** The content of a file; empty when it is not there, not a regular file, or larger. */
  Text read(String path, int limit) {
    if (root < 0) {
      return Text.EMPTY;
    }
    long[] how = {O_PATH | O_CLOEXEC, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    int fd = (int) Native.FUNCTIONS.syscall(OPENAT2, root, path, how, HOW_SIZE);
    if (fd < 0) {
      return Text.EMPTY;
    }
    try {
      // The link leads to the very file that was found, whatever has its name by now.
      Path file = Path.of("/proc/self/fd", Integer.toString(fd));
      return Files.isRegularFile(file) && ProcFiles.size(file) <= limit
          ? ProcFiles.read(file, limit)
          : Text.EMPTY;
    } finally {
      Native.FUNCTIONS.close(fd);
    }
  }

  /** True while the process is there. */
  boolean isOpen() {
    return root >= 0;
  }

  @Override
  public void close() {
    if (root >= 0) {
      Native.FUNCTIONS.close(root);
    }
  }
}
