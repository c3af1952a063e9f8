package io.jfalco.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a socket in the place of the journal's, read as the journal reads. */
class JournalTest {
  @TempDir Path work;
  private String socket;

  @BeforeEach
  void socket() {
    socket = work.resolve("socket").toString();
  }

  private static OutputMessage alert(String text) {
    return new OutputMessage(
        Priority.WARNING,
        new OutputMessage.Origin("Read \u4f60", "syscall", List.of("host", "mitre")),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The fields of a datagram. */
  private static Map<String, String> fields(byte[] datagram) {
    Map<String, String> fields = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      StringBuilder name = new StringBuilder();
      byte b = in.get();
      for (; b != '=' && b != '\n'; b = in.get()) {
        name.append((char) b);
      }
      byte[] value;
      if (b == '\n') {
        value = new byte[(int) in.getLong()];
        in.get(value);
        assertThat(in.get()).isEqualTo((byte) '\n');
      } else {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (b = in.get(); b != '\n'; b = in.get()) {
          line.write(b);
        }
        value = line.toByteArray();
      }
      fields.put(name.toString(), new String(value, StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Test
  void messagesHaveTheirLevelAndMayHaveLines() throws Exception {
    try (DatagramReceiver receiver = new DatagramReceiver(socket)) {
      Journal journal = new Journal(UnixDatagrams.to(socket));
      journal.log(Priority.ERROR, "first\nsecond=2\n");
      journal.log(Priority.DEBUG, "");
      Map<String, String> entry = fields(receiver.poll().orElseThrow());
      assertThat(entry)
          .containsEntry("MESSAGE", "first\nsecond=2\n")
          .containsEntry("PRIORITY", "3")
          .containsEntry("SYSLOG_IDENTIFIER", "falco")
          .containsEntry("OBJECT_SYSTEMD_UNIT", "falco.service")
          .hasSize(4);
      assertThat(fields(receiver.poll().orElseThrow()))
          .containsEntry("MESSAGE", "")
          .containsEntry("PRIORITY", "7");
    }
  }

  @Test
  void alertsHaveFields() throws Exception {
    try (DatagramReceiver receiver = new DatagramReceiver(socket)) {
      Journal journal = new Journal(UnixDatagrams.to(socket));
      new JournalOutput(journal, new LineCollector()).write(alert("text"));
      assertThat(fields(receiver.poll().orElseThrow()))
          .containsEntry("MESSAGE", "text")
          .containsEntry("PRIORITY", "4")
          .containsEntry("SYSLOG_FACILITY", "1")
          .containsEntry("FALCO_PRIORITY", "Warning")
          .containsEntry("FALCO_RULE", "Read \u4f60")
          .containsEntry("FALCO_SOURCE", "syscall")
          .containsEntry("FALCO_TAGS", "host,mitre");
    }
  }

  @Test
  void whatTheJournalDoesNotTakeGoesTheUsualWay() throws Exception {
    LineCollector usual = new LineCollector();
    JournalOutput output = new JournalOutput(new Journal(UnixDatagrams.to(socket)), usual);
    output.write(alert("nobody listens"));
    try (DatagramReceiver receiver = new DatagramReceiver(socket)) {
      output.write(alert("x".repeat(64 << 20)));
      output.write(alert("short"));
      assertThat(fields(receiver.poll().orElseThrow())).containsEntry("MESSAGE", "short");
      assertThat(receiver.poll()).isEmpty();
    }
    assertThat(usual.sizes).containsExactly("nobody listens".length(), 64 << 20);
  }

  @Test
  void onlyTheFileThatSystemdNamesIsTheJournals() throws Exception {
    Path file = Files.createFile(work.resolve("file"));
    Map<String, Object> id = Files.readAttributes(file, "unix:dev,ino");
    String stream = id.get("dev") + ":" + id.get("ino");
    assertThat(Journal.isBehind(file, Map.of("JOURNAL_STREAM", stream)::get)).isTrue();
    assertThat(Journal.isBehind(file, Map.of("JOURNAL_STREAM", stream + "1")::get)).isFalse();
    assertThat(Journal.isBehind(file, Map.<String, String>of()::get)).isFalse();
    assertThat(Journal.isBehind(work.resolve("none"), Map.of("JOURNAL_STREAM", stream)::get))
        .isFalse();
  }

  @Test
  void syslogIsTheJournalsWhereItsSocketIs() throws Exception {
    Path journal = Files.createFile(work.resolve("dev-log"));
    Path link = Files.createSymbolicLink(work.resolve("log"), journal);
    assertThat(Journal.receivesSyslog(link, journal)).isTrue();
    assertThat(Journal.receivesSyslog(Files.createFile(work.resolve("other")), journal)).isFalse();
    assertThat(Journal.receivesSyslog(work.resolve("none"), journal)).isFalse();
  }

  /** An output that remembers how long messages were. */
  private static final class LineCollector implements Output {
    private final List<Integer> sizes = new java.util.ArrayList<>();

    @Override
    public String name() {
      return "usual";
    }

    @Override
    public void write(OutputMessage message) {
      sizes.add(message.size());
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
  }
}
