package io.jfalco.benchmarks;

import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
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

  /** Builds the stream and a state that knows its processes. */
  @Setup
  public void setUp() {
    state = new HostState();
    updater = new StateUpdater(state, ThreadLookup.NONE);
    context = new EventContext(state);
    EventStream.of(EventStream.processes()).replay(this::update);
    stream = EventStream.openClose(ROUNDS);
    if (stream.count() != EVENTS) {
      throw new IllegalStateException("stream of " + stream.count());
    }
  }

  private void update(io.jfalco.event.EventView view) {
    updater.apply(view, context);
    updater.finish(context);
  }

  /** Reading and state only. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void state() {
    stream.replay(this::update);
  }
}
