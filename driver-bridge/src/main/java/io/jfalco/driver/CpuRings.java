package io.jfalco.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** Which CPU writes to which ring. */
final class CpuRings {
  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

  private final int rings;
  private final int[] ringOf;

  private CpuRings(int rings, int[] ringOf) {
    this.rings = rings;
    this.ringOf = ringOf;
  }

  /** Number of rings. */
  int rings() {
    return rings;
  }

  /** The ring that a CPU writes to, from 0. */
  int ringOf(int cpu) {
    return ringOf[cpu];
  }

  /**
   * Groups the CPUs that are on; rings take much memory, so CPUs that are off share those of the
   * others in case they come up.
   *
   * @param possible number of CPUs that the kernel can have
   * @param online those that are on
   * @param cpusForEachBuffer size of a group; 0: all in one
   */
  static CpuRings group(int possible, BitSet online, int cpusForEachBuffer) {
    int count = Math.max(1, online.cardinality());
    int size = cpusForEachBuffer == 0 ? count : cpusForEachBuffer;
    int rings = (count + size - 1) / size;
    int[] ringOf = new int[possible];
    int index = 0;
    for (int cpu = 0; cpu < possible; cpu++) {
      ringOf[cpu] = online.get(cpu) ? index++ / size : cpu % rings;
    }
    return new CpuRings(rings, ringOf);
  }

  /** The CPUs that are on; all possible ones when that cannot be read. */
  static BitSet online(int possible) {
    try {
      return parse(Files.readString(ONLINE).strip());
    } catch (IOException | NumberFormatException unknown) {
      BitSet all = new BitSet();
      all.set(0, possible);
      return all;
    }
  }

  /** Parses {@code 0-3,5}. */
  static BitSet parse(String list) {
    BitSet cpus = new BitSet();
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", -1);
      cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return cpus;
  }
}
