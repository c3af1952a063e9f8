package io.jfalco.benchmarks;

import io.jfalco.alert.Priority;
import io.jfalco.event.EventView;
import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.LoadResult;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleSet;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds and bytes allocated ({@code -prof gc}) for an event on one thread: through the state,
 * and through the state and a rules file. The records are in memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventLoopBenchmark {
  private static final int ROUNDS = 10_000;
  private static final int EVENTS = ROUNDS * 9;

  private EventStream stream;
  private HostState state;
  private StateUpdater updater;
  private EventContext context;
  private RuleIndex rules;
  private long matches;

  /** Builds the stream and a state that knows its processes. */
  @Setup
  public void setUp() throws IOException {
    state = new HostState();
    updater = new StateUpdater(state, ThreadLookup.NONE);
    context = new EventContext(state);
    EventStream.of(EventStream.processes()).replay(this::update);
    stream = EventStream.openClose(ROUNDS);
    Path file = Path.of(System.getProperty("jfalco.bench.rules", "etc/falco/falco_rules.yaml"));
    LoadResult loaded =
        RuleLoader.load(
            List.of(new RuleFile(file.toString(), Files.readAllBytes(file))),
            LoadOptions.of(FieldCatalog.standard()));
    RuleSet set = loaded.rules().orElseThrow();
    rules = RuleIndex.of(set, LoadOptions.SYSCALL, Priority.DEBUG, RuleIndex.Matching.FIRST);
    if (stream.count() != EVENTS) {
      throw new IllegalStateException("stream of " + stream.count());
    }
  }

  private void update(EventView view) {
    updater.apply(view, context);
    updater.finish(context);
  }

  /** Reading and state only. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void state() {
    stream.replay(this::update);
  }

  private void updateAndMatch(EventView view) {
    updater.apply(view, context);
    rules.match(context, (rule, event) -> matches++);
    updater.finish(context);
  }

  /** Reading, state and rules; no event of the stream matches. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long stateAndRules() {
    stream.replay(this::updateAndMatch);
    if (matches != 0) {
      throw new IllegalStateException(matches + " matches");
    }
    return matches;
  }
}
