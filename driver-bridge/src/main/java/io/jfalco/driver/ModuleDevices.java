package io.jfalco.driver;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The open devices of the module, one for each CPU that is on, and their rings. Requests are the
 * same on each: the first takes them.
 */
final class ModuleDevices implements AutoCloseable {
  private record Device(int fd, List<ByteBuffer> mapped) {}

  private final DeviceCalls calls;
  private final ModuleDiagnosis diagnosis;
  private final List<Device> devices = new ArrayList<>();
  private final List<KmodRing> rings = new ArrayList<>();

  private ModuleDevices(DeviceCalls calls, ModuleDiagnosis diagnosis) {
    this.calls = calls;
    this.diagnosis = diagnosis;
  }

  /** Opens them; the rings have so many bytes. The calling thread is the consumer from now on. */
  static ModuleDevices open(
      DeviceCalls calls, Path hostRoot, int ringBytes, ModuleDiagnosis diagnosis)
      throws DriverException {
    ModuleDevices opened = new ModuleDevices(calls, diagnosis);
    boolean done = false;
    try {
      opened.openAll(hostRoot.resolve("dev"), ringBytes);
      done = true;
    } finally {
      if (!done) {
        opened.close();
      }
    }
    return opened;
  }

  /**
   * The module has a device for each CPU that can be; those of CPUs that are off cannot be opened.
   */
  private void openAll(Path folder, int ringBytes) throws DriverException {
    DeviceError last = null;
    boolean more = true;
    for (int cpu = 0; more; cpu++) {
      try {
        open(folder.resolve("falco" + cpu), ringBytes);
      } catch (DeviceError error) {
        boolean isOff = error.errno() == Errno.ENODEV;
        boolean isBehind = error.errno() == Errno.ENOENT || error.errno() == Errno.ENXIO;
        if (!isOff && !isBehind) {
          throw diagnosis.explain(error);
        }
        more = isOff;
        last = error;
      }
    }
    if (rings.isEmpty()) {
      throw diagnosis.explain(last);
    }
  }

  private void open(Path file, int ringBytes) throws DeviceError, DriverException {
    int fd = calls.open(file);
    List<ByteBuffer> mapped = new ArrayList<>();
    devices.add(new Device(fd, mapped));
    try {
      check("API", ModuleVersion.API, calls.read(fd, ModuleRequest.GET_API_VERSION));
      check("schema", ModuleVersion.SCHEMA, calls.read(fd, ModuleRequest.GET_SCHEMA_VERSION));
      mapped.add(calls.map(fd, 2 * ringBytes, false));
      mapped.add(calls.map(fd, calls.pageSize(), true));
    } catch (DeviceError error) {
      throw diagnosis.explain(error);
    }
    rings.add(new KmodRing(mapped.get(1), mapped.get(0), ringBytes));
  }

  private void check(String what, ModuleVersion needed, long packed) throws DriverException {
    ModuleVersion found = ModuleVersion.of(packed);
    if (!found.satisfies(needed)) {
      throw diagnosis.mismatch(what, needed, found);
    }
  }

  /** The rings, in the order of the CPUs. */
  List<KmodRing> rings() {
    return List.copyOf(rings);
  }

  /** Makes a request; what it answers. */
  int request(ModuleRequest request, long argument) throws DriverException {
    try {
      return calls.request(devices.get(0).fd(), request, argument);
    } catch (DeviceError error) {
      throw diagnosis.explain(error);
    }
  }

  /** Gives the rings back; they must not be touched any more. */
  @Override
  public void close() {
    for (Device device : devices) {
      device.mapped().forEach(calls::unmap);
      calls.close(device.fd());
    }
    devices.clear();
    rings.clear();
  }
}
