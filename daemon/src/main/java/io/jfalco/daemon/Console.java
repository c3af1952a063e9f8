package io.jfalco.daemon;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output and error, in UTF-8 whatever the locale. Any thread may use it. */
public final class Console {
  private static final long PATIENCE_MILLIS = 1000;
  private static final PrintStream OUT = stream(FileDescriptor.out);
  private static final PrintStream ERR = stream(FileDescriptor.err);

  private Console() {}

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new FileOutputStream(descriptor), /* autoFlush= */ false, StandardCharsets.UTF_8);
  }

  /** Prints text as it is to standard output. */
  public static void out(String text) {
    OUT.print(text);
    OUT.flush();
  }

  /** The same for the end on request: when the reader hangs, gives up after a second. */
  static void outBriefly(String text) {
    briefly(() -> out(text));
  }

  /** Likewise to standard error. */
  static void errBriefly(String text) {
    briefly(() -> err(text));
  }

  private static void briefly(Runnable print) {
    Thread thread = new Thread(print, "console");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints text as it is to standard error. */
  public static void err(String text) {
    ERR.print(text);
    ERR.flush();
  }
}
