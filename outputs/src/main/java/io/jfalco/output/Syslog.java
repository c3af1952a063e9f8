package io.jfalco.output;

import io.jfalco.alert.Priority;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Variadic;

/**
 * The C library's syslog(3), opened once for the process. Any thread may use it; a message may
 * block while the system's log is full.
 */
public final class Syslog {
  /** Also writes each message to standard error (LOG_PERROR). */
  static final int ECHO = 0x20;

  private static final int FACILITY_USER = 1 << 3;
  private static final byte[] FORMAT = {'%', 's', 0};

  private static Syslog instance;

  /** The functions used here. */
  public interface CLibrary {
    /** Keeps the pointer. */
    void openlog(Pointer ident, int option, int facility);

    /** Sends one message. */
    @Variadic(fixedCount = 2)
    void syslog(int priority, @In byte[] format, @In byte[] text);
  }

  private final CLibrary library;

  /** Held for ever: openlog keeps the address and does not copy what is there. */
  @SuppressWarnings({"FieldCanBeLocal", "unused"})
  private final Pointer ident;

  private Syslog(int option) {
    library = LibraryLoader.create(CLibrary.class).load("c");
    byte[] name = {'f', 'a', 'l', 'c', 'o', 0};
    ident = Memory.allocateDirect(jnr.ffi.Runtime.getRuntime(library), name.length);
    ident.put(0, name, 0, name.length);
    library.openlog(ident, option, FACILITY_USER);
  }

  /** Opens the system's log with the ident {@code falco}; later calls return the same object. */
  public static synchronized Syslog open() {
    return open(0);
  }

  static synchronized Syslog open(int option) {
    if (instance == null) {
      instance = new Syslog(option);
    }
    return instance;
  }

  /** Sends a message, without newline, with the severity that belongs to the priority. */
  public void log(Priority priority, String text) {
    log(priority, text.getBytes(StandardCharsets.UTF_8));
  }

  void log(Priority priority, byte[] utf8) {
    library.syslog(priority.ordinal(), FORMAT, Arrays.copyOf(utf8, utf8.length + 1));
  }
}
