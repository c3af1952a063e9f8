package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdleWaitTest {
  private static final int MEBIBYTE = 1 << 20;

  private static IdleWait idle(int ringSize, int sleeps) {
    IdleWait wait = new IdleWait(ringSize);
    Thread.currentThread().interrupt();
    for (int i = 0; i < sleeps; i++) {
      wait.sleep();
    }
    assertThat(Thread.interrupted()).as("an interrupt is not swallowed").isTrue();
    return wait;
  }

  @Test
  void growsWhileNothingComes() {
    assertThat(idle(8 * MEBIBYTE, 0).nanoseconds()).isEqualTo(IdleWait.SHORTEST);
    assertThat(idle(8 * MEBIBYTE, 1).nanoseconds()).isEqualTo(2 * IdleWait.SHORTEST);
    assertThat(idle(8 * MEBIBYTE, 50).nanoseconds()).isEqualTo(IdleWait.IDLE);
  }

  @Test
  void smallRingsAllowLessSleep() {
    assertThat(idle(MEBIBYTE, 50).nanoseconds()).isEqualTo(2_000_000);
  }

  @Test
  void eventsShortenIt() {
    IdleWait wait = idle(8 * MEBIBYTE, 50);
    wait.filled(100);
    assertThat(wait.nanoseconds()).isEqualTo(IdleWait.BUSY);
    wait.filled(100);
    assertThat(wait.nanoseconds()).isEqualTo(IdleWait.BUSY);
    wait.filled(MEBIBYTE);
    assertThat(wait.nanoseconds()).isEqualTo(IdleWait.BUSY / 2);
    for (int i = 0; i < 20; i++) {
      wait.filled(MEBIBYTE);
    }
    assertThat(wait.nanoseconds()).isEqualTo(IdleWait.SHORTEST);
  }
}
