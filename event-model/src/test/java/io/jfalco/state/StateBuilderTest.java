package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateBuilderTest {
  private final HostState state = new HostState();
  private final StateBuilder builder = new StateBuilder(state);

  private static FdSpec inet(long number, FdType type, String local, int port, String remote) {
    FdSpec spec = new FdSpec().is(number, type, 5).inet(L4Proto.TCP, port, 4000);
    System.arraycopy(StateFixture.ip4(local), 0, spec.sourceIp(), 0, 4);
    System.arraycopy(StateFixture.ip4(remote), 0, spec.destinationIp(), 0, 4);
    return spec;
  }

  @Test
  void linksThreadsInAnyOrder() {
    builder.add(StateFixture.spec(12, 10, 1, "t", ""));
    builder.add(StateFixture.spec(10, 10, 1, "main", "/srv"));
    builder.add(StateFixture.spec(1, 1, 0, "init", "/"));
    builder.add(StateFixture.spec(77, 77, 5555, "lost", "/"));
    builder.finish();
    assertThat(state.thread(12).main()).isSameAs(state.thread(10));
    assertThat(state.thread(12).cwd()).hasToString("/srv/");
    assertThat(state.thread(10).liveThreads()).isEqualTo(2);
    assertThat(state.parent(state.thread(12)).tid()).isEqualTo(1);
    assertThat(state.thread(77).ptid()).isZero();
    assertThat(state.parent(state.thread(77))).isNull();
  }

  @Test
  void serversAreKnownByTheirPorts() {
    builder.add(StateFixture.spec(10, 10, 0, "sshd", "/"));
    FdSpec listening = new FdSpec().is(3, FdType.IPV4_SERVER, 9).inet(L4Proto.TCP, 0, 22);
    builder.add(10, listening);
    builder.add(10, inet(4, FdType.IPV4, "10.0.2.15", 22, "10.0.2.2"));
    builder.add(10, inet(5, FdType.IPV4, "10.0.2.15", 999, "10.0.2.2"));
    builder.finish();
    FdTable fds = state.thread(10).fds();
    assertThat(fds.get(3).name()).hasToString("0.0.0.0:22");
    assertThat(fds.get(4).name()).hasToString("10.0.2.2:4000->10.0.2.15:22");
    assertThat(fds.get(4).isRoleServer()).isTrue();
    assertThat(fds.get(5).name()).hasToString("10.0.2.15:999->10.0.2.2:4000");
    assertThat(fds.get(5).isRoleClient()).isTrue();
    assertThat(fds.get(5).isConnected()).isTrue();
  }

  @Test
  void filesAndUnixSockets() {
    builder.add(StateFixture.spec(10, 10, 0, "x", "/"));
    FdSpec file = new FdSpec().is(1, FdType.FILE_V2, 7).file(3, 8, 9);
    StateFixture.set(file.name(), "/log");
    builder.add(10, file);
    FdSpec unix = new FdSpec().is(2, FdType.UNIX, 8).unix(1, 2);
    StateFixture.set(unix.name(), "/run/x");
    assertThat(builder.add(10, unix)).isTrue();
    assertThat(builder.add(11, unix)).isFalse();
    builder.finish();
    FdTable fds = state.thread(10).fds();
    assertThat(fds.get(1).name()).hasToString("/log");
    assertThat(fds.get(1).mountId()).isEqualTo(9);
    assertThat(fds.get(2).isRoleServer()).isTrue();
    assertThat(fds.get(2).unixDestination()).isEqualTo(2);
  }
}
