package io.jfalco.driver;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * Every native call of this module: one open eBPF object, through {@code libjfalco.so} (see {@code
 * native/shim/jfalco.h}). A call costs about 250 ns, so none is made for each event. Owned by one
 * thread at a time.
 */
final class NativeBpf implements AutoCloseable {
  /** The functions of the library, named as in its header. */
  // Public because the generated implementation lives in another class loader.
  public interface Functions {
    Pointer jf_new(@In String logPath);

    void jf_free(Pointer jf);

    String jf_error(Pointer jf);

    String jf_refused(Pointer jf);

    int jf_open(Pointer jf, @In String object);

    int jf_list(Pointer jf, @Out byte[] out, int size);

    int jf_set_autoload(Pointer jf, @In String program, int on);

    int jf_set_max_entries(Pointer jf, @In String map, int entries);

    int jf_load(Pointer jf);

    int jf_program_fd(Pointer jf, @In String program);

    int jf_map_fd(Pointer jf, @In String map);

    int jf_ring(Pointer jf, int bytes);

    int jf_update(Pointer jf, int mapFd, @In int[] key, @In int[] value);

    Pointer jf_mmap(Pointer jf, int fd, long offset, long length, int writable);

    int jf_munmap(Pointer jf, Pointer at, long length);

    int jf_attach(Pointer jf, @In String program);

    int jf_detach_program(Pointer jf, @In String program);

    void jf_detach(Pointer jf);

    int jf_lost(Pointer jf, @Out byte[] out, int size);

    int jf_program_info(Pointer jf, int programFd, @Out long[] out);

    int jf_map_id(Pointer jf, int mapFd);

    int jf_lookup(Pointer jf, int mapFd, @In int[] key, @Out int[] value);

    int jf_iter_open(Pointer jf, @In String program);

    int jf_iter_read(Pointer jf, int fd, Pointer out, int size);

    void jf_iter_close(int fd);

    int jf_possible_cpus();

    int jf_page_size();

    long jf_boot_clock();

    long jf_boot_epoch();
  }

  /** A program of the object. */
  record Program(String name, String section) {}

  /** A map of the object, as declared. */
  record BpfMap(String name, int type, int keySize, int valueSize, int maxEntries) {}

  /** What the object holds. */
  record Contents(List<Program> programs, List<BpfMap> maps) {}

  private record Mapping(Pointer at, long length) {}

  private static final int LOST_SIZE = 4096;
  private static final String ERRNO = ": errno ";

  private final Functions functions;
  private final List<Mapping> mappings = new ArrayList<>();
  private Pointer handle;

  /** Prepares one object; the logs of libbpf and of the verifier are appended to a file. */
  NativeBpf(Functions functions, Optional<Path> log) throws BpfError {
    this.functions = functions;
    this.handle = functions.jf_new(log.map(Path::toString).orElse(null));
    if (handle == null) {
      throw new BpfError("create handle of libjfalco.so", Errno.ENOMEM);
    }
  }

  /** Loads the library. Throws {@link UnsatisfiedLinkError} with the linker's words. */
  static Functions load(Path library) {
    return LibraryLoader.create(Functions.class).failImmediately().load(library.toString());
  }

  void open(Path object) throws BpfError {
    check(functions.jf_open(handle, object.toString()));
  }

  Contents contents() throws BpfError {
    int size = check(functions.jf_list(handle, new byte[1], 1));
    byte[] text = new byte[size];
    check(functions.jf_list(handle, text, size));
    List<Program> programs = new ArrayList<>();
    List<BpfMap> maps = new ArrayList<>();
    for (String line : new String(text, 0, size - 1, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] part = line.split("\t", -1);
      if (part[0].equals("p")) {
        programs.add(new Program(part[1], part[2]));
      } else if (part[0].equals("m")) {
        maps.add(
            new BpfMap(
                part[1],
                Integer.parseInt(part[2]),
                Integer.parseInt(part[3]),
                Integer.parseInt(part[4]),
                Integer.parseUnsignedInt(part[5])));
      }
    }
    return new Contents(List.copyOf(programs), List.copyOf(maps));
  }

  void autoload(String program, boolean on) throws BpfError {
    check(functions.jf_set_autoload(handle, program, on ? 1 : 0));
  }

  void maxEntries(String map, int entries) throws BpfError {
    check(functions.jf_set_max_entries(handle, map, entries));
  }

  void loadIntoKernel() throws BpfError {
    check(functions.jf_load(handle));
  }

  /** Name of the program because of which {@link #loadIntoKernel} failed; empty if unknown. */
  String refused() {
    return functions.jf_refused(handle);
  }

