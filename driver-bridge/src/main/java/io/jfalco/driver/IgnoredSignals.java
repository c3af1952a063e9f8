package io.jfalco.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/**
 * Signals that the process was started with as ignored: a shell without job control does so to
 * SIGINT of what it starts in the background, nohup to SIGHUP. The JVM then refuses to handle them,
 * and a daemon that is told to stop would not. Called once, before handlers are installed.
 */
public final class IgnoredSignals {
  /** The function used here. */
  public interface CLibrary {
    /** Sets what a signal does; null stands for SIG_DFL. */
    Pointer signal(int number, Pointer handler);
  }

  private IgnoredSignals() {}

  /** Gives signals their default action back where they are ignored. Numbers are the kernel's. */
  public static void restore(int... signals) {
    long ignored = ignored();
    CLibrary library = null;
    for (int signal : signals) {
      if ((ignored >>> (signal - 1) & 1) != 0) {
        if (library == null) {
          library = LibraryLoader.create(CLibrary.class).load("c");
        }
        library.signal(signal, null);
      }
    }
  }

  /** Mask of ignored signals; 0 when the kernel does not tell. */
  private static long ignored() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("SigIgn:")) {
          return Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
