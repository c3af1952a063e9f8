package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.jfalco.driver.DriverException.Code;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView.Check;
import io.jfalco.event.Syscall;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader of the kernel module against {@link FakeModule}. */
class KmodSourceTest {
  private static final int RING = 1 << 20;
  private static final long NOW = 1_000_000_000_000L;

  @TempDir Path host;
  private FakeModule module;
  private KmodSource source;
  private long now = NOW;
  private Optional<DynamicSnaplen> dynamic = Optional.empty();
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void load() throws IOException {
    Files.createDirectories(host.resolve("proc/" + FakeModule.PID + "/task/" + FakeModule.PID));
    Files.createDirectories(host.resolve("proc/" + FakeModule.PID + "/task/4712"));
    module = new FakeModule(Files.createDirectory(host.resolve("parameters")), 2);
    source = source(1, false, 80);
  }

  @AfterEach
  void close() {
    source.close();
    assertThat(module.openDevices()).isZero();
  }

  private KmodSource source(int preset, boolean dropFailed, int snaplen) {
    return new KmodSource(
        new KmodOptions(host, preset, dropFailed, snaplen, dynamic),
        module,
        new ModuleParameters(host.resolve("parameters")),
        () -> now);
  }

  private static BitSet codes(String... names) {
    BitSet codes = new BitSet();
    for (String name : names) {
      codes.set(EventTable.syscall(name).orElseThrow().code());
    }
    return codes;
  }

  private void start(String... names) throws DriverException {
    source.open();
    source.interest(codes(names));
    source.start();
  }

  private int poll() throws DriverException {
    return source.poll(event -> seen.add(event.timestamp() + "/" + event.cpu()), 1000);
  }

  private static byte[] close(long timestamp) {
    return FakeRing.close(timestamp, 77);
  }

  private static byte[] withPid(EventType type, long tid, long pid) {
    EventBuilder builder = EventBuilder.of(type).timestamp(1).tid(tid);
    return FakeRing.bytes(builder.number(0).text("x").missing().number(tid).number(pid).build());
  }

  @Test
  void opensADeviceForEachCpuWithRingsOfTheChosenSize() throws Exception {
    source.open();
    assertThat(module.openDevices()).isEqualTo(2);
    assertThat(host.resolve("parameters/g_buffer_bytes_dim")).hasContent("" + RING);
    assertThat(module.ring(0).data.capacity()).isEqualTo(2 * RING);
    assertThat(module.requests).containsExactly("SET_SNAPLEN 80", "GET_CURRENT_PID 0");
    source.close();
    assertThat(module.unmapped()).isEqualTo(4);
  }

  @Test
  void aSizeThatTheModuleHasIsNotWritten() throws Exception {
    Path file = host.resolve("parameters/g_buffer_bytes_dim");
    source = source(4, false, 80);
    source.open();
    assertThat(file).hasContent("8388608\n");
  }

  @Test
  void settingsAreTold() throws Exception {
    source = source(1, true, 300);
    source.open();
    assertThat(module.snaplen).isEqualTo(300);
    assertThat(module.dropFailed).isTrue();
  }

  @Test
  void dynamicSnaplenIsTold() throws Exception {
    dynamic = Optional.of(new DynamicSnaplen(7000, 7100, 8126));
    source = source(1, false, 80);
    source.open();
    assertThat(module.requests)
        .containsSubsequence(
            "SET_FULLCAPTURE_PORT_RANGE " + (7100 * 65536 + 7000),
            "SET_STATSD_PORT 8126",
            "ENABLE_DYNAMIC_SNAPLEN 0");
  }

  @Test
  void cpusThatAreOffHaveNoRing() throws Exception {
    module.turnOff(0);
    start("close");
    module.ring(1).syscall("close", close(1));
    assertThat(module.openDevices()).isEqualTo(1);
    poll();
    assertThat(seen).containsExactly("1/0");
  }

  @Test
  void mergesTheRingsByTime() throws Exception {
    start("close");
    for (long i = 1; i < 100; i += 2) {
      module.ring(0).syscall("close", close(i));
      module.ring(1).syscall("close", close(i + 1));
    }
    assertThat(poll()).isEqualTo(100);
    assertThat(seen).hasSize(100).startsWith("1/0", "2/1", "3/0").endsWith("99/0", "100/1");
    assertThat(module.ring(0).tail()).isEqualTo(module.ring(0).head()).isPositive();
    assertThat(poll()).isZero();
  }

