package io.jfalco.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final List<String> sent = new ArrayList<>();
  private List<String> problems = List.of();

  @Test
  void reassuresOnlyWhileNothingIsWrong() {
    Watchdog watchdog = new Watchdog(() -> problems, sent::add);
    assertThat(watchdog.look()).isTrue();
    problems = List.of("the source is dead", "a map\nis gone");
    watchdog.look();
    watchdog.look();
    problems = List.of();
    watchdog.look();
    watchdog.look();
    assertThat(sent)
        .containsExactly(
            "WATCHDOG=1",
            "STATUS=the source is dead; a map is gone",
            "STATUS=the source is dead; a map is gone",
            "WATCHDOG=1\nSTATUS=All is well again",
            "WATCHDOG=1");
  }

  @Test
  void healthThatCannotBeToldIsAProblem() {
    Watchdog watchdog =
        new Watchdog(
            () -> {
              throw new IllegalStateException("closed");
            },
            sent::add);
    watchdog.look();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0)).startsWith("STATUS=").contains("closed").doesNotContain("WATCHDOG");
  }

  @Test
  void tellsThatTheDaemonOnlyEnds() {
    Watchdog watchdog = new Watchdog(() -> problems, text -> false);
    assertThat(watchdog.look()).isFalse();
  }
}
