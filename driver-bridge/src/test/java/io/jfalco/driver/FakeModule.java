package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's side of Falco's module, in plain memory: devices, requests and rings as its source
 * has them. A consumer is the thread that opened the devices; it starts with nothing enabled; the
 * size of rings is what the parameter says when the first device is opened; a writer keeps one byte
 * free and drops, counted, what does not fit.
 */
final class FakeModule implements DeviceCalls {
  static final int PAGE = 4096;
  static final int PID = 4711;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_SNAPLEN = 65000;
  private static final int SYSCALLS = 512;

  /** One CPU's ring for the consumer. */
  final class CpuRing {
    final ByteBuffer info = EventView.newBuffer(PAGE);
    final ByteBuffer data;
    private boolean open;

    private CpuRing(int size) {
      data = EventView.newBuffer(2 * size);
    }

    /** Writes a record for a system call; false when it was not wanted or did not fit. */
    boolean syscall(String name, byte[] record) {
      Syscall syscall = EventTable.syscall(name).orElseThrow();
      return tracepoints.get(ModuleTracepoint.SYS_EXIT.ordinal())
          && syscalls.get(syscall.x8664())
          && record(record, -1);
    }

    /** The same for a tracepoint. */
    boolean tracepoint(ModuleTracepoint tracepoint, byte[] record) {
      return tracepoints.get(tracepoint.ordinal()) && record(record, -1);
    }

    /** Writes a record whatever is wanted. */
    boolean record(byte[] record, int kindOfDrop) {
      add(8, 1);
      int size = data.capacity() / 2;
      int head = info.getInt(0);
      int tail = (int) INT.getAcquire(info, 4);
      int free = tail > head ? tail - head - 1 : size + tail - head - 1;
      if (free < record.length) {
        add(16, 1);
        if (kindOfDrop >= 0) {
          add(24 + 8 * kindOfDrop, 1);
        }
        return false;
      }
      for (int i = 0; i < record.length; i++) {
        int at = (head + i) % size;
        data.put(at, record[i]);
        data.put(at + size, record[i]);
      }
      INT.setRelease(info, 0, (head + record.length) % size);
      return true;
    }

    /** Starts the ring somewhere else than at its beginning. */
    void moveTo(int offset) {
      info.putInt(0, offset);
      info.putInt(4, offset);
    }

    int head() {
      return info.getInt(0);
    }

    int tail() {
      return info.getInt(4);
    }

    void add(int counter, long count) {
      info.putLong(counter, info.getLong(counter) + count);
    }
  }

  private final Path parameters;
  private final BitSet online = new BitSet();
  private final int cpus;
  private final Map<Integer, Integer> cpuOf = new HashMap<>();
  private final List<CpuRing> rings = new ArrayList<>();
  private Thread consumer;
  private int ringBytes;
  private int nextFd = 100;
  private int unmapped;

  final BitSet syscalls = new BitSet();
  final BitSet tracepoints = new BitSet();
  final List<String> requests = new ArrayList<>();
  long api = packed(10, 1, 0);
  long schema = packed(4, 5, 1);
  boolean loaded = true;
  int failToOpen;
  int failToMap;
  int snaplen = 80;
  boolean dropFailed;

  /** A module on a machine with so many CPUs, all of them on. */
  FakeModule(Path parameters, int cpus) throws IOException {
    this.parameters = parameters;
    this.cpus = cpus;
    online.set(0, cpus);
    Files.writeString(parameters.resolve("g_buffer_bytes_dim"), "8388608\n");
    Files.writeString(parameters.resolve("max_consumers"), "5\n");
  }

  static long packed(long major, long minor, long patch) {
    return major << 44 | minor << 24 | patch;
  }

  void turnOff(int cpu) {
    online.clear(cpu);
  }

  CpuRing ring(int cpu) {
    return rings.get(cpu);
  }

  int openDevices() {
    return cpuOf.size();
  }

