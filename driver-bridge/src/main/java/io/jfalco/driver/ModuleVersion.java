package io.jfalco.driver;

/**
 * A version of the kernel module's interface or event table.
 *
 * @param major changes break
 * @param minor changes add
 * @param patch changes repair
 */
record ModuleVersion(int major, int minor, int patch) {
  /** The oldest interface that is understood. */
  static final ModuleVersion API = new ModuleVersion(10, 0, 0);

  /** The oldest event table that is understood. */
  static final ModuleVersion SCHEMA = new ModuleVersion(4, 3, 0);

  /** Unpacks it: patch in 24 bits, minor in 20, major in 19. */
  static ModuleVersion of(long packed) {
    return new ModuleVersion(
        (int) (packed >>> 44) & 0x7ffff, (int) (packed >>> 24) & 0xfffff, (int) packed & 0xffffff);
  }

  /** True when whoever needs the other version can work with this one. */
  boolean satisfies(ModuleVersion needed) {
    return major == needed.major
        && (minor > needed.minor || minor == needed.minor && patch >= needed.patch);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
