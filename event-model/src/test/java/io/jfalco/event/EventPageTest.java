package io.jfalco.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventPageTest {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root"));
  private static final CollectedEvents COLLECTED = new CollectedEvents(ROOT);

  @Test
  void committedPageIsWhatTheTableGenerates() throws IOException {
    Path file = ROOT.resolve("docs/reference/events.md");
    String text = EventPage.text(COLLECTED);
    if (Boolean.getBoolean("generate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void knowsTheWaysInWhichEventsAreCollected() {
    assertThat(isCollected(EventType.SOCKET_SOCKET_X)).as("row of collect.tsv").isTrue();
    assertThat(isCollected(EventType.SYSCALL_OPENAT_2_X)).as("program of a call").isTrue();
    assertThat(isCollected(EventType.PROCEXIT_1_E)).as("program of a tracepoint").isTrue();
    assertThat(isCollected(EventType.SYSCALL_OPENAT_2_E)).as("begin of a call").isFalse();
    assertThat(isCollected(EventType.SOCKET_SEND_X)).as("call of other machines").isFalse();
    assertThat(isCollected(EventType.PLUGINEVENT_E)).as("event of a plugin").isFalse();
  }

  private static boolean isCollected(EventType type) {
    return COLLECTED.contains(EventTable.info(type));
  }
}
