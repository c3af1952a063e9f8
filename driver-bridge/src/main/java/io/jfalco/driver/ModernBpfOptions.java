package io.jfalco.driver;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Settings of {@link ModernBpfSource}.
 *
 * @param files the native library and the eBPF object
 * @param bufSizePreset size of a ring: 1 is 1 MiB, each step doubles it, 10 is 512 MiB
 * @param cpusForEachBuffer so many CPUs share a ring; 0: one ring for all
 * @param dropFailedExit leave out calls that failed
 * @param snaplen bytes of the data of reads, writes and the like that are kept, at most
 * @param argsSize bytes of a program's arguments, and of its environment, that are kept
 * @param dynamicSnaplen keeps more of some data, if present
 * @param selfTgid process whose own events are left out, as the initial pid namespace numbers it
 * @param iterators the processes that run at the start are read by BPF iterators where they can be
 */
public record ModernBpfOptions(
    NativeFiles files,
    int bufSizePreset,
    int cpusForEachBuffer,
    boolean dropFailedExit,
    int snaplen,
    int argsSize,
    Optional<DynamicSnaplen> dynamicSnaplen,
    int selfTgid,
    boolean iterators) {
  /** Falco's default number of CPUs for a ring. */
  public static final int DEFAULT_CPUS_FOR_EACH_BUFFER = 2;

  /** Falco's default for the data kept of a read or write. */
  public static final int DEFAULT_SNAPLEN = 80;

  /** What Falco keeps of a program's arguments, and of its environment. */
  public static final int DEFAULT_ARGS_SIZE = 4096;

  /** The most that a record has room for. */
  public static final int LARGEST_ARGS_SIZE = 24_576;

  /** Checks the ranges. */
  public ModernBpfOptions {
    RingSize.check(bufSizePreset);
    if (cpusForEachBuffer < 0) {
      throw new IllegalArgumentException("cpus_for_each_buffer is negative");
    }
    if (snaplen < 0 || snaplen > 65535) {
      throw new IllegalArgumentException("snaplen must be 0 to 65535, not " + snaplen);
    }
    if (argsSize < 1 || argsSize > LARGEST_ARGS_SIZE) {
      throw new IllegalArgumentException("args_size must be 1 to 24576, not " + argsSize);
    }
  }

  /** Falco's defaults, for the files found from {@code home}, leaving this process out. */
  public static ModernBpfOptions defaults(Path home) {
    return new ModernBpfOptions(
        NativeFiles.of(home),
        RingSize.DEFAULT,
        DEFAULT_CPUS_FOR_EACH_BUFFER,
        false,
        DEFAULT_SNAPLEN,
        DEFAULT_ARGS_SIZE,
        Optional.empty(),
        Math.toIntExact(ProcessHandle.current().pid()),
        true);
  }

  /** All values, while one of them changes. */
  private static final class Draft {
    private NativeFiles files;
    private int bufSizePreset;
    private int cpusForEachBuffer;
    private boolean dropFailedExit;
    private int snaplen;
    private int argsSize;
    private Optional<DynamicSnaplen> dynamicSnaplen;
    private final int selfTgid;
    private boolean iterators;

    Draft(ModernBpfOptions from) {
      files = from.files;
      bufSizePreset = from.bufSizePreset;
      cpusForEachBuffer = from.cpusForEachBuffer;
      dropFailedExit = from.dropFailedExit;
      snaplen = from.snaplen;
      argsSize = from.argsSize;
      dynamicSnaplen = from.dynamicSnaplen;
      selfTgid = from.selfTgid;
      iterators = from.iterators;
    }

    ModernBpfOptions options() {
      return new ModernBpfOptions(
          files,
          bufSizePreset,
          cpusForEachBuffer,
          dropFailedExit,
          snaplen,
          argsSize,
          dynamicSnaplen,
          selfTgid,
          iterators);
    }
  }

  private ModernBpfOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** The same with another ring size. */
  public ModernBpfOptions withBufSizePreset(int preset) {
    return with(draft -> draft.bufSizePreset = preset);
  }

  /** The same with another number of CPUs for a ring. */
  public ModernBpfOptions withCpusForEachBuffer(int cpus) {
    return with(draft -> draft.cpusForEachBuffer = cpus);
  }

  /** The same with or without failed calls. */
  public ModernBpfOptions withDropFailedExit(boolean drop) {
    return with(draft -> draft.dropFailedExit = drop);
  }

  /** The same with another bound for data. */
  public ModernBpfOptions withSnaplen(int bytes) {
    return with(draft -> draft.snaplen = bytes);
  }

  /** The same with another limit for arguments and environments, in bytes. */
  public ModernBpfOptions withArgsSize(int bytes) {
    return with(draft -> draft.argsSize = bytes);
  }

  /** The same with another rule for more data, or none. */
  public ModernBpfOptions withDynamicSnaplen(Optional<DynamicSnaplen> dynamic) {
    return with(draft -> draft.dynamicSnaplen = dynamic);
  }

  /** The same with other files. */
  public ModernBpfOptions withFiles(NativeFiles other) {
    return with(draft -> draft.files = other);
  }

  /** The same with or without iterators. */
  public ModernBpfOptions withIterators(boolean on) {
    return with(draft -> draft.iterators = on);
  }

  /** Bytes of one ring. */
  public int ringBytes() {
    return RingSize.bytes(bufSizePreset);
  }
}
