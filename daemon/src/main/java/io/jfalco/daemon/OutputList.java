package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.output.AlertFormatter;
import io.jfalco.output.Output;
import io.jfalco.output.OutputChannel;
import io.jfalco.output.OutputException;
import io.jfalco.output.OutputKinds;
import io.jfalco.output.OutputSettings;
import io.jfalco.output.Outputs;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs that a configuration asks for, at work. Those that the next configuration asks for in
 * the same way are taken over, with what waits in their queues.
 */
final class OutputList {
  /** What an output was opened with. */
  private record Plan(
      Config.EnabledOutput output, boolean json, boolean buffered, OutputChannel.Limits limits) {}

  private final Map<Plan, OutputChannel> channels;
  private final Outputs outputs;

  private OutputList(Map<Plan, OutputChannel> channels, Outputs outputs) {
    this.channels = channels;
    this.outputs = outputs;
  }

  static void check(Config.Outputs config) throws FatalException {
    if (config.enabled().isEmpty()) {
      throw new FatalException(
          "No output configured, please make sure at least one output is configured and enabled.");
    }
  }

  /** Starts them. One that cannot be opened is logged and left out. */
  static OutputList start(Config config, String hostname) {
    return start(config, hostname, Map.of());
  }

  /** Those of the next configuration. The ones that it does not take over stay open. */
  OutputList next(Config config, String hostname) {
    return start(config, hostname, channels);
  }

  private static OutputList start(
      Config config, String hostname, Map<Plan, OutputChannel> running) {
    Config.Outputs wanted = config.outputs();
    // A capture waits where events of a live host cannot.
    boolean replay = config.engine().kind() == Config.EngineKind.REPLAY;
    OutputChannel.Limits limits =
        new OutputChannel.Limits(
            wanted.queueCapacity(),
            OutputChannel.Limits.DEFAULT.bytes(),
            replay ? wanted.timeout() : Duration.ZERO);
    Map<Plan, OutputChannel> channels = new LinkedHashMap<>();
    for (Config.EnabledOutput output : wanted.enabled()) {
      Plan plan = new Plan(output, config.format().json(), wanted.buffered(), limits);
      OutputChannel channel = running.get(plan);
      if (channel == null) {
        try {
          channel = new OutputChannel(open(plan), limits);
        } catch (OutputException e) {
          Log.error("Failed to init output: " + output.kind() + ": " + e.getMessage());
          continue;
        }
      }
      channels.put(plan, channel);
    }
    return new OutputList(
        channels,
        new Outputs(
            new AlertFormatter(config.format(), hostname, ZoneId.systemDefault()),
            List.copyOf(channels.values()),
            wanted.timeout()));
  }

  private static Output open(Plan plan) throws OutputException {
    return OutputKinds.all().stream()
        .filter(kind -> kind.name().equals(plan.output().kind()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no kind of outputs " + plan.output().kind()))
        .open(new OutputSettings(plan.output().values(), plan.json(), plan.buffered()));
  }

  Outputs outputs() {
    return outputs;
  }
}
