package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutputChannelTest {
  /** Remembers what it is given; waits for a latch before each message. */
  private static final class Recorder implements Output {
    final List<String> written = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch gate;
    final CountDownLatch entered = new CountDownLatch(1);
    volatile boolean broken;

    Recorder(CountDownLatch gate) {
      this.gate = gate;
    }

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public void write(OutputMessage message) throws IOException {
      entered.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (broken) {
        throw new IOException("broken");
      }
      written.add(message.text());
    }

    @Override
    public void reopen() {
      written.add("(reopen)");
    }

    @Override
    public void close() {
      written.add("(close)");
    }
  }

  private static OutputMessage message(String text) {
    return new OutputMessage(Priority.NOTICE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void end(OutputChannel channel, Duration limit) throws InterruptedException {
    channel.stop();
    channel.awaitEnd(System.nanoTime() + limit.toNanos());
  }

  private static CountDownLatch open() {
    return new CountDownLatch(0);
  }

  @Test
  void allThatWaitsIsDeliveredInOrderBeforeTheEnd() throws InterruptedException {
    Recorder recorder = new Recorder(open());
    OutputChannel channel = new OutputChannel(recorder, OutputChannel.Limits.DEFAULT);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(channel.offer(message("m" + i))).isTrue();
      expected.add("m" + i);
    }
    end(channel, Duration.ofSeconds(20));
    expected.add("(close)");
    assertThat(recorder.written).isEqualTo(expected);
    assertThat(channel.delivered()).isEqualTo(1000);
    assertThat(channel.offer(message("late"))).isFalse();
  }

  @Test
  void aFullQueueDropsAndCounts() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    Recorder recorder = new Recorder(gate);
    OutputChannel channel =
        new OutputChannel(recorder, new OutputChannel.Limits(3, 1000, Duration.ZERO));
    assertThat(channel.offer(message("in work"))).isTrue();
    recorder.entered.await();
    for (int i = 0; i < 5; i++) {
      assertThat(channel.offer(message("m" + i))).isEqualTo(i < 3);
    }
    assertThat(channel.dropped()).isEqualTo(2);
    gate.countDown();
    end(channel, Duration.ofSeconds(20));
    assertThat(recorder.written).containsExactly("in work", "m0", "m1", "m2", "(close)");
  }

  @Test
  void theSumOfSizesIsBoundedToo() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    Recorder recorder = new Recorder(gate);
    OutputChannel channel =
        new OutputChannel(recorder, new OutputChannel.Limits(1000, 10, Duration.ZERO));
    assertThat(channel.offer(message("1"))).isTrue();
    recorder.entered.await();
    assertThat(channel.offer(message("123456"))).isTrue();
    assertThat(channel.offer(message("12345"))).isFalse();
    assertThat(channel.offer(message("1234"))).isTrue();
    gate.countDown();
    end(channel, Duration.ofSeconds(20));
    assertThat(channel.dropped()).isEqualTo(1);
  }

  @Test
  void patienceLosesNothingToASlowOutput() throws InterruptedException {
    Recorder recorder = new Recorder(open());
    OutputChannel channel =
        new OutputChannel(recorder, new OutputChannel.Limits(1, 1000, Duration.ofSeconds(20)));
    for (int i = 0; i < 500; i++) {
      assertThat(channel.offer(message("m" + i))).isTrue();
    }
    end(channel, Duration.ofSeconds(20));
    assertThat(recorder.written).hasSize(501);
    assertThat(channel.dropped()).isZero();
  }

  @Test
  void patienceEndsOnceAndIsNotTriedAgainWithoutRoom() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    Recorder recorder = new Recorder(gate);
    OutputChannel channel =
        new OutputChannel(recorder, new OutputChannel.Limits(1, 1000, Duration.ofMillis(300)));
    channel.offer(message("in work"));
    recorder.entered.await();
    assertThat(channel.offer(message("waits"))).isTrue();
    long before = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(channel.offer(message("lost"))).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
    gate.countDown();
    end(channel, Duration.ofSeconds(20));
    assertThat(channel.dropped()).isEqualTo(100);
  }

  @Test
  void aBlockedOutputDoesNotStopTheEndNorTheOthers() throws InterruptedException {
    Recorder blocked = new Recorder(new CountDownLatch(1));
    Recorder free = new Recorder(open());
    Outputs outputs =
        new Outputs(
            new AlertFormatter(FormatOptions.defaults(), "h", ZoneOffset.UTC),
            List.of(blocked, free),
            OutputChannel.Limits.DEFAULT,
            Duration.ofMillis(200));
    outputs.send(new Alert(0, Priority.ERROR, "r", "syscall", "first", new TreeMap<>(), List.of()));
    outputs.send(
        new Alert(0, Priority.ERROR, "r", "syscall", "second", new TreeMap<>(), List.of()));
    long before = System.nanoTime();
    outputs.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    assertThat(free.written)
        .containsExactly(
            "00:00:00.000000000: Error first", "00:00:00.000000000: Error second", "(close)");
    assertThat(blocked.written).doesNotContain("00:00:00.000000000: Error first");
  }

  @Test
  void aFailureIsCountedAndTheNextMessageGoesOut() throws InterruptedException {
    Recorder recorder = new Recorder(open());
    recorder.broken = true;
    OutputChannel channel = new OutputChannel(recorder, OutputChannel.Limits.DEFAULT);
    channel.offer(message("lost"));
    while (channel.failed() == 0) {
      Thread.sleep(1);
    }
    recorder.broken = false;
    channel.offer(message("kept"));
    end(channel, Duration.ofSeconds(20));
    assertThat(recorder.written).containsExactly("kept", "(close)");
    assertThat(channel.failed()).isEqualTo(1);
    assertThat(channel.delivered()).isEqualTo(1);
  }

  @Test
  void reopenReachesTheOutput() throws InterruptedException {
    Recorder recorder = new Recorder(open());
    OutputChannel channel = new OutputChannel(recorder, OutputChannel.Limits.DEFAULT);
    channel.reopen();
    while (recorder.written.isEmpty()) {
      Thread.sleep(1);
    }
    end(channel, Duration.ofSeconds(20));
    assertThat(recorder.written).containsExactly("(reopen)", "(close)");
  }
}