  @Test
  void recordsGoOnAtTheBeginningOfTheRing() throws Exception {
    source.open();
    // The reader starts where the module is: the first record goes over the end.
    List<Long> numbers = new ArrayList<>();
    KmodRing ring = ringAt(RING - 40);
    RingBufferReader reader = new RingBufferReader(new Ring[] {ring});
    for (long i = 1; i <= 60_000; i++) {
      assertThat(module.ring(0).record(close(i), -1)).isTrue();
      if (i % 1000 == 0) {
        reader.poll(event -> numbers.add(event.timestamp()), 1000, Long.MAX_VALUE - 1);
      }
    }
    assertThat(numbers).hasSize(60_000).isSorted().doesNotHaveDuplicates();
    assertThat(module.ring(0).tail()).isEqualTo(module.ring(0).head());
  }

  private KmodRing ringAt(int offset) {
    module.ring(0).moveTo(offset);
    return new KmodRing(module.ring(0).info, module.ring(0).data, RING);
  }

  @Test
  void aFullRingDropsAndCounts() throws Exception {
    start("close");
    int fit = 0;
    while (module.ring(0).record(close(1), 8)) {
      fit++;
    }
    assertThat(fit).isEqualTo((RING - 1) / close(1).length);
    module.ring(1).add(104, 3);
    module.ring(1).add(112, 2);
    SourceStats stats = source.stats();
    assertThat(stats.dropsBuffer()).isEqualTo(1);
    assertThat(stats.drops())
        .isEqualTo(
            Map.of(
                DropReason.BUFFER_CLOSE_EXIT, 1L,
                DropReason.PAGE_FAULTS, 3L,
                DropReason.PREEMPTIONS, 2L));
    assertThat(stats.dropsTotal()).isEqualTo(4);
    assertThat(stats.seen()).isEqualTo(fit + 1);
    assertThat(stats.cpus())
        .containsExactly(
            new SourceStats.CpuStats(0, fit + 1, 1), new SourceStats.CpuStats(1, 0, 3));
    while (poll() > 0) {}
    assertThat(seen).hasSize(fit);
    assertThat(source.stats().delivered()).isEqualTo(fit);
    assertThat(module.ring(0).record(close(2), 8)).isTrue();
  }

  @Test
  void onlyWhatIsWantedIsEnabled() throws Exception {
    start("openat", "clone");
    assertThat(module.syscalls).isEqualTo(numbers("openat", "clone"));
    assertThat(module.tracepoints)
        .isEqualTo(
            tracepoints(
                ModuleTracepoint.SYS_ENTER,
                ModuleTracepoint.SYS_EXIT,
                ModuleTracepoint.SCHED_PROCESS_EXIT,
                ModuleTracepoint.SCHED_PROCESS_FORK));
    module.requests.clear();
    source.interest(codes("openat", "execve", "sched_switch", "signal_deliver"));
    assertThat(module.requests)
        .containsExactlyInAnyOrder(
            "DISABLE_SYSCALL " + number("clone"),
            "ENABLE_SYSCALL " + number("execve"),
            "DISABLE_TP 7",
            "ENABLE_TP 8",
            "ENABLE_TP 3",
            "ENABLE_TP 6");
    assertThat(module.ring(0).syscall("clone", close(1))).isFalse();
    assertThat(module.ring(0).syscall("execve", close(1))).isTrue();
  }

  private static int number(String name) {
    return EventTable.syscall(name).map(Syscall::x8664).orElseThrow();
  }

  private static BitSet numbers(String... names) {
    BitSet numbers = new BitSet();
    for (String name : names) {
      numbers.set(number(name));
    }
    return numbers;
  }

  private static BitSet tracepoints(ModuleTracepoint... wanted) {
    BitSet set = new BitSet();
    for (ModuleTracepoint one : wanted) {
      set.set(one.ordinal());
    }
    return set;
  }

  @Test
  void withoutSystemCallsTheEndOfThreadsRemains() throws Exception {
    start();
    assertThat(module.tracepoints).isEqualTo(tracepoints(ModuleTracepoint.SCHED_PROCESS_EXIT));
  }

