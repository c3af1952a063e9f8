package io.jfalco.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTableTest {
  @Test
  void hasAllEventNumbersOfTheSchema() {
    assertThat(EventTable.events()).hasSize(454).doesNotContainNull();
    assertThat(EventTable.events().stream().filter(EventInfo::isLive)).hasSize(196);
    assertThat(EventTable.events().stream().filter(e -> e.is(EventFlag.OLD_VERSION))).hasSize(223);
    assertThat(EventTable.events().stream().filter(e -> e.is(EventFlag.UNUSED))).hasSize(35);
  }

  @Test
  void knowsTheSystemCallsOfX8664() {
    assertThat(EventTable.syscalls().stream().filter(s -> s.x8664() >= 0)).hasSize(373);
    assertThat(EventTable.syscalls().stream().filter(s -> s.x8664() >= 0 && !s.isGeneric()))
        .hasSize(154);
    assertThat(EventTable.syscallX8664(257).name()).isEqualTo("openat");
    assertThat(EventTable.syscall("execve").orElseThrow().exit())
        .isEqualTo(EventType.SYSCALL_EXECVE_19_X);
  }

  @Test
  void describesParameters() {
    EventInfo openat = EventType.SYSCALL_OPENAT_2_X.info();
    assertThat(openat.falcoParams())
        .extracting(ParamInfo::name)
        .containsExactly("fd", "dirfd", "name", "flags", "mode", "dev", "ino");
    assertThat(openat.params().subList(7, 9))
        .extracting(ParamInfo::name)
        .containsExactly("kpath", "toctou");
    assertThat(openat.param("name").orElseThrow().dirfd()).isEqualTo(1);
    assertThat(openat.param("flags").orElseThrow().flags().orElseThrow().value("O_RDWR"))
        .isEqualTo(3);
    assertThat(EventTable.flagTables()).hasSize(55);
    assertThat(ParamType.values()).hasSize(49);
  }

  @Test
  void ownParametersFollowFalcos() {
    for (EventInfo info : EventTable.events()) {
      assertThat(info.falcoParams()).as(info.type().toString()).noneMatch(ParamInfo::own);
    }
  }
}