  @Override
  public int open(Path device) throws DeviceError {
    String operation = "open " + device;
    String name = device.getFileName().toString();
    int cpu = Integer.parseInt(name.substring("falco".length()));
    if (!loaded || cpu >= cpus || !device.getParent().endsWith("dev")) {
      throw new DeviceError(operation, Errno.ENOENT);
    }
    if (failToOpen != 0) {
      throw new DeviceError(operation, failToOpen);
    }
    if (cpuOf.isEmpty()) {
      attach();
    } else if (consumer != Thread.currentThread()) {
      throw new AssertionError("another thread opens devices: that would be another consumer");
    }
    if (!online.get(cpu)) {
      throw new DeviceError(operation, Errno.ENODEV);
    }
    if (rings.get(cpu).open) {
      throw new DeviceError(operation, Errno.EBUSY);
    }
    rings.get(cpu).open = true;
    syscalls.clear();
    snaplen = 80;
    dropFailed = false;
    cpuOf.put(nextFd, cpu);
    return nextFd++;
  }

  private void attach() {
    consumer = Thread.currentThread();
    try {
      ringBytes =
          Integer.parseInt(Files.readString(parameters.resolve("g_buffer_bytes_dim")).strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    tracepoints.clear();
    rings.clear();
    for (int cpu = 0; cpu < cpus; cpu++) {
      rings.add(new CpuRing(ringBytes));
    }
  }

  @Override
  public int request(int fd, ModuleRequest request, long argument) throws DeviceError {
    assertThatIsOpen(fd);
    requests.add(request + " " + argument);
    int number = (int) argument;
    boolean valid =
        switch (request) {
          case SET_SNAPLEN -> number <= MAX_SNAPLEN;
          case ENABLE_SYSCALL, DISABLE_SYSCALL -> number >= 0 && number < SYSCALLS;
          case ENABLE_TP, DISABLE_TP -> number >= 0 && number < ModuleTracepoint.values().length;
          case GET_CURRENT_PID,
              ENABLE_DROPFAILED,
              ENABLE_DYNAMIC_SNAPLEN,
              SET_FULLCAPTURE_PORT_RANGE,
              SET_STATSD_PORT ->
              true;
          case GET_API_VERSION, GET_SCHEMA_VERSION -> false;
        };
    if (!valid) {
      throw new DeviceError(request.toString(), Errno.EINVAL);
    }
    switch (request) {
      case SET_SNAPLEN -> snaplen = number;
      case ENABLE_SYSCALL -> syscalls.set(number);
      case DISABLE_SYSCALL -> syscalls.clear(number);
      case ENABLE_TP -> tracepoints.set(number);
      case DISABLE_TP -> tracepoints.clear(number);
      case ENABLE_DROPFAILED -> dropFailed = true;
      default -> {}
    }
    return request == ModuleRequest.GET_CURRENT_PID ? PID : 0;
  }

  @Override
  public long read(int fd, ModuleRequest request) throws DeviceError {
    assertThatIsOpen(fd);
    return switch (request) {
      case GET_API_VERSION -> api;
      case GET_SCHEMA_VERSION -> schema;
      default -> throw new DeviceError(request.toString(), Errno.ENOTTY);
    };
  }

  @Override
  public ByteBuffer map(int fd, int length, boolean writable) throws DeviceError {
    assertThatIsOpen(fd);
    if (failToMap != 0) {
      throw new DeviceError("map", failToMap);
    }
    CpuRing ring = rings.get(cpuOf.get(fd));
    if (length <= PAGE) {
      return writable ? ring.info : ring.info.asReadOnlyBuffer();
    }
    if (length != 2 * ringBytes || writable) {
      throw new DeviceError("map", Errno.EIO);
    }
    return ring.data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void unmap(ByteBuffer buffer) {
    unmapped++;
  }

  int unmapped() {
    return unmapped;
  }

  @Override
  public void close(int fd) {
    assertThatIsOpen(fd);
    rings.get(cpuOf.remove(fd)).open = false;
  }

  @Override
  public int pageSize() {
    return PAGE;
  }

  private void assertThatIsOpen(int fd) {
    if (!cpuOf.containsKey(fd)) {
      throw new AssertionError("fd " + fd + " is not open");
    }
  }
}
