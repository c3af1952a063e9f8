package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.config.Config;
import io.jfalco.config.Config.DropAction;
import io.jfalco.driver.EventHandler;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.SourceStats;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.field.FieldCatalog;
import io.jfalco.output.AlertFormatter;
import io.jfalco.output.FormatOptions;
import io.jfalco.output.Output;
import io.jfalco.output.OutputChannel;
import io.jfalco.output.OutputMessage;
import io.jfalco.output.Outputs;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.LoadResult;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleIndex.Matching;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleMatchHandler;
import io.jfalco.rule.RuleSet;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_000_000 * SECOND;
  private static final String RULES =
      """
      - rule: reboots
        desc: d
        condition: evt.type = chdir and evt.arg.path = /boot
        output: "%evt.type %evt.arg.path"
        priority: WARNING
      - rule: other
        desc: d
        condition: evt.type in (chdir, close) and proc.name in (a, b, c) and fd.name startswith /etc
        output: "%proc.name"
        priority: WARNING
      """;

  /** Delivers the same records again and again, a second apart if wanted. */
  private static final class Repeater implements EventSource {
    private final List<EventView> views;
    private final long rounds;
    private long round;
    private boolean stopped;
    private boolean endless;
    private long allocatedBefore;
    private long allocatedInSecondHalf;

    Repeater(long rounds, EventView... views) {
      this.rounds = rounds;
      this.views = List.of(views);
    }

    private static long allocated() {
      return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
          .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Override
    public String name() {
      return "repeater";
    }

    @Override
    public void open() {}

    @Override
    public void start() {}

    @Override
    public int poll(EventHandler handler, int limit) {
      if (stopped) {
        return END;
      }
      if (round == rounds) {
        return endless ? 0 : END;
      }
      int count = 0;
      while (round < rounds && count + views.size() <= limit) {
        for (int i = 0; i < views.size(); i++) {
          EventView view = views.get(i);
          view.position(0, round * views.size() + i + 1);
          handler.onEvent(view);
        }
        count += views.size();
        round++;
        if (round == rounds / 2) {
          allocatedBefore = allocated();
        } else if (round == rounds) {
          allocatedInSecondHalf = allocated() - allocatedBefore;
        }
      }
      return count;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public SourceStats stats() {
      return SourceStats.ofFile(round, round, Map.of());
    }

    @Override
    public void close() {}
  }

  private static final class Collected implements Output {
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String name() {
      return "collected";
    }

    @Override
    public void write(OutputMessage message) {
      lines.add(message.text());
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
  }

  private final Collected collected = new Collected();
  private final Outputs outputs =
      new Outputs(
          new AlertFormatter(FormatOptions.defaults(), "h", ZoneOffset.UTC),
          List.of(collected),
          OutputChannel.Limits.DEFAULT,
          Duration.ofSeconds(10));
  private final Signals signals = new Signals();
  private Work.Supply supply = Optional::empty;
  private int maxTimeouts = 1000;
  private final RuleSet rules = load();
  private final Statistics statistics = new Statistics(new String[] {"reboots", "other"});

  private static RuleSet load() {
    LoadResult result =
        RuleLoader.load(
            List.of(new RuleFile("r.yaml", RULES.getBytes(StandardCharsets.UTF_8))),
            LoadOptions.of(FieldCatalog.standard()));
    return result.rules().orElseThrow(() -> new AssertionError(result.reports()));
  }

  private static EventView chdir(long time, String path) {
    return EventBuilder.of(EventType.SYSCALL_CHDIR_X)
        .timestamp(time)
        .tid(4711)
        .number(0)
        .text(path)
        .view();
  }

  private static EventView close(long time) {
    return EventBuilder.of(EventType.SYSCALL_CLOSE_X)
        .timestamp(time)
        .tid(4711)
        .number(-9)
        .number(77)
        .view();
  }

  private EventLoop loop(EventSource source, EventLoop.Settings settings, DropAction... actions) {
    return loop(source, settings, new AlertRaiser(outputs, statistics), actions);
  }

  private EventLoop loop(
      EventSource source,
      EventLoop.Settings settings,
      RuleMatchHandler handler,
      DropAction... actions) {
    EnumSet<DropAction> set = EnumSet.noneOf(DropAction.class);
    Collections.addAll(set, actions);
    HostState state = new HostState();
    Config.Drops drops = new Config.Drops(0, set, 1, 10, actions.length > 0);
    return new EventLoop(
        source,
        new StateUpdater(state, ThreadLookup.NONE),
        new EventContext(state),
        new DropMonitor(drops, DropRisk.NONE, source::stats, outputs::send, false),
        new StateWatch(state),
        signals,
        settings,
        new Work(
            new RuleStage(RuleIndex.of(rules.rules("syscall"), Matching.FIRST), handler),
            outputs,
            drops,
            DropRisk.NONE,
            maxTimeouts),
        supply);
  }

  private static EventLoop.Settings endless() {
    return new EventLoop.Settings(0, false);
  }

  @Test
  void matchesBecomeAlertsAndAreCounted() throws Exception {
    EventLoop loop =
        loop(
            new Repeater(1, chdir(START, "/tmp"), chdir(START + 1, "/boot"), close(START + 2)),
            endless());
    loop.run();
    outputs.close();
    assertThat(loop.events()).isEqualTo(3);
    assertThat(collected.lines).containsExactly("13:46:40.000000001: Warning chdir /boot");
    assertThat(statistics.summary()).contains("Events detected: 1\n").contains("   reboots: 1\n");
  }

  @Test
  void otherWorkIsTakenUpBetweenTwoBatches() throws Exception {
    int batch = 4096; // of one poll
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    Config.Drops drops = new Config.Drops(1, EnumSet.of(DropAction.IGNORE), 0, 0, false);
    Work next =
        new Work(
            context -> second.add(context.event().timestamp()),
            outputs,
            drops,
            DropRisk.NONE,
            maxTimeouts);
    supply = () -> first.size() == batch && second.isEmpty() ? Optional.of(next) : Optional.empty();
    loop(
            new Repeater(batch, chdir(START, "/boot"), chdir(START + 1, "/boot")),
            endless(),
            (rule, context) -> first.add(context.event().timestamp()))
        .run();
    assertThat(first).hasSize(batch);
    assertThat(second).hasSize(batch);
  }

  @Test
  void stateOnlyEventsReachNoRule() throws Exception {
    EventView boot = chdir(START, "/boot");
    boot.stateOnly(true);
    loop(new Repeater(1, boot), endless()).run();
    outputs.close();
    assertThat(collected.lines).isEmpty();
  }

  @Test
  void endsAfterTheDuration() throws Exception {
    EventLoop loop =
        loop(
            new Repeater(
                1,
                chdir(START, "/boot"),
                chdir(START + 2 * SECOND - 1, "/boot"),
                chdir(START + 2 * SECOND, "/boot"),
                chdir(START + 1, "/boot")),
            new EventLoop.Settings(2 * SECOND, false));
    loop.run();
    outputs.close();
    assertThat(collected.lines).hasSize(2);
  }

  @Test
  void endsAfterTheDurationWithoutAnyEvent() throws Exception {
    Repeater silent = new Repeater(0);
    silent.endless = true;
    long before = System.nanoTime();
    loop(silent, new EventLoop.Settings(SECOND / 5, false)).run();
    assertThat(System.nanoTime() - before).isBetween(SECOND / 5, 20 * SECOND);
    outputs.close();
  }

  @Test
  void aDefectGivesUpOneEventOnly() throws Exception {
    List<Long> seen = new ArrayList<>();
    EventLoop loop =
        loop(
            new Repeater(1, chdir(START, "/boot"), chdir(START + 1, "/boot")),
            endless(),
            (rule, context) -> {
              seen.add(context.event().timestamp());
              throw new IllegalStateException("a defect");
            });
    loop.run();
    outputs.close();
    assertThat(seen).containsExactly(START, START + 1);
    assertThat(loop.events()).isEqualTo(2);
  }

  @Test
  void dropsCanEndTheDaemon() {
    EventLoop loop =
        loop(
            new Repeater(1, chdir(START, "/"), chdir(START + 2 * SECOND, "/boot")),
            endless(),
            DropAction.EXIT);
    assertThatThrownBy(loop::run)
        .isInstanceOf(FatalException.class)
        .hasMessage("Drop manager internal error");
    outputs.close();
    assertThat(collected.lines).isEmpty();
  }

  @Test
  void aSignalStopsTheSource() throws Exception {
    Repeater source = new Repeater(1, chdir(START, "/boot"));
    source.endless = true;
    signals.onTerminate(source::stop);
    signals.terminate();
    loop(source, endless()).run();
    outputs.close();
    assertThat(source.stopped).isTrue();
  }

  @Test
  void silenceRaisesAnInternalAlert() throws Exception {
    maxTimeouts = 1;
    Repeater silent = new Repeater(0);
    silent.endless = true;
    loop(silent, new EventLoop.Settings(SECOND / 2, true)).run();
    outputs.close();
    assertThat(collected.lines).isNotEmpty();
    assertThat(collected.lines.get(0))
        .endsWith(
            ": Debug Falco internal: timeouts notification. 1 consecutive timeouts without event."
                + " (last_event_time=\"none\")");
  }

  @Test
  void eventsThatMatchNoRuleAllocateNothing() throws Exception {
    long rounds = 200_000;
    Repeater source =
        new Repeater(rounds, chdir(START, "/tmp"), close(START + 1), chdir(START + 2, "/usr"));
    EventLoop loop = loop(source, endless());
    loop.run();
    outputs.close();
    assertThat(loop.events()).isEqualTo(3 * rounds);
    double eventsOfSecondHalf = loop.events() / 2.0;
    assertThat(source.allocatedInSecondHalf / eventsOfSecondHalf).isLessThan(0.01);
  }
}
