package io.jfalco.driver;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.u_int64_t;

/** {@link DeviceCalls} through the C library. */
final class NativeDevices implements DeviceCalls {
  /** The functions, named as there. */
  // Public because the generated implementation lives in another class loader.
  public interface Functions {
    int open(@In String path, int flags, int mode);

    int ioctl(int fd, @u_int64_t long request, @u_int64_t long argument);

    int ioctl(int fd, @u_int64_t long request, @Out long[] argument);

    Pointer mmap(Pointer at, @size_t long length, int protection, int flags, int fd, long offset);

    int munmap(Pointer at, @size_t long length);

    int close(int fd);

    int getpagesize();
  }

  private static final int O_RDWR = 2;
  private static final int O_SYNC = 04010000;
  private static final int O_CLOEXEC = 02000000;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final long MAP_FAILED = -1;

  private final Functions functions = LibraryLoader.create(Functions.class).load("c");
  private final Runtime runtime = Runtime.getRuntime(functions);

  @Override
  public int open(Path device) throws DeviceError {
    return check(
        functions.open(device.toString(), O_RDWR | O_SYNC | O_CLOEXEC, 0), "open " + device);
  }

  @Override
  public int request(int fd, ModuleRequest request, long argument) throws DeviceError {
    return check(functions.ioctl(fd, request.code(), argument), request + "(" + argument + ")");
  }

  @Override
  public long read(int fd, ModuleRequest request) throws DeviceError {
    long[] value = new long[1];
    check(functions.ioctl(fd, request.code(), value), request.toString());
    return value[0];
  }

  @Override
  public ByteBuffer map(int fd, int length, boolean writable) throws DeviceError {
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    Pointer at = functions.mmap(null, length, protection, MAP_SHARED, fd, 0);
    if (at == null || at.address() == MAP_FAILED) {
      throw failure("map " + length + " bytes of a ring into memory");
    }
    ByteBuffer buffer = MemoryIO.getInstance().newDirectByteBuffer(at.address(), length);
    return (writable ? buffer : buffer.asReadOnlyBuffer()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void unmap(ByteBuffer buffer) {
    long address = MemoryIO.getInstance().getDirectBufferAddress(buffer);
    functions.munmap(Pointer.wrap(runtime, address), buffer.capacity());
  }

  @Override
  public void close(int fd) {
    functions.close(fd);
  }

  @Override
  public int pageSize() {
    return functions.getpagesize();
  }

  private int check(int result, String operation) throws DeviceError {
    if (result < 0) {
      throw failure(operation);
    }
    return result;
  }

  private DeviceError failure(String operation) {
    return new DeviceError(operation, runtime.getLastError());
  }
}
