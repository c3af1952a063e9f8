package io.jfalco.driver;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of {@link KmodSource}.
 *
 * @param hostRoot where the host's root directory is: {@code /} unless in a container
 * @param bufSizePreset size of the ring of a CPU, as {@link RingSize} says
 * @param dropFailedExit leave out calls that failed
 * @param snaplen bytes of the data of reads, writes and the like that are kept, at most; the module
 *     takes no more than 65000
 * @param dynamicSnaplen keeps more of some data
 */
public record KmodOptions(
    Path hostRoot,
    int bufSizePreset,
    boolean dropFailedExit,
    int snaplen,
    Optional<DynamicSnaplen> dynamicSnaplen) {
  /** Checks the ranges. */
  public KmodOptions {
    RingSize.check(bufSizePreset);
    if (snaplen < 0) {
      throw new IllegalArgumentException("snaplen is negative");
    }
  }

  /** Falco's defaults. */
  public static KmodOptions defaults(Path hostRoot) {
    return new KmodOptions(
        hostRoot, RingSize.DEFAULT, false, ModernBpfOptions.DEFAULT_SNAPLEN, Optional.empty());
  }

  /** The same with more of some data. */
  public KmodOptions withDynamicSnaplen(Optional<DynamicSnaplen> other) {
    return new KmodOptions(hostRoot, bufSizePreset, dropFailedExit, snaplen, other);
  }

  /** Bytes of one ring. */
  public int ringBytes() {
    return RingSize.bytes(bufSizePreset);
  }
}
