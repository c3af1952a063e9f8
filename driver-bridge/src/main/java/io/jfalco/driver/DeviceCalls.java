package io.jfalco.driver;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * System calls on the devices of the kernel module. The module takes the thread that opens a device
 * for the consumer: all devices of a source are opened by one thread.
 */
interface DeviceCalls {
  /** Opens a device for reading and writing; not inherited by children. */
  int open(Path device) throws DeviceError;

  /** Makes a request with a plain argument; what it answers. */
  int request(int fd, ModuleRequest request, long argument) throws DeviceError;

  /** Makes a request that writes a u64; the number. */
  long read(int fd, ModuleRequest request) throws DeviceError;

  /** Maps a device from its start, little-endian. */
  ByteBuffer map(int fd, int length, boolean writable) throws DeviceError;

  /** Undoes {@link #map}; the buffer must not be touched any more. */
  void unmap(ByteBuffer buffer);

  /** Closes a device. */
  void close(int fd);

  /** Bytes of a memory page. */
  int pageSize();
}