  int programFd(String program) throws BpfError {
    return check(functions.jf_program_fd(handle, program));
  }

  int mapFd(String map) throws BpfError {
    return check(functions.jf_map_fd(handle, map));
  }

  int ring(int bytes) throws BpfError {
    return check(functions.jf_ring(handle, bytes));
  }

  void update(int mapFd, int key, int value) throws BpfError {
    check(functions.jf_update(handle, mapFd, new int[] {key}, new int[] {value}));
  }

  /** Maps pages of a map; they stay mapped until {@link #close}. */
  ByteBuffer map(int fd, long offset, int length, boolean writable) throws BpfError {
    Pointer at = functions.jf_mmap(handle, fd, offset, length, writable ? 1 : 0);
    if (at == null) {
      throw failure();
    }
    mappings.add(new Mapping(at, length));
    ByteBuffer buffer = MemoryIO.getInstance().newDirectByteBuffer(at.address(), length);
    return (writable ? buffer : buffer.asReadOnlyBuffer()).order(ByteOrder.LITTLE_ENDIAN);
  }

  void attach(String program) throws BpfError {
    check(functions.jf_attach(handle, program));
  }

  /** Detaches one program, if it is attached. */
  void detach(String program) throws BpfError {
    check(functions.jf_detach_program(handle, program));
  }

  /** Detaches all programs. */
  void detach() {
    functions.jf_detach(handle);
  }

  /** Names of programs that were attached and are no longer, without our doing. */
  List<String> lost() {
    byte[] text = new byte[LOST_SIZE];
    if (functions.jf_lost(handle, text, LOST_SIZE) == 0) {
      return List.of();
    }
    int end = 0;
    while (end < LOST_SIZE && text[end] != 0) {
      end++;
    }
    return List.of(new String(text, 0, end, StandardCharsets.UTF_8).split(" ", -1));
  }

  /** Id, runs and nanoseconds of a loaded program; the latter are 0 unless the kernel counts. */
  long[] programInfo(int programFd) throws BpfError {
    long[] info = new long[3];
    check(functions.jf_program_info(handle, programFd, info));
    return info;
  }

  /** The kernel's id of a map. */
  int mapId(int mapFd) throws BpfError {
    return check(functions.jf_map_id(handle, mapFd));
  }

  /** Id of the program or map at a place of a map of such; 0 when there is none. */
  int idAt(int mapFd, int key) throws BpfError {
    int[] id = new int[1];
    int result = functions.jf_lookup(handle, mapFd, new int[] {key}, id);
    if (result == -Errno.ENOENT) {
      return 0;
    }
    check(result);
    return id[0];
  }

  /** Opens what an iterator writes; to be closed. */
  int openIterator(String program) throws BpfError {
    return check(functions.jf_iter_open(handle, program));
  }

  /** Fills a direct buffer from a position on; the bytes read, 0 at the end. */
  int readIterator(int fd, ByteBuffer into, int at) throws BpfError {
    long address = MemoryIO.getInstance().getDirectBufferAddress(into) + at;
    Pointer out = Pointer.wrap(Runtime.getRuntime(functions), address);
    return check(functions.jf_iter_read(handle, fd, out, into.capacity() - at));
  }

  void closeIterator(int fd) {
    functions.jf_iter_close(fd);
  }

  int possibleCpus() throws BpfError {
    int cpus = functions.jf_possible_cpus();
    if (cpus < 0) {
      throw new BpfError("count CPUs", -cpus);
    }
    return cpus;
  }

  int pageSize() {
    return functions.jf_page_size();
  }

  /** Nanoseconds since boot. */
  long bootClock() {
    return functions.jf_boot_clock();
  }

  /** Nanoseconds since the epoch at boot. */
  long bootEpoch() {
    return functions.jf_boot_epoch();
  }

  /** Unmaps, detaches and unloads. Buffers that {@link #map} gave must not be touched any more. */
  @Override
  public void close() {
    if (handle == null) {
      return;
    }
    for (Mapping mapping : mappings) {
      functions.jf_munmap(handle, mapping.at(), mapping.length());
    }
    mappings.clear();
    functions.jf_free(handle);
    handle = null;
  }

  private int check(int result) throws BpfError {
    if (result < 0) {
      throw failure();
    }
    return result;
  }

  private BpfError failure() {
    String text = functions.jf_error(handle);
    int at = text.lastIndexOf(ERRNO);
    return at < 0
        ? new BpfError(text, Errno.EINVAL)
        : new BpfError(
            text.substring(0, at), Integer.parseInt(text.substring(at + ERRNO.length())));
  }
}
