package io.jfalco.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running {@code bin/falco}, its standard output and error collected line by line. */
final class FalcoProcess implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("jfalco.root"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();

  private FalcoProcess(Process process) {
    this.process = process;
    collect(process.getInputStream(), out);
    collect(process.getErrorStream(), err);
  }

  static FalcoProcess start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    return new FalcoProcess(builder(environment, arguments).start());
  }

  /** To be started, with its output left to the caller. */
  static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("bin/falco").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
    // The JDK that runs the tests is the one that the daemon is tried on.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder;
  }

  /** Runs to the end and returns the exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running\n" + text());
    }
    return process.exitValue();
  }

  /** Calls the trigger again and again until an alert shows that the daemon sees it. */
  void awaitReady(String rule, ThrowingRunnable trigger) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (alerts(rule, "").isEmpty()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new AssertionError("no alert of " + rule + "\n" + text());
      }
      trigger.run();
      Thread.sleep(100);
    }
  }

  /** Waits until an alert of this rule contains the text. */
  void awaitAlert(String rule, String text) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (alerts(rule, text).isEmpty()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new AssertionError("no alert of " + rule + " with " + text + "\n" + text());
      }
      Thread.sleep(20);
    }
  }

  /** Alerts (JSON) whose line contains the text. */
  List<JsonNode> alerts(String text) {
    return alerts("", text);
  }

  private List<JsonNode> alerts(String rule, String text) {
    List<JsonNode> alerts = new ArrayList<>();
    for (String line : lines()) {
      if (line.startsWith("{") && line.contains(text)) {
        JsonNode alert = parse(line);
        if (rule.isEmpty() || alert.path("rule").asText().equals(rule)) {
          alerts.add(alert);
        }
      }
    }
    return alerts;
  }

  List<String> lines() {
    synchronized (out) {
      return List.copyOf(out);
    }
  }

  List<String> errorLines() {
    synchronized (err) {
      return List.copyOf(err);
    }
  }

  String text() {
    return String.join("\n", lines()) + "\n--- standard error\n" + String.join("\n", errorLines());
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal by name. */
  void signal(String name) throws Exception {
    Commands.run("kill", "-" + name, Long.toString(process.pid()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static void collect(InputStream in, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                  synchronized (lines) {
                    lines.add(line);
                  }
                }
              } catch (IOException e) {
                synchronized (lines) {
                  lines.add("(stream closed: " + e.getMessage() + ")");
                }
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  /** A step that may fail in any way. */
  interface ThrowingRunnable {
    void run() throws Exception;
  }

  /** A directory for one test class, removed by the operating system's own clean-up. */
  static Path workDirectory(String name) throws IOException {
    return Files.createTempDirectory("jfalco-" + name + "-").toRealPath();
  }
}
