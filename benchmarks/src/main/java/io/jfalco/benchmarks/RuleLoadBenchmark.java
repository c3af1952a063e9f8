package io.jfalco.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the shipped rules and those of {@link GeneratedRules} take from bytes to an index, in a
 * JVM that has done nothing before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class RuleLoadBenchmark {
  /** Rules beside the shipped ones. */
  @Param({"100", "1000"})
  public int rules;

  /** Parses, checks, compiles and indexes. */
  @Benchmark
  public int load() throws IOException {
    return RuleCountBenchmark.load(rules).rules().size();
  }
}
