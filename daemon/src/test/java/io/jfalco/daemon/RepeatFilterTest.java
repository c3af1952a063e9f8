package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
  private long now;
  private final RepeatFilter filter = new RepeatFilter(() -> now);

  private List<String> pass(Priority level, String text) {
    return texts(filter.pass(new RepeatFilter.Line(level, text)));
  }

  private static List<String> texts(List<RepeatFilter.Line> lines) {
    return lines.stream().map(line -> line.level().label() + " " + line.text()).toList();
  }

  private List<String> passTimes(int times, String text) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      written.addAll(pass(Priority.ERROR, text));
    }
    return written;
  }

  @Test
  void whatComesTooOftenIsCounted() {
    assertThat(passTimes(100, "http: refused")).hasSize(5).containsOnly("Error http: refused");
    now += TimeUnit.SECONDS.toNanos(59);
    assertThat(pass(Priority.NOTICE, "other")).containsExactly("Notice other");
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(pass(Priority.NOTICE, "other"))
        .containsExactly("Error http: refused (repeated 95 more times)", "Notice other");
    assertThat(passTimes(1, "http: refused")).containsExactly("Error http: refused");
  }

  @Test
  void differentMessagesDoNotTouchEachOther() {
    for (int i = 0; i < 5; i++) {
      assertThat(pass(Priority.ERROR, "a")).containsExactly("Error a");
      assertThat(pass(Priority.ERROR, "b")).containsExactly("Error b");
      assertThat(pass(Priority.WARNING, "a")).containsExactly("Warning a");
    }
    assertThat(pass(Priority.ERROR, "a")).isEmpty();
    assertThat(pass(Priority.ERROR, "c")).containsExactly("Error c");
  }

  @Test
  void whatIsNoFailureIsNeverHeldBack() {
    for (int i = 0; i < 100; i++) {
      assertThat(pass(Priority.INFORMATIONAL, "SIGHUP received, restarting..."))
          .containsExactly("Informational SIGHUP received, restarting...");
    }
  }

  @Test
  void theEndTellsWhatIsLeft() {
    passTimes(7, "a");
    passTimes(3, "b");
    assertThat(texts(filter.end())).containsExactly("Error a (repeated 2 more times)");
    assertThat(filter.end()).isEmpty();
  }

  @Test
  void memoryIsBounded() {
    passTimes(8, "first");
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      written.addAll(passTimes(1, "text " + i));
    }
    assertThat(written).hasSize(201).contains("Error first (repeated 3 more times)");
  }
}
