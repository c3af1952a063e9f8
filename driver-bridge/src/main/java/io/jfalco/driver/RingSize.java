package io.jfalco.driver;

/** {@code buf_size_preset}: 1 is a ring of 1 MiB, each step doubles it, 10 is 512 MiB. */
public final class RingSize {
  /** Falco's default: 8 MiB. */
  public static final int DEFAULT = 4;

  private static final int LARGEST = 10;

  private RingSize() {}

  /** Bytes of a ring. */
  public static int bytes(int preset) {
    check(preset);
    return 1 << (19 + preset);
  }

  static void check(int preset) {
    if (preset < 1 || preset > LARGEST) {
      throw new IllegalArgumentException("buf_size_preset must be 1 to 10, not " + preset);
    }
  }
}
