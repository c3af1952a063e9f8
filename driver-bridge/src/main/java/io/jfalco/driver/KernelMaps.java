package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.Ia32Call;
import io.jfalco.event.Syscall;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The mapped maps that are shared with the eBPF programs: what they shall do, and what they count.
 * Reading and writing them enters no native code. The layouts repeat {@code
 * native/bpf/include/maps.h}.
 *
 * <pre>
 *  config    0 boot_epoch_ns u64 | 8 self_tgid u32 | 12 snaplen u32 | 16 drop_failed u32
 *           20 procexit_wanted u32 | 24 wakeup_bytes u32 | 28 dynamic_snaplen u32
 *           32 port_from u32 | 36 port_to u32 | 40 statsd_port u32 | 44 kept u32 | 48 args_size u32
 *           60 iterator_slot u32
 *  interest  8 bytes for each system call number, in the first byte bit 0: the x86_64 call of this
 *            number is wanted, bit 1: the 32-bit call of this number is; bits 2 and 3: the record of
 *            these tells what the kernel used
 *  stats     256 bytes for each CPU: 0 n_evts | 8 drops_buffer[10] | 88 drops_buffer_total
 *           96 drops_scratch | 104 drops_max_event_size | 112 drops_bug | 120 ia32 | 128 pf
 * </pre>
 */
final class KernelMaps {
  static final int CONFIG_SIZE = 64;
  static final int SYSCALLS = 512;
  static final int INTEREST_STRIDE = 8;
  static final int STATS_STRIDE = 256;

  /** Bits of an entry of interest: the system call of this number, the 32-bit one. */
  private static final byte WANTED = 1;

  private static final byte WANTED_COMPAT = 2;
  private static final byte TELLS = 4;
  private static final byte TELLS_COMPAT = 8;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BUFFER_KINDS = 10;
  private static final int AT_DROPS_BUFFER = 8;
  private static final int AT_DROPS_TOTAL = 88;
  private static final int AT_SCRATCH = 96;
  private static final int AT_MAX_EVENT_SIZE = 104;
  private static final int AT_BUG = 112;
  private static final int AT_IA32 = 120;
  private static final int AT_UNREADABLE = 128;

  private static final List<Ia32Call> IA32_CALLS = EventTable.ia32Calls();

  private final ByteBuffer config;
  private final ByteBuffer interest;
  private final ByteBuffer stats;
  private final int cpus;

  /** What we have written last. */
  private final byte[] ownConfig = new byte[CONFIG_SIZE];

  private byte[] ownInterest = new byte[SYSCALLS];

  KernelMaps(ByteBuffer config, ByteBuffer interest, ByteBuffer stats, int cpus) {
    this.config = config;
    this.interest = interest;
    this.stats = stats;
    this.cpus = cpus;
  }

  /** Writes the settings. */
  void configure(ModernBpfOptions options, long bootEpoch) {
    config.putLong(0, bootEpoch);
    config.putInt(8, options.selfTgid());
    config.putInt(12, options.snaplen());
    config.putInt(16, options.dropFailedExit() ? 1 : 0);
    config.putInt(20, 1);
    config.putInt(24, 0);
    config.putInt(28, options.dynamicSnaplen().isPresent() ? 1 : 0);
    config.putInt(48, options.argsSize());
    options.dynamicSnaplen().ifPresent(this::configure);
    config.putInt(60, cpus);
    VarHandle.fullFence();
    config.get(0, ownConfig);
  }

  private void configure(DynamicSnaplen dynamic) {
    config.putInt(32, dynamic.firstPort());
    config.putInt(36, dynamic.lastPort());
    config.putInt(40, dynamic.statsdPort());
  }

  /**
   * From now on arguments can be compared with what the kernel used.
   *
   * @param kept {@code enum jf_kept}: the programs that see it
   */
  void kept(int kept) {
    config.putInt(44, kept);
    VarHandle.fullFence();
    config.get(0, ownConfig);
  }

  /** From now on exactly these system calls (by Falco's codes) are sent. */
  void interest(BitSet codes) {
    byte[] wanted = new byte[SYSCALLS];
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.x8664() >= 0 && codes.get(syscall.code())) {
        wanted[syscall.x8664()] |= tells(syscall) ? WANTED | TELLS : WANTED;
      }
    }
    for (Ia32Call call : IA32_CALLS) {
      if (codes.get(call.call().code())) {
        wanted[call.number()] |= tells(call.call()) ? WANTED_COMPAT | TELLS_COMPAT : WANTED_COMPAT;
      }
    }
    for (int i = 0; i < SYSCALLS; i++) {
      interest.put(i * INTEREST_STRIDE, wanted[i]);
    }
    VarHandle.fullFence();
    ownInterest = wanted;
  }

  /** Names of the maps that hold something else than what was written here. */
  List<String> changed() {
    List<String> names = new ArrayList<>();
    byte[] now = new byte[CONFIG_SIZE];
    config.get(0, now);
    if (!Arrays.equals(now, ownConfig)) {
      names.add("config");
    }
    for (int i = 0; i < SYSCALLS; i++) {
      if (interest.get(i * INTEREST_STRIDE) != ownInterest[i]) {
        names.add("interest");
        break;
      }
    }
    return names;
  }

  private static boolean tells(Syscall syscall) {
    return syscall.exit().info().param("toctou").isPresent();
  }

  /** The counters of the kernel side, with those of the reader. */
  SourceStats stats(long delivered, Map<EventView.Check, Long> skipped) {
    long seen = 0;
    long dropsBuffer = 0;
    long unreadable = 0;
    long ia32 = 0;
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    List<SourceStats.CpuStats> perCpu = new ArrayList<>();
    DropReason[] reasons = DropReason.values();
    for (int cpu = 0; cpu < cpus; cpu++) {
      for (int kind = 0; kind < BUFFER_KINDS; kind++) {
        add(drops, reasons[kind], counter(cpu, AT_DROPS_BUFFER + 8 * kind));
      }
      long scratch = counter(cpu, AT_SCRATCH);
      long maxSize = counter(cpu, AT_MAX_EVENT_SIZE);
      long bug = counter(cpu, AT_BUG);
      long buffer = counter(cpu, AT_DROPS_TOTAL);
      long events = counter(cpu, 0);
      add(drops, DropReason.SCRATCH_MAP, scratch);
      add(drops, DropReason.MAX_EVENT_SIZE, maxSize);
      add(drops, DropReason.BUG, bug);
      seen += events;
      dropsBuffer += buffer;
      unreadable += counter(cpu, AT_UNREADABLE);
      ia32 += counter(cpu, AT_IA32);
      perCpu.add(new SourceStats.CpuStats(cpu, events, buffer + scratch + maxSize + bug));
    }
    return new SourceStats(seen, delivered, dropsBuffer, drops, unreadable, ia32, skipped, perCpu);
  }

  private long counter(int cpu, int at) {
    return (long) LONG.getOpaque(stats, cpu * STATS_STRIDE + at);
  }

  private static void add(Map<DropReason, Long> drops, DropReason reason, long count) {
    if (count != 0) {
      drops.merge(reason, count, Long::sum);
    }
  }
}
