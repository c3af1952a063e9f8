package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.daemon.web.Answer;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.LiveSource;
import io.jfalco.driver.RefusedProgram;
import io.jfalco.driver.SourceStats;
import io.jfalco.event.EventTable;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  /** A source of which a test says what is wrong. */
  private static final class SickSource implements LiveSource {
    private List<String> problems = List.of();
    private List<RefusedProgram> refused = List.of();
    private int asked;

    @Override
    public List<String> problems() {
      asked++;
      return problems;
    }

    @Override
    public List<RefusedProgram> refused() {
      return refused;
    }

    @Override
    public void interest(BitSet codes) {}

    @Override
    public BitSet supported() {
      return new BitSet();
    }

    @Override
    public String name() {
      return "sick";
    }

    @Override
    public void open() throws DriverException {}

    @Override
    public void start() {}

    @Override
    public int poll(EventHandler handler, int limit) {
      return 0;
    }

    @Override
    public void stop() {}

    @Override
    public SourceStats stats() {
      return SourceStats.ofFile(0, 0, Map.of());
    }

    @Override
    public void close() {}
  }

  private long now = 5;
  private final Health health = new Health(() -> now);
  private final SickSource source = new SickSource();

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private Answer page() {
    return new HealthPage(health).answer().orElseThrow();
  }

  @Test
  void aDaemonThatStartsTakesNoEventsYet() {
    assertThat(health.problems()).singleElement().asString().contains("starting");
    assertThat(page().status()).isEqualTo(503);
    health.watch(source);
    assertThat(health.problems()).isEmpty();
    assertThat(page()).isEqualTo(Answer.json(200, "{\"status\": \"ok\"}"));
  }

  @Test
  void aLoopThatHangsIsNotHealthy() {
    health.watch(source);
    pass(Health.STALLED);
    assertThat(health.problems()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(page())
        .isEqualTo(
            Answer.json(
                503,
                "{\"status\":\"failed\",\"problems\":[\"the event loop hangs: it has not come round"
                    + " for 11 seconds\"]}"));
    health.beat();
    assertThat(health.problems()).isEmpty();
  }

  @Test
  void theEndIsNotHealthy() {
    health.watch(source);
    health.end();
    assertThat(page().status()).isEqualTo(503);
  }

  @Test
  void whatTheSourceMissesIsToldAndAskedForOnceASecond() {
    health.watch(source);
    assertThat(health.problems()).isEmpty();
    source.problems = List.of("a map is gone");
    assertThat(health.problems()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(health.problems()).containsExactly("a map is gone");
    assertThat(health.problems()).containsExactly("a map is gone");
    assertThat(source.asked).isEqualTo(2);
    source.problems = List.of();
    pass(Duration.ofSeconds(1));
    assertThat(health.problems()).isEmpty();
  }

  @Test
  void refusedProgramsDegradeAndAreNamed() {
    BitSet codes = new BitSet();
    codes.set(EventTable.syscall("reboot").orElseThrow().code());
    source.refused =
        List.of(new RefusedProgram("t_reboot", codes, false, "load: errno 22", Optional.empty()));
    health.watch(source);
    assertThat(health.problems()).isEmpty();
    assertThat(page())
        .isEqualTo(
            Answer.json(
                200,
                "{\"status\":\"ok\",\"degraded\":[\"eBPF program 't_reboot' was refused by this"
                    + " kernel (load: errno 22): no events of reboot\"]}"));
  }
}
