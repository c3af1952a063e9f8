package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.output.AlertFormatter;
import io.jfalco.output.Output;
import io.jfalco.output.OutputChannel;
import io.jfalco.output.OutputException;
import io.jfalco.output.OutputKinds;
import io.jfalco.output.OutputProvider;
import io.jfalco.output.OutputSettings;
import io.jfalco.output.Outputs;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The outputs that a configuration asks for. */
final class OutputList {
  private OutputList() {}

  static void check(Config.Outputs config) throws FatalException {
    if (config.enabled().isEmpty()) {
      throw new FatalException(
          "No output configured, please make sure at least one output is configured and enabled.");
    }
  }

  /** Starts them. One that cannot be opened is logged and left out. */
  static Outputs start(Config config, String hostname) {
    Config.Outputs wanted = config.outputs();
    // A capture waits where events of a live host cannot.
    boolean replay = config.engine().kind() == Config.EngineKind.REPLAY;
    Duration patience = replay ? wanted.timeout() : Duration.ZERO;
    List<Output> outputs = new ArrayList<>();
    for (Config.EnabledOutput output : wanted.enabled()) {
      OutputSettings settings =
          new OutputSettings(output.values(), config.format().json(), wanted.buffered());
      try {
        outputs.add(kind(output.kind()).open(settings));
      } catch (OutputException e) {
        Log.error("Failed to init output: " + output.kind() + ": " + e.getMessage());
      }
    }
    return new Outputs(
        new AlertFormatter(config.format(), hostname, ZoneId.systemDefault()),
        outputs,
        new OutputChannel.Limits(
            wanted.queueCapacity(), OutputChannel.Limits.DEFAULT.bytes(), patience),
        wanted.timeout());
  }

  private static OutputProvider kind(String name) {
    return OutputKinds.all().stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no kind of outputs named " + name));
  }
}
