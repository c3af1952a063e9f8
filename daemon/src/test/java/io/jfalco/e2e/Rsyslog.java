package io.jfalco.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A real rsyslogd behind /dev/log, writing "facility severity tag message" lines to a file. Uses
 * the /dev/log that is there when a syslog daemon already runs... then no test daemon can be
 * started, so the host's socket is moved aside for the time of the test.
 */
final class Rsyslog implements AutoCloseable {
  private static final Path SOCKET = Path.of("/dev/log");
  private static final Path ASIDE = Path.of("/dev/log.jfalco-test");

  private final Process process;
  private final Path log;
  private final boolean moved;

  private Rsyslog(Process process, Path log, boolean moved) {
    this.process = process;
    this.log = log;
    this.moved = moved;
  }

  static Rsyslog start(Path work) throws IOException, InterruptedException {
    boolean moved = Files.exists(SOCKET, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    if (moved) {
      Files.move(SOCKET, ASIDE);
    }
    Path log = work.resolve("syslog");
    Path config = work.resolve("rsyslog.conf");
    Files.writeString(
        config,
        """
        module(load="imuxsock" SysSock.Name="/dev/log")
        template(name="line" type="string"
          string="%%syslogfacility-text%% %%syslogseverity-text%% %%syslogtag%%%%msg%%\\n")
        action(type="omfile" file="%s" template="line")
        """
            .formatted(log));
    Path program =
        Files.isExecutable(Path.of("/usr/sbin/rsyslogd"))
            ? Path.of("/usr/sbin/rsyslogd")
            : Path.of("rsyslogd");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-n",
                "-f",
                config.toString(),
                "-i",
                work.resolve("rsyslog.pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("rsyslog.out").toFile())
            .start();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (!Files.exists(SOCKET)) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IOException("rsyslogd: " + Files.readString(work.resolve("rsyslog.out")));
      }
      Thread.sleep(50);
    }
    return new Rsyslog(process, log, moved);
  }

  /** Sends it a signal by name. */
  void signal(String name) throws IOException, InterruptedException {
    Commands.run("kill", "-" + name, Long.toString(process.pid()));
  }

  List<String> lines() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  void awaitLine(Predicate<String> wanted, FalcoProcess.ThrowingRunnable trigger) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (lines().stream().noneMatch(wanted)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not in syslog:\n" + String.join("\n", lines()));
      }
      trigger.run();
      Thread.sleep(100);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(SOCKET);
    if (moved) {
      Files.move(ASIDE, SOCKET);
    }
  }
}
