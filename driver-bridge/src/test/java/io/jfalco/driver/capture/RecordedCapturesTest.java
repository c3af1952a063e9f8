package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures written by Falco and sysdig. */
class RecordedCapturesTest {
  @ParameterizedTest
  @CsvSource({
    "guest-shell.scap, 17972, 65",
    "guest-network.scap, 40868, 63",
    "guest-container.scap, 38642, 63",
    "guest-everything.scap, 50006, 65",
    "sysdig-2021-empty.scap, 143, 0",
    "sysdig-2021-cat_write.scap, 307, 4",
    "sysdig-2021-connect_localhost.scap, 371, 1"
  })
  void replaysAllEvents(String name, long events, long ofTheBeginning) {
    Replay replay = Replay.of(Shared.capture(name));
    assertThat(replay.failure()).isNull();
    assertThat(replay.stats().skippedTotal()).isZero();
    assertThat(replay.stats().delivered()).isEqualTo(events);
    assertThat(replay.events()).hasSize((int) events);
    assertThat(replay.events().get((int) events - 1).number()).isEqualTo(events);
    assertThat(replay.events().stream().filter(Replay.Event::stateOnly).count())
        .isEqualTo(ofTheBeginning);
  }

  @Test
  void readsTheMachine() {
    MachineInfo machine = Replay.of(Shared.capture("guest-shell.scap")).machine();
    assertThat(machine.hostname()).isEqualTo("debian");
    assertThat(machine.cpus()).isBetween(1L, 64L);
    assertThat(machine.bootTime()).isGreaterThan(1_700_000_000_000_000_000L);
  }
}
