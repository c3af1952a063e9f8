package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.output.AlertFormatter;
import io.jfalco.output.FileOutput;
import io.jfalco.output.Output;
import io.jfalco.output.OutputChannel;
import io.jfalco.output.Outputs;
import io.jfalco.output.ProgramOutput;
import io.jfalco.output.StdoutOutput;
import io.jfalco.output.Syslog;
import io.jfalco.output.SyslogOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The outputs that a configuration asks for, in Falco's order. */
final class OutputList {
  private OutputList() {}

  static void check(Config.Outputs config) throws FatalException {
    if (!config.stdout()
        && !config.syslog()
        && config.file().isEmpty()
        && config.program().isEmpty()) {
      throw new FatalException(
          "No output configured, please make sure at least one output is configured and enabled.");
    }
  }

  static Outputs start(Config config, String hostname) {
    Config.Outputs wanted = config.outputs();
    boolean buffered = wanted.buffered();
    // A capture waits where events of a live host cannot.
    boolean replay = config.engine().kind() == Config.EngineKind.REPLAY;
    Duration patience = replay ? wanted.timeout() : Duration.ZERO;
    List<Output> outputs = new ArrayList<>();
    wanted
        .file()
        .ifPresent(f -> outputs.add(new FileOutput(Path.of(f.target()), f.keepAlive(), buffered)));
    if (wanted.stdout()) {
      outputs.add(new StdoutOutput(new FileOutputStream(FileDescriptor.out), buffered));
    }
    if (wanted.syslog()) {
      outputs.add(new SyslogOutput(Syslog.open()));
    }
    wanted
        .program()
        .ifPresent(p -> outputs.add(new ProgramOutput(p.target(), p.keepAlive(), buffered)));
    return new Outputs(
        new AlertFormatter(config.format(), hostname, ZoneId.systemDefault()),
        outputs,
        new OutputChannel.Limits(
            wanted.queueCapacity(), OutputChannel.Limits.DEFAULT.bytes(), patience),
        wanted.timeout());
  }
}
