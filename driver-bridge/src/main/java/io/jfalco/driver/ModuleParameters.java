package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the loaded module can be told before a device is opened. */
final class ModuleParameters {
  /** Where they are while the module is loaded. */
  static final Path FOLDER = Path.of("/sys/module/falco/parameters");

  private final Path folder;

  ModuleParameters(Path folder) {
    this.folder = folder;
  }

  /**
   * Sets the size of rings that are made from now on. Written only if it is another, so that a
   * read-only sysfs does no harm. A module without this parameter is old: its version tells.
   */
  void ringBytes(int bytes) throws DriverException {
    Path file = folder.resolve("g_buffer_bytes_dim");
    if (!Files.exists(file)) {
      return;
    }
    try {
      if (!Files.readString(file).strip().equals(Integer.toString(bytes))) {
        Files.writeString(file, Integer.toString(bytes));
      }
    } catch (IOException e) {
      throw new DriverException(
          Code.MODULE_REFUSED,
          "set the size of rings to " + bytes + " bytes in " + file,
          0,
          "it cannot be written",
          "start as root, with a writable /sys/module, or leave engine.kmod.buf_size_preset at the"
              + " size that the module has",
          e);
    }
  }

  /** How many consumers the module allows, as text. */
  String maxConsumers() {
    try {
      return Files.readString(folder.resolve("max_consumers")).strip();
    } catch (IOException unknown) {
      return "not known";
    }
  }
}
