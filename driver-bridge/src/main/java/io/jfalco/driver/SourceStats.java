package io.jfalco.driver;

import io.jfalco.event.EventView;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counters of a source since it was opened.
 *
 * @param seen events that the kernel side met, dropped ones included; for a file the events read
 * @param delivered events handed to the handler
 * @param dropsBuffer events lost because their ring was full, of all kinds
 * @param drops events lost by reason; a reason that never happened may be absent
 * @param unreadable arguments that could not be read because their page was not in memory; the
 *     event came without them
 * @param ia32 32-bit system calls that were delivered
 * @param skipped records that contradict their own lengths, by what is wrong with them; never
 *     delivered
 * @param cpus the same for each CPU; empty where the source has none
 */
public record SourceStats(
    long seen,
    long delivered,
    long dropsBuffer,
    Map<DropReason, Long> drops,
    long unreadable,
    long ia32,
    Map<EventView.Check, Long> skipped,
    List<CpuStats> cpus) {

  /**
   * Counters of one CPU.
   *
   * @param cpu its number
   * @param seen events met, dropped ones included
   * @param drops events lost
   */
  public record CpuStats(int cpu, long seen, long drops) {}

  /** Copies the collections. */
  public SourceStats {
    drops = copy(DropReason.class, drops);
    skipped = copy(EventView.Check.class, skipped);
    cpus = List.copyOf(cpus);
  }

  /** Counters of a source that cannot drop: a file. */
  public static SourceStats ofFile(
      long seen, long delivered, Map<EventView.Check, Long> skippedByCheck) {
    return new SourceStats(seen, delivered, 0, Map.of(), 0, 0, skippedByCheck, List.of());
  }

  /** How often a reason happened. */
  public long drops(DropReason reason) {
    return drops.getOrDefault(reason, 0L);
  }

  /** All events lost, for whatever reason. */
  public long dropsTotal() {
    return dropsBuffer
        + drops(DropReason.SCRATCH_MAP)
        + drops(DropReason.PAGE_FAULTS)
        + drops(DropReason.MAX_EVENT_SIZE)
        + drops(DropReason.BUG);
  }

  /** Records skipped because they contradict their own lengths. */
  public long skippedTotal() {
    long sum = 0;
    for (long count : skipped.values()) {
      sum += count;
    }
    return sum;
  }

  private static <K extends Enum<K>> Map<K, Long> copy(Class<K> keys, Map<K, Long> from) {
    EnumMap<K, Long> map = new EnumMap<>(keys);
    map.putAll(from);
    return Collections.unmodifiableMap(map);
  }
}
