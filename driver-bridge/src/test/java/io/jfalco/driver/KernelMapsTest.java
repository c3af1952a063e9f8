package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.SourceStats.CpuStats;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.EventView.Check;
import io.jfalco.event.Syscall;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KernelMapsTest {
  private static final int NATIVE = 1;
  private static final int COMPAT = 2;

  private final ByteBuffer config = EventView.newBuffer(KernelMaps.CONFIG_SIZE);
  private final ByteBuffer interest =
      EventView.newBuffer(KernelMaps.SYSCALLS * KernelMaps.INTEREST_STRIDE);
  private final ByteBuffer stats = EventView.newBuffer(2 * KernelMaps.STATS_STRIDE);
  private final KernelMaps maps = new KernelMaps(config, interest, stats, 2);

  @Test
  void writesTheSettings() {
    maps.configure(
        new ModernBpfOptions(
            NativeFiles.in(Path.of("/x")),
            4,
            2,
            true,
            80,
            20_000,
            Optional.of(new DynamicSnaplen(7000, 7100, 8125)),
            4711,
            true),
        1_700_000_000_123_456_789L);
    assertThat(config.getLong(0)).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(config.getInt(8)).isEqualTo(4711);
    assertThat(config.getInt(12)).isEqualTo(80);
    assertThat(config.getInt(16)).isEqualTo(1);
    assertThat(config.getInt(20)).as("procexit_wanted").isEqualTo(1);
    assertThat(config.getInt(24)).as("wakeup_bytes").isZero();
    assertThat(config.getInt(28)).as("dynamic_snaplen").isEqualTo(1);
    assertThat(config.getInt(32)).as("port_from").isEqualTo(7000);
    assertThat(config.getInt(36)).as("port_to").isEqualTo(7100);
    assertThat(config.getInt(40)).as("statsd_port").isEqualTo(8125);
    assertThat(config.getInt(60)).as("iterator_slot").isEqualTo(2);
    assertThat(config.getInt(44)).as("kept").isZero();
    assertThat(config.getInt(48)).as("args_size").isEqualTo(20_000);
    maps.kept(3);
    assertThat(config.getInt(44)).as("kept").isEqualTo(3);
  }

  @Test
  void interestIsExactlyWhatWasAskedFor() {
    maps.interest(codes("openat", "close"));
    assertThat(wanted()).isEqualTo(numbers(257, 3));
    maps.interest(codes("close", "execve"));
    assertThat(wanted()).isEqualTo(numbers(3, 59));
    maps.interest(new BitSet());
    assertThat(wanted()).isEqualTo(new BitSet());
  }

  @Test
  void callsThatTellWhatTheKernelUsedAreMarked() {
    maps.interest(codes("openat", "close"));
    assertThat(wanted(4)).isEqualTo(numbers(257));
    assertThat(wanted(8)).as("32-bit").isEqualTo(numbers(295));
  }

  @Test
  void codesWithoutNumberOnThisArchitectureAreIgnored() {
    BitSet all = new BitSet();
    all.set(0, 512);
    maps.interest(all);
    assertThat(wanted().cardinality())
        .isEqualTo((int) EventTable.syscalls().stream().filter(s -> s.x8664() >= 0).count());
  }

  @Test
  void callsOf32BitProgramsHaveTheirOwnNumbers() {
    maps.interest(codes("openat", "sendto"));
    assertThat(wanted(COMPAT))
        .as("openat, and by socketcall or a number of its own sendto")
        .isEqualTo(numbers(295, 102, 369));
    maps.interest(codes("semop"));
    assertThat(wanted(COMPAT)).as("by ipc").isEqualTo(numbers(117));
    assertThat(wanted()).isEqualTo(numbers(65));
  }

  @Test
  void addsTheCountersOfAllCpus() {
    stats.putLong(0, 100);
    stats.putLong(8, 1);
    stats.putLong(8 + 8 * 5, 2);
    stats.putLong(88, 4);
    stats.putLong(96, 5);
    stats.putLong(120, 6);
    int second = KernelMaps.STATS_STRIDE;
    stats.putLong(second, 1000);
    stats.putLong(second + 8 * 6, 10);
    stats.putLong(second + 88, 10);
    stats.putLong(second + 104, 7);
    stats.putLong(second + 112, 8);
    stats.putLong(second + 128, 9);

    SourceStats sum = maps.stats(77, Map.of(Check.BAD_PARAMS, 3L));
    assertThat(sum.seen()).isEqualTo(1100);
    assertThat(sum.delivered()).isEqualTo(77);
    assertThat(sum.dropsBuffer()).isEqualTo(14);
    assertThat(sum.drops())
        .isEqualTo(
            Map.of(
                DropReason.BUFFER_CLONE_FORK_EXIT, 1L,
                DropReason.BUFFER_OPEN_EXIT, 12L,
                DropReason.SCRATCH_MAP, 5L,
                DropReason.MAX_EVENT_SIZE, 7L,
                DropReason.BUG, 8L));
    assertThat(sum.dropsTotal()).isEqualTo(14 + 5 + 7 + 8);
    assertThat(sum.unreadable()).isEqualTo(9);
    assertThat(sum.ia32()).isEqualTo(6);
    assertThat(sum.skippedTotal()).isEqualTo(3);
    assertThat(sum.cpus()).containsExactly(new CpuStats(0, 100, 9), new CpuStats(1, 1000, 25));
  }

  private BitSet wanted() {
    return wanted(NATIVE);
  }

  private BitSet wanted(int bit) {
    BitSet set = new BitSet();
    for (int i = 0; i < KernelMaps.SYSCALLS; i++) {
      set.set(i, (interest.get(i * KernelMaps.INTEREST_STRIDE) & bit) != 0);
    }
    return set;
  }

  private static BitSet numbers(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return set;
  }

  static BitSet codes(String... names) {
    BitSet set = new BitSet();
    for (String name : names) {
      set.set(EventTable.syscall(name).map(Syscall::code).orElseThrow());
    }
    return set;
  }
}
