package io.jfalco.driver.proc;

/** Translates open flags of Linux on x86_64 and arm64 to those of table {@code file_flags}. */
final class OpenFlags {
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  /** Kernel bit and portable bit. */
  private static final long[][] BITS = {
    {0100, 1 << 2},
    {0200, 1 << 5},
    {01000, 1 << 8},
    {02000, 1 << 3},
    {04000, 1 << 6},
    {010000, 1 << 4},
    {ARM ? 0200000 : 040000, 1 << 9},
    {ARM ? 0400000 : 0100000, 1 << 11},
    {ARM ? 040000 : 0200000, 1 << 10},
    {02000000, 1 << 12},
  };

  private static final long SYNC = 04010000;
  private static final long TEMPORARY = 020000000 | (ARM ? 040000 : 0200000);

  private OpenFlags() {}

  static long portable(long flags) {
    long portable =
        switch ((int) (flags & 3)) {
          case 1 -> 2;
          case 2 -> 3;
          default -> 1;
        };
    for (long[] bit : BITS) {
      if ((flags & bit[0]) != 0) {
        portable |= bit[1];
      }
    }
    if ((flags & SYNC) != 0) {
      portable |= 1 << 7;
    }
    if ((flags & TEMPORARY) != 0) {
      portable |= 1 << 13;
    }
    return portable;
  }
}
