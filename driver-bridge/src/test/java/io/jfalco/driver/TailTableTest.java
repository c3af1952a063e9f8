package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TailTableTest {
  private static final Set<EventType> COLLECTED =
      Set.of(EventType.SYSCALL_CHDIR_X, EventType.SYSCALL_CLOSE_X, EventType.GENERIC_X);

  private static String program(Collection<String> programs, String syscall) {
    return new TailTable(programs, COLLECTED)
        .program(EventTable.syscall(syscall).orElseThrow())
        .orElse("none");
  }

  @Test
  void ownProgramThenCollectorThenNone() {
    List<String> programs = List.of("sys_exit", "x_close", "x_openat", "collect");
    assertThat(program(programs, "openat")).isEqualTo("x_openat");
    assertThat(program(programs, "close")).as("own before shared").isEqualTo("x_close");
    assertThat(program(programs, "chdir")).isEqualTo("collect");
    assertThat(program(programs, "getppid")).as("generic").isEqualTo("collect");
    assertThat(program(programs, "execve")).isEqualTo("none");
    assertThat(program(List.of("sys_exit"), "chdir")).isEqualTo("none");
  }

  @Test
  void tellsWhatAProgramServes() {
    TailTable table = new TailTable(List.of("x_close", "collect"), COLLECTED);
    assertThat(table.servedBy("x_close")).isEqualTo(KernelMapsTest.codes("close"));
    assertThat(table.servedBy("collect").get(code("chdir"))).isTrue();
    assertThat(table.servedBy("collect").get(code("close"))).isFalse();
    assertThat(table.servedBy("sys_exit").isEmpty()).isTrue();
  }

  @Test
  void readsTheTableOfTheCollector() {
    assertThat(CollectTable.events())
        .contains(EventType.GENERIC_X, EventType.SYSCALL_CHDIR_X)
        .doesNotContain(EventType.SYSCALL_EXECVE_19_X);
  }

  private static int code(String name) {
    return EventTable.syscall(name).map(Syscall::code).orElseThrow();
  }
}