  @Test
  void everySystemCallAndTracepointIsSupported() throws Exception {
    source.open();
    BitSet supported = source.supported();
    assertThat(supported.get(code("openat"))).isTrue();
    assertThat(supported.get(code("page_fault_kernel"))).isTrue();
    assertThat(supported.get(code("sched_process_exit"))).isTrue();
    source.interest(supported);
    source.start();
    assertThat(module.tracepoints.cardinality()).isEqualTo(ModuleTracepoint.values().length);
    assertThat(source.refused()).isEmpty();
  }

  private static int code(String name) {
    return codes(name).nextSetBit(0);
  }

  @Test
  void stopsAndDeliversWhatGathered() throws Exception {
    start("close");
    module.ring(1).syscall("close", close(now + 1_000_000_000));
    source.stop();
    assertThat(poll()).isEqualTo(1);
    assertThat(module.tracepoints).isEqualTo(new BitSet());
    assertThat(poll()).isEqualTo(EventSource.END);
    assertThat(poll()).isEqualTo(EventSource.END);
  }

  @Test
  void youngRecordsWaitForOlderOnesOfOtherCpus() throws Exception {
    start("close");
    module.ring(0).syscall("close", close(NOW));
    assertThat(poll()).isZero();
    module.ring(1).syscall("close", close(NOW - 1));
    now = NOW + 1_000_000;
    assertThat(poll()).isEqualTo(2);
    assertThat(seen).containsExactly(NOW - 1 + "/1", NOW + "/0");
  }

  @Test
  void aClockThatIsSetBackDoesNotStopTheStream() throws Exception {
    start("close");
    module.ring(0).syscall("close", close(NOW + 3_600_000_000_000L));
    int polls = 0;
    while (poll() == 0) {
      polls++;
      assertThat(polls).isLessThan(50);
    }
    assertThat(seen).hasSize(1);
    assertThat(polls).isPositive();
  }

  @Test
  void ownEventsAreHidden() throws Exception {
    start("close", "clone", "execve");
    FakeModule.CpuRing ring = module.ring(0);
    ring.record(FakeRing.close(1, FakeModule.PID), -1);
    ring.record(FakeRing.close(2, 4712), -1);
    ring.record(withPid(EventType.SYSCALL_CLONE_20_X, 4713, FakeModule.PID), -1);
    ring.record(FakeRing.close(3, 4713), -1);
    ring.record(withPid(EventType.SYSCALL_CLONE_20_X, 4714, 4714), -1);
    ring.record(FakeRing.close(4, 4714), -1);
    ring.record(withPid(EventType.PROCEXIT_1_E, 4712, 0), -1);
    ring.record(FakeRing.close(5, 4712), -1);
    ring.record(withPid(EventType.SYSCALL_EXECVE_19_X, 4713, 4713), -1);
    ring.record(FakeRing.close(6, 4713), -1);
    List<String> types = new ArrayList<>();
    source.poll(event -> types.add(event.tid() + " " + event.type()), 1000);
    assertThat(types)
        .containsExactly(
            "4714 SYSCALL_CLONE_20_X",
            "4714 SYSCALL_CLOSE_X",
            "4712 SYSCALL_CLOSE_X",
            "4713 SYSCALL_EXECVE_19_X",
            "4713 SYSCALL_CLOSE_X");
    assertThat(source.stats().delivered()).isEqualTo(5);
  }

