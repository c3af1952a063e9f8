package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.EventView.Check;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RingBufferReaderTest {
  private static final int SIZE = 4096;
  private static final long LATE = Long.MAX_VALUE - 1;

  private final FakeRing first = new FakeRing(SIZE);
  private final FakeRing second = new FakeRing(SIZE);
  private final RingBufferReader reader =
      new RingBufferReader(new Ring[] {first.ring(), second.ring()});
  private final List<Long> seen = new ArrayList<>();

  private int poll(long horizon) {
    return reader.poll(event -> seen.add(event.timestamp()), 1000, horizon);
  }

  @Test
  void emptyRingsGiveNothing() {
    assertThat(poll(LATE)).isZero();
    assertThat(reader.isPending()).isFalse();
  }

  @Test
  void deliversTheOldestOverAllRings() {
    first.event(10, 1);
    first.event(30, 1);
    first.event(31, 1);
    second.event(20, 2);
    second.event(40, 2);
    List<String> order = new ArrayList<>();
    reader.poll(
        event -> order.add(event.timestamp() + "/" + event.cpu() + "/" + event.number()),
        1000,
        LATE);
    assertThat(order).containsExactly("10/0/1", "20/1/2", "30/0/3", "31/0/4", "40/1/5");
    assertThat(first.consumed()).isEqualTo(first.produced());
    assertThat(second.consumed()).isEqualTo(second.produced());
    assertThat(reader.delivered()).isEqualTo(5);
  }

  @Test
  void leavesWhatIsYoungerThanTheHorizon() {
    first.event(10, 1);
    first.event(50, 1);
    second.event(40, 2);
    assertThat(poll(39)).isEqualTo(1);
    assertThat(reader.isPending()).isTrue();
    assertThat(poll(39)).isZero();
    assertThat(poll(50)).isEqualTo(2);
    assertThat(seen).containsExactly(10L, 40L, 50L);
  }

  @Test
  void stopsAtTheLimitAndGoesOn() {
    for (int i = 0; i < 10; i++) {
      first.event(2L * i, 1);
      second.event(2L * i + 1, 1);
    }
    assertThat(reader.poll(event -> seen.add(event.timestamp()), 7, LATE)).isEqualTo(7);
    assertThat(seen).hasSize(7);
    assertThat(poll(LATE)).isEqualTo(13);
    assertThat(seen).isSorted().hasSize(20);
  }

  @Test
  void busyRecordStopsItsRingOnly() {
    byte[] record = FakeRing.close(11, 1);
    first.event(10, 1);
    long busy = first.put(record, FakeRing.BUSY);
    first.event(12, 1);
    second.event(20, 2);
    assertThat(poll(LATE)).isEqualTo(2);
    assertThat(seen).containsExactly(10L, 20L);
    assertThat(first.consumed()).isEqualTo(busy);
    assertThat(reader.isPending()).isTrue();

    first.header(busy, record.length);
    assertThat(poll(LATE)).isEqualTo(2);
    assertThat(seen).containsExactly(10L, 20L, 11L, 12L);
  }

  @Test
  void discardedRecordsAreSkipped() {
    first.put(FakeRing.close(9, 1), FakeRing.DISCARD);
    first.event(10, 1);
    first.put(FakeRing.close(11, 1), FakeRing.DISCARD);
    assertThat(poll(LATE)).isEqualTo(1);
    assertThat(seen).containsExactly(10L);
    assertThat(first.consumed()).isEqualTo(first.produced());
    assertThat(reader.skipped()).isEmpty();
  }

  @Test
  void recordsThatContradictThemselvesAreCountedAndSkipped() {
    byte[] longer = FakeRing.close(1, 1);
    longer[16]++;
    byte[] unknown = FakeRing.close(2, 1);
    unknown[20] = (byte) 0xff;
    unknown[21] = (byte) 0xff;
    byte[] params = FakeRing.close(3, 1);
    params[22] = 33;
    byte[] sizes = FakeRing.close(4, 1);
    sizes[26] = 100;
    first.put(longer, 0);
    first.put(unknown, 0);
    first.put(params, 0);
    first.put(sizes, 0);
    first.put(new byte[8], 0);
    first.event(10, 1);
    assertThat(poll(LATE)).isEqualTo(1);
    assertThat(seen).containsExactly(10L);
    assertThat(reader.skipped())
        .isEqualTo(Map.of(Check.BAD_LENGTH, 2L, Check.UNKNOWN_TYPE, 1L, Check.BAD_PARAMS, 2L));
    assertThat(reader.delivered()).isEqualTo(1);
  }

  @Test
  void impossibleLengthLosesTheRestOfTheRingButNotTheReader() {
    first.event(10, 1);
    first.put(FakeRing.close(11, 1), SIZE, 0);
    first.event(12, 1);
    assertThat(poll(LATE)).isEqualTo(1);
    assertThat(reader.skipped()).isEqualTo(Map.of(Check.BAD_LENGTH, 1L));
    assertThat(first.consumed()).isEqualTo(first.produced());
    first.event(13, 1);
    poll(LATE);
    assertThat(seen).containsExactly(10L, 13L);
  }

  @Test
  void lengthBeyondWhatTheKernelWroteIsImpossible() {
    first.put(FakeRing.close(11, 1), 2048, 0);
    assertThat(poll(LATE)).isZero();
    assertThat(reader.skipped()).isEqualTo(Map.of(Check.BAD_LENGTH, 1L));
  }

  @Test
  void failingHandlerLosesItsEventOnly() {
    first.event(10, 1);
    first.event(11, 1);
    assertThatThrownBy(
            () ->
                reader.poll(
                    event -> {
                      throw new IllegalStateException("bug");
                    },
                    10,
                    LATE))
        .hasMessage("bug");
    assertThat(poll(LATE)).isEqualTo(1);
    assertThat(seen).containsExactly(11L);
  }

  @Test
  void givesSpaceBackWhileItReads() {
    while (first.event(5, 1)) {}
    long[] during = new long[1];
    reader.poll(event -> during[0] = first.consumed(), 1000, LATE);
    assertThat(during[0]).isBetween(SIZE / 4L, first.produced() - 1);
    assertThat(first.consumed()).isEqualTo(first.produced());
  }

  @Test
  void keepsWhatTheHandlerStillReads() {
    first.event(5, 1);
    long[] during = new long[1];
    reader.poll(event -> during[0] = first.consumed(), 1000, LATE);
    assertThat(during[0]).isZero();
  }

  @Test
  void positionsBeyond32BitsWork() {
    FakeRing old = new FakeRing(SIZE, 0x1_ffff_ff00L);
    RingBufferReader late = new RingBufferReader(new Ring[] {old.ring()});
    int written = 0;
    int read = 0;
    for (int i = 0; i < 500; i++) {
      written += old.event(i, 1) ? 1 : 0;
      if (i % 7 == 0) {
        read += late.poll(event -> seen.add(event.timestamp()), 1000, LATE);
      }
    }
    read += late.poll(event -> seen.add(event.timestamp()), 1000, LATE);
    assertThat(read).isEqualTo(written).isEqualTo(500);
    assertThat(seen).isSorted();
  }

  @Property(tries = 200)
  void everyRecordArrivesOnceInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int count) {
    Random random = new Random(seed);
    FakeRing[] fakes = new FakeRing[count];
    Ring[] rings = new Ring[count];
    for (int i = 0; i < count; i++) {
      fakes[i] = new FakeRing(SIZE, random.nextInt(1000) * 8L);
      rings[i] = fakes[i].ring();
    }
    RingBufferReader merged = new RingBufferReader(rings);
    List<Long> written = new ArrayList<>();
    List<Long> read = new ArrayList<>();
    for (int round = 0; round < 30; round++) {
      write(random, fakes, round, written);
      merged.poll(event -> read.add(check(event)), 1 + random.nextInt(40), LATE);
      while (merged.poll(event -> read.add(check(event)), 1 + random.nextInt(40), LATE) > 0) {}
    }
    assertThat(read).isEqualTo(written);
    assertThat(merged.skipped()).isEmpty();
    assertThat(merged.isPending()).isFalse();
  }

  private static void write(Random random, FakeRing[] fakes, int round, List<Long> written) {
    int events = random.nextInt(40);
    for (int i = 0; i < events; i++) {
      long timestamp = round * 1000L + i;
      byte[] record =
          FakeRing.bytes(
              EventBuilder.of(EventType.SYSCALL_CHDIR_X)
                  .timestamp(timestamp)
                  .tid(timestamp)
                  .number(0)
                  .text("x".repeat(random.nextInt(300)))
                  .build());
      boolean discard = random.nextInt(8) == 0;
      FakeRing fake = fakes[random.nextInt(fakes.length)];
      if (fake.put(record, discard ? FakeRing.DISCARD : 0) >= 0 && !discard) {
        written.add(timestamp);
      }
    }
  }

  private static long check(EventView event) {
    assertThat(event.type()).isEqualTo(EventType.SYSCALL_CHDIR_X);
    assertThat(event.tid()).isEqualTo(event.timestamp());
    return event.timestamp();
  }

  @Test
  void allocatesNothingOnceWarm() {
    EventHandler count = event -> {};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] record = FakeRing.close(1, 1);
    long before = 0;
    for (int round = 0; round < 2000; round++) {
      if (round == 1000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      while (first.put(record, 0) >= 0) {}
      while (second.put(record, 0) >= 0) {}
      reader.poll(count, 1000, LATE);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(reader.delivered()).isGreaterThan(200_000);
    assertThat(allocated).isLessThan(1000);
  }
}
