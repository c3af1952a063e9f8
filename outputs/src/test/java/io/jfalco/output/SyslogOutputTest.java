package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.alert.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sends through the real syslog(3): once to standard error, and, where this may be done, to a
 * socket at /dev/log.
 */
@Timeout(60)
class SyslogOutputTest {
  private static final Path DEV_LOG = Path.of("/dev/log");

  /** Run in a JVM of its own: opens the log, makes garbage, sends. */
  static final class Sender {
    private Sender() {}

    public static void main(String[] args) {
      SyslogOutput output = new SyslogOutput(Syslog.open(Syslog.ECHO));
      List<byte[]> garbage = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        garbage.add(new byte[100_000]);
        if (garbage.size() > 50) {
          garbage.clear();
          System.gc();
        }
      }
      for (Priority priority : Priority.values()) {
        String text = priority.label() + " 100%s %n \u4f60\u597d";
        output.write(new OutputMessage(priority, text.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static String runSender() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sender.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  @Test
  void identStaysFalcoAndFormatsInTheTextAreLeftAlone() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      expected.add("falco: " + priority.label() + " 100%s %n \u4f60\u597d");
    }
    assertThat(runSender().lines()).containsExactlyElementsOf(expected);
  }

  @Test
  void priorityAndFacilityReachTheSystemsLog() throws Exception {
    assumeTrue(
        Files.isWritable(Path.of("/dev")) && !Files.exists(DEV_LOG, LinkOption.NOFOLLOW_LINKS),
        "/dev/log is in use, or cannot be made without root");
    try (DatagramReceiver log = new DatagramReceiver(DEV_LOG.toString())) {
      runSender();
      for (Priority priority : Priority.values()) {
        assertThat(log.pollText().orElse(""))
            .startsWith("<" + (8 + priority.ordinal()) + ">")
            .endsWith(" falco: " + priority.label() + " 100%s %n \u4f60\u597d");
      }
    } finally {
      Files.deleteIfExists(DEV_LOG);
    }
  }
}
