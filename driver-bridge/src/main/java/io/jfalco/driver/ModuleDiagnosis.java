package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;

/** Turns what the kernel module answered into a likely cause and what helps. */
final class ModuleDiagnosis {
  private static final String GET_IT =
      "install Falco's driver of version 10 ('falcoctl driver config --type kmod' and 'falcoctl"
          + " driver install'), load it with 'modprobe falco'; or use engine.kind modern_ebpf";

  private final ModuleParameters parameters;

  ModuleDiagnosis(ModuleParameters parameters) {
    this.parameters = parameters;
  }

  DriverException explain(DeviceError error) {
    return switch (error.errno()) {
      case Errno.ENOENT, Errno.ENXIO, Errno.ENODEV ->
          of(Code.MODULE_MISSING, error, "Falco's kernel module is not loaded", GET_IT);
      case Errno.EPERM, Errno.EACCES ->
          of(
              Code.MISSING_CAPABILITY,
              error,
              "only root may open the devices of Falco's kernel module",
              "start as root, in a container with these devices");
      case Errno.EBUSY ->
          of(
              Code.OUT_OF_RESOURCES,
              error,
              "too many consumers are attached to it",
              "end one, or raise "
                  + ModuleParameters.FOLDER.resolve("max_consumers")
                  + " (now "
                  + parameters.maxConsumers()
                  + ")");
      case Errno.ENOMEM ->
          of(
              Code.OUT_OF_RESOURCES,
              error,
              "the kernel has no memory for its rings",
              "lower engine.kmod.buf_size_preset");
      case Errno.EMFILE ->
          of(
              Code.OUT_OF_RESOURCES,
              error,
              "the limit of open files is too low",
              "raise it (LimitNOFILE=)");
      case Errno.ENOTTY ->
          of(
              Code.MODULE_VERSION,
              error,
              "the loaded module is too old to know this request; it is needed with API "
                  + ModuleVersion.API,
              GET_IT);
      default ->
          of(
              Code.MODULE_REFUSED,
              error,
              "Falco's kernel module did not accept it",
              "see the kernel's log ('dmesg | grep falco')");
    };
  }

  /** The version that a device has is not one that can be read. */
  DriverException mismatch(String what, ModuleVersion needed, ModuleVersion found) {
    return new DriverException(
        Code.MODULE_VERSION,
        "open kmod",
        0,
        "the loaded module has "
            + what
            + " version "
            + found
            + ", needed is "
            + needed
            + " or a later "
            + needed.major()
            + ".x",
        GET_IT);
  }

  private static DriverException of(Code code, DeviceError error, String reason, String fix) {
    return new DriverException(code, error.operation(), error.errno(), reason, fix, error);
  }
}
