package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was executed, in records that only tell it in the enter event. */
class ExecPathTest {
  private static final int DIRECTORY = 1 << 10;

  private final StateFixture host = new StateFixture();

  private EventBuilder exit(EventType type) {
    EventBuilder event = host.event(type, 100).number(0).text("ls").texts(List.of("-l"));
    return event.number(100).number(100).number(1).text("").number(1024);
  }

  private String path() {
    return host.state.thread(100).image().exePath().toString();
  }

  @ParameterizedTest
  @CsvSource({"/bin/ls, /bin/ls", "../x, /home/x", "<NA>, <NA>"})
  void execve(String given, String expected) {
    EventContext context = host.apply(host.event(EventType.SYSCALL_EXECVE_19_E, 100).text(given));
    assertThat(context.event().isStateOnly()).isTrue();
    host.run(exit(EventType.SYSCALL_EXECVE_19_X));
    assertThat(path()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-100, x, 0, /home/user/x",
    "7, /bin/ls, 0, /bin/ls",
    "7, ls, 0, /opt/ls",
    "7, <NA>, 1, /opt",
    "7, <NA>, 0, <NA>",
    "9, ls, 0, <NA>",
  })
  void execveat(long dirfd, String given, long flags, String expected) {
    host.run(host.open(100, 7, "/opt", DIRECTORY));
    host.run(host.event(EventType.SYSCALL_EXECVEAT_E, 100).number(dirfd).text(given).number(flags));
    host.run(exit(EventType.SYSCALL_EXECVE_19_X));
    assertThat(path()).isEqualTo(expected);
  }

  @Test
  void anEventBetweenMakesTheEnterEventUseless() {
    host.run(host.event(EventType.SYSCALL_EXECVE_19_E, 100).text("/bin/ls"));
    host.run(host.event(EventType.SIGNALDELIVER_E, 100).number(1).number(100).number(9));
    host.run(exit(EventType.SYSCALL_EXECVE_19_X));
    assertThat(path()).isEqualTo("/usr/bin/bash");
  }

  @Test
  void theExitEventOfAnotherCallMakesItUseless() {
    host.run(host.event(EventType.SYSCALL_EXECVE_19_E, 100).text("/bin/ls"));
    host.run(host.close(100, 3));
    host.run(exit(EventType.SYSCALL_EXECVE_19_X));
    assertThat(path()).isEqualTo("/usr/bin/bash");
  }
}