  @Test
  void ownThreadsAreReadAnewAfterDrops() throws Exception {
    start("close");
    Files.delete(host.resolve("proc/" + FakeModule.PID + "/task/4712"));
    module.ring(0).add(16, 1);
    assertThat(poll()).isZero();
    module.ring(0).record(FakeRing.close(1, 4712), -1);
    assertThat(poll()).isEqualTo(1);
    assertThat(seen).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "25", "5000"})
  void aRecordThatContradictsItsRingIsCountedAndLeftBehind(int length) throws Exception {
    start("close");
    byte[] wrong = close(1);
    wrong[16] = (byte) length;
    wrong[17] = (byte) (length >> 8);
    module.ring(0).record(close(1), -1);
    module.ring(0).record(wrong, -1);
    assertThat(poll()).isEqualTo(1);
    assertThat(source.stats().skipped()).isEqualTo(Map.of(Check.BAD_LENGTH, 1L));
    module.ring(0).record(close(3), -1);
    assertThat(poll()).isEqualTo(1);
    assertThat(seen).containsExactly("1/0", "3/0");
  }

  @Test
  void anUnknownEventIsSkipped() throws Exception {
    start("close");
    byte[] unknown = close(1);
    unknown[20] = (byte) 0xff;
    unknown[21] = (byte) 0x7f;
    module.ring(0).record(unknown, -1);
    module.ring(0).record(close(2), -1);
    poll();
    assertThat(seen).containsExactly("2/0");
    assertThat(source.stats().skipped()).isEqualTo(Map.of(Check.UNKNOWN_TYPE, 1L));
  }

  @Test
  void aCpuThatComesEndsTheStream() throws Exception {
    start("close");
    module
        .ring(0)
        .record(
            FakeRing.bytes(
                EventBuilder.of(EventType.CPU_HOTPLUG_E).timestamp(1).number(3).number(0).build()),
            -1);
    assertThatThrownBy(this::poll)
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("CPU 3 configuration change detected. Aborting.");
    assertThat(poll()).isEqualTo(EventSource.END);
  }

  @Test
  void aMissingModuleIsSaid() {
    module.loaded = false;
    DriverException error = catchThrowableOfType(DriverException.class, source::open);
    assertThat(error.code()).isEqualTo(Code.MODULE_MISSING);
    assertThat(error)
        .hasMessageContaining("open " + host.resolve("dev/falco0"))
        .hasMessageContaining("Falco's kernel module is not loaded")
        .hasMessageContaining("modprobe falco");
  }

  @Test
  void openMayBeTriedAgain() throws Exception {
    module.loaded = false;
    assertThatThrownBy(source::open).isInstanceOf(DriverException.class);
    module.loaded = true;
    start("close");
    module.ring(0).syscall("close", close(1));
    assertThat(poll()).isEqualTo(1);
  }

  @Test
  void anotherVersionIsRefusedWithBothVersions() {
    module.api = FakeModule.packed(1, 0, 0);
    DriverException error = catchThrowableOfType(DriverException.class, source::open);
    assertThat(error.code()).isEqualTo(Code.MODULE_VERSION);
    assertThat(error).hasMessageContaining("API version 1.0.0, needed is 10.0.0 or a later 10.x");
    assertThat(module.openDevices()).isZero();

    module.api = FakeModule.packed(10, 2, 5);
    module.schema = FakeModule.packed(4, 2, 0);
    assertThatThrownBy(source::open)
        .hasMessageContaining("schema version 4.2.0, needed is 4.3.0 or a later 4.x");
  }

  @ParameterizedTest
  @CsvSource({
    "13, 0, MISSING_CAPABILITY, only root",
    "16, 0, OUT_OF_RESOURCES, max_consumers (now 5)",
    "0, 12, OUT_OF_RESOURCES, lower engine.kmod.buf_size_preset",
    "0, 5, MODULE_REFUSED, dmesg",
  })
  void refusalsSayWhatHelps(int open, int map, Code code, String text) {
    module.failToOpen = open;
    module.failToMap = map;
    DriverException error = catchThrowableOfType(DriverException.class, source::open);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(text);
    assertThat(error.errno()).isEqualTo(open + map);
    assertThat(module.openDevices()).isZero();
  }

  @Test
  void dataLongerThanTheModuleTakesIsRefused() {
    source = source(1, false, 65_001);
    DriverException error = catchThrowableOfType(DriverException.class, source::open);
    assertThat(error.code()).isEqualTo(Code.MODULE_REFUSED);
    assertThat(module.openDevices()).isZero();
  }

  @Test
  void pollingAllocatesNothing() throws Exception {
    start("close");
    EventHandler handler = event -> {};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] record = close(1);
    long allocated = 0;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 5000; i++) {
        module.ring(i & 1).record(record, -1);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      while (source.poll(handler, 1000) > 0) {}
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(source.stats().delivered()).isEqualTo(100_000);
    assertThat(allocated).isLessThan(1000);
  }
}
