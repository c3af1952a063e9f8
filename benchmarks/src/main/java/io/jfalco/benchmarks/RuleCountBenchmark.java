package io.jfalco.benchmarks;

import io.jfalco.alert.Priority;
import io.jfalco.event.EventView;
import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.LoadResult;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleLoader;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event that matches nothing costs with few and with many rules: the shipped rules and
 * those of {@link GeneratedRules}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RuleCountBenchmark {
  private static final int ROUNDS = 2_000;
  private static final int EVENTS = ROUNDS * EventStream.MIXED;

  /** Rules beside the shipped ones. */
  @Param({"0", "100", "1000"})
  public int rules;

  private final EventStream stream = EventStream.mixed(ROUNDS);
  private StateUpdater updater;
  private EventContext context;
  private RuleIndex index;
  private long matches;

  /** Loads the rules, and builds a state that knows the processes of the stream. */
  @Setup
  public void setUp() throws IOException {
    HostState state = new HostState();
    updater = new StateUpdater(state, ThreadLookup.NONE);
    context = new EventContext(state);
    EventStream.of(EventStream.processes()).replay(this::update);
    index = load(rules);
  }

  static RuleIndex load(int generatedRules) throws IOException {
    Path file = Path.of(System.getProperty("jfalco.bench.rules", "etc/falco/falco_rules.yaml"));
    byte[] more = GeneratedRules.yaml(generatedRules).getBytes(StandardCharsets.UTF_8);
    LoadResult loaded =
        RuleLoader.load(
            List.of(
                new RuleFile(file.toString(), Files.readAllBytes(file)),
                new RuleFile("generated.yaml", more)),
            LoadOptions.of(FieldCatalog.standard()));
    return RuleIndex.of(
        loaded.rules().orElseThrow(() -> new IllegalStateException(loaded.reports().toString())),
        LoadOptions.SYSCALL,
        Priority.DEBUG,
        RuleIndex.Matching.FIRST);
  }

  private void update(EventView view) {
    updater.apply(view, context);
    updater.finish(context);
  }

  private void updateAndMatch(EventView view) {
    updater.apply(view, context);
    index.match(context, (rule, event) -> matches++);
    updater.finish(context);
  }

  /** State only: what the rules come on top of. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void state() {
    stream.replay(this::update);
  }

  /** State and rules; no event of the stream matches. */
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
