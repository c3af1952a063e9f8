package io.jfalco.state;

import static io.jfalco.state.StateFixture.address4;
import static io.jfalco.state.StateFixture.ip4;
import static io.jfalco.state.StateFixture.tuple4;
import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketEventsTest {
  private static final byte[] ONE_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final byte[] TWO_6 = {(byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x15};

  private final StateFixture host = new StateFixture();

  @BeforeEach
  void interfaces() {
    StateBuilder builder = new StateBuilder(host.state);
    builder.addInterface4(ip4("127.0.0.1"), ip4("255.0.0.0"));
    builder.addInterface4(ip4("10.0.2.15"), ip4("255.255.255.0"));
    builder.addInterface6(ONE_6);
  }

  private FdInfo fd(long number) {
    return host.state.thread(100).fds().get(number);
  }

  private void socket(long number, long domain, long type, long protocol) {
    host.run(
        host.event(EventType.SOCKET_SOCKET_X, 100)
            .number(number)
            .number(domain)
            .number(type)
            .number(protocol)
            .number(0));
  }

  private EventBuilder connect(long result, long fd, byte[] tuple, byte[] address) {
    return host.event(EventType.SOCKET_CONNECT_X, 100)
        .number(result)
        .bytes(tuple)
        .number(fd)
        .bytes(address);
  }

  private EventBuilder bind(long fd, byte[] address) {
    return host.event(EventType.SOCKET_BIND_X, 100).number(0).bytes(address).number(fd);
  }

  private EventBuilder sendto(long fd, byte[] tuple) {
    return host.event(EventType.SOCKET_SENDTO_X, 100)
        .number(4)
        .bytes(new byte[4])
        .number(fd)
        .number(4)
        .bytes(tuple);
  }

  private EventBuilder recvfrom(long fd, byte[] tuple) {
    return host.event(EventType.SOCKET_RECVFROM_X, 100)
        .number(4)
        .bytes(new byte[4])
        .bytes(tuple)
        .number(fd)
        .number(4);
  }

  @Test
  void aNewSocketHasAProtocolThatIsHiddenUntilItHasARole() {
    socket(3, 2, 0x80001, 0);
    assertThat(fd(3).type()).isEqualTo(FdType.IPV4);
    assertThat(fd(3).name().isEmpty()).isTrue();
    assertThat(fd(3).l4proto()).isEqualTo(L4Proto.NA);
    assertThat(fd(3).keptProtocol()).isEqualTo(L4Proto.TCP);
    socket(4, 2, 3, 1);
    assertThat(fd(4).l4proto()).isEqualTo(L4Proto.RAW);
    socket(5, 16, 3, 0);
    assertThat(fd(5).type()).isEqualTo(FdType.NETLINK);
    socket(6, 17, 3, 0);
    assertThat(fd(6).type()).isEqualTo(FdType.UNKNOWN);
  }

  @Test
  void connectMakesAClient() {
    socket(3, 2, 1, 0);
    EventContext context =
        host.apply(
            connect(0, 3, tuple4("10.0.2.15", 4000, "1.2.3.4", 443), address4("1.2.3.4", 443)));
    FdInfo fd = context.fd();
    assertThat(context.isFdNameChanged()).isTrue();
    assertThat(fd.name()).hasToString("10.0.2.15:4000->1.2.3.4:443");
    assertThat(fd.isRoleClient()).isTrue();
    assertThat(fd.isConnected()).isTrue();
    assertThat(fd.l4proto()).isEqualTo(L4Proto.TCP);
    assertThat(fd.sourcePort()).isEqualTo(4000);
    assertThat(fd.destinationPort()).isEqualTo(443);
    assertThat(fd.destinationIp()).startsWith(ip4("1.2.3.4"));
    assertThat(host.state.interfaces().isClientLocal(context.thread(), fd)).isTrue();
    context = host.apply(sendto(3, tuple4("10.0.2.15", 4000, "9.9.9.9", 9)));
    assertThat(context.isFdNameChanged()).isFalse();
    assertThat(fd.name()).hasToString("10.0.2.15:4000->1.2.3.4:443");
  }

  @Test
  void connectInProgressCountsAndFailureDoesNot() {
    socket(3, 2, 1, 0);
    host.run(connect(-111, 3, new byte[0], address4("127.0.0.1", 1)));
    assertThat(fd(3).isConnected()).isFalse();
    assertThat(fd(3).name().isEmpty()).isTrue();
    host.run(connect(-115, 3, tuple4("127.0.0.1", 5, "127.0.0.1", 6), address4("127.0.0.1", 6)));
    assertThat(fd(3).isConnected()).isTrue();
  }

  @Test
  void connectBelievesTheEnterEventWhereTheTupleRepeatsTheArgument() {
    socket(3, 2, 1, 0);
    host.run(host.event(EventType.SOCKET_CONNECT_E, 100).number(3).bytes(address4("6.6.6.6", 66)));
    host.run(connect(0, 3, tuple4("10.0.2.15", 5, "8.8.8.8", 53), address4("8.8.8.8", 53)));
    assertThat(fd(3).name()).hasToString("10.0.2.15:5->6.6.6.6:66");
    host.run(host.event(EventType.SOCKET_CONNECT_E, 100).number(3).bytes(address4("6.6.6.6", 66)));
    host.run(connect(0, 3, tuple4("10.0.2.15", 5, "8.8.8.8", 53), address4("7.7.7.7", 53)));
    assertThat(fd(3).name()).hasToString("10.0.2.15:5->8.8.8.8:53");
  }

  @Test
  void bindMakesAServerAndDatagramsTellTheClient() {
    socket(3, 2, 2, 0);
    EventContext context = host.apply(bind(3, address4("127.0.0.1", 6001)));
    assertThat(context.fd().type()).isEqualTo(FdType.IPV4_SERVER);
    assertThat(context.fd().name()).hasToString("127.0.0.1:6001");
    assertThat(context.fd().destinationPort()).isEqualTo(6001);
    assertThat(context.fd().l4proto()).isEqualTo(L4Proto.UDP);
    assertThat(context.isFdNameChanged()).isTrue();
    context = host.apply(recvfrom(3, tuple4("127.0.0.1", 48068, "127.0.0.1", 6001)));
    assertThat(context.fd().type()).isEqualTo(FdType.IPV4);
    assertThat(context.fd().name()).hasToString("127.0.0.1:48068->127.0.0.1:6001");
    assertThat(context.fd().isRoleServer()).isTrue();
    context = host.apply(sendto(3, tuple4("127.0.0.1", 6001, "127.0.0.1", 48068)));
    assertThat(context.fd().name()).hasToString("127.0.0.1:48068->127.0.0.1:6001");
    assertThat(context.isFdNameChanged()).isFalse();
    context = host.apply(recvfrom(3, tuple4("127.0.0.1", 50000, "127.0.0.1", 6001)));
    assertThat(context.fd().name()).hasToString("127.0.0.1:50000->127.0.0.1:6001");
    assertThat(context.isFdNameChanged()).isTrue();
  }

  @Test
  void bindToPortZeroIsNoServer() {
    socket(3, 2, 1, 0);
    host.run(bind(3, address4("0.0.0.0", 0)));
    assertThat(fd(3).type()).isEqualTo(FdType.IPV4);
    assertThat(fd(3).isRoleNone()).isTrue();
    assertThat(fd(3).name()).hasToString("0.0.0.0:0");
  }

  @Test
  void aSenderIsAClientAndItsAddressIsCompleted() {
    socket(3, 2, 2, 0);
    host.run(sendto(3, tuple4("0.0.0.0", 35289, "127.0.0.1", 53)));
    assertThat(fd(3).name()).hasToString("127.0.0.1:35289->127.0.0.1:53");
    assertThat(fd(3).isRoleClient()).isTrue();
    host.run(recvfrom(3, tuple4("127.0.0.1", 53, "127.0.0.1", 35289)));
    assertThat(fd(3).name()).hasToString("127.0.0.1:35289->127.0.0.1:53");
    socket(4, 2, 2, 0);
    host.run(sendto(4, tuple4("0.0.0.0", 1, "10.0.2.3", 53)));
    assertThat(fd(4).name()).hasToString("10.0.2.15:1->10.0.2.3:53");
  }

  @Test
  void whoSendsThroughAnUnknownDescriptorHasAUdpSocket() {
    EventContext context = host.apply(sendto(9, tuple4("10.0.2.15", 1, "8.8.8.8", 53)));
    assertThat(context.fd().name()).hasToString("10.0.2.15:1->8.8.8.8:53");
    assertThat(context.fd().l4proto()).isEqualTo(L4Proto.UDP);
  }

  @Test
  void acceptMakesAServerConnection() {
    EventContext context =
        host.apply(
            host.event(EventType.SOCKET_ACCEPT4_6_X, 100)
                .number(4)
                .bytes(tuple4("10.0.2.2", 999, "10.0.2.15", 22))
                .number(0)
                .number(0)
                .number(5)
                .number(4096));
    FdInfo fd = context.fd();
    assertThat(fd.name()).hasToString("10.0.2.2:999->10.0.2.15:22");
    assertThat(fd.isRoleServer()).isTrue();
    assertThat(fd.isConnected()).isTrue();
    assertThat(fd.l4proto()).isEqualTo(L4Proto.TCP);
    assertThat(fd.isCloseOnExec()).isTrue();
    assertThat(context.isFdNameChanged()).isTrue();
    assertThat(host.state.interfaces().isClientLocal(context.thread(), fd)).isFalse();
  }

  @Test
  void addressesOfVersion6() {
    socket(3, 10, 1, 0);
    host.run(connect(0, 3, StateFixture.tuple6(TWO_6, 1, ONE_6, 8080), new byte[0]));
    assertThat(fd(3).name()).hasToString("fd00::15:1->::1:8080");
    assertThat(fd(3).type()).isEqualTo(FdType.IPV6);
    assertThat(fd(3).destinationIp()).isEqualTo(ONE_6);
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 127;
    mapped[15] = 1;
    socket(4, 10, 1, 0);
    host.run(connect(0, 4, StateFixture.tuple6(mapped, 7, mapped, 8), new byte[0]));
    assertThat(fd(4).type()).isEqualTo(FdType.IPV4);
    // As in Falco: the protocol of the IPv6 form is not where the IPv4 form looks for it.
    assertThat(fd(4).name()).hasToString("<unknown>");
  }

  @Test
  void unixSockets() {
    socket(3, 1, 1, 0);
    host.run(connect(0, 3, StateFixture.unixTuple(0xffffabcdL, 0x1234, "/run/s\0"), new byte[0]));
    assertThat(fd(3).name()).hasToString("ffffabcd->1234 /run/s");
    assertThat(fd(3).unixSource()).isEqualTo(0xffffabcdL);
    host.run(
        host.event(EventType.SOCKET_SOCKETPAIR_X, 100)
            .number(0)
            .number(4)
            .number(5)
            .number(11)
            .number(12)
            .number(1)
            .number(1)
            .number(0));
    assertThat(fd(4).type()).isEqualTo(FdType.UNIX);
    assertThat(fd(5).unixDestination()).isEqualTo(12);
    host.run(bind(4, new byte[] {1, '/', 'x', 0}));
    assertThat(fd(4).name()).hasToString("/x");
    assertThat(fd(5).name().isEmpty()).isTrue();
  }

  @Test
  void childrenDoNotSeeLaterConnectionsOfTheirParent() {
    socket(3, 2, 1, 0);
    host.fork(100, 200);
    host.run(connect(0, 3, tuple4("10.0.2.15", 4000, "1.2.3.4", 443), address4("1.2.3.4", 443)));
    assertThat(host.fds(100)).containsEntry(3, "10.0.2.15:4000->1.2.3.4:443");
    assertThat(host.fds(200)).containsEntry(3, "");
  }

  @Test
  void passedDescriptorsAreLookedFor() {
    long[] asked = {0, 0};
    StateFixture other =
        new StateFixture(
            new ThreadLookup() {
              @Override
              public boolean lookup(long tid, StateBuilder into) {
                return false;
              }

              @Override
              public void lookupFd(long pid, long fd, StateBuilder into) {
                asked[0] = pid;
                asked[1] = fd;
              }
            });
    other.run(
        other
            .event(EventType.SOCKET_SOCKET_X, 100)
            .number(3)
            .number(1)
            .number(1)
            .number(0)
            .number(0));
    byte[] control = new byte[24];
    control[0] = 20;
    control[8] = 1;
    control[12] = 1;
    control[16] = 42;
    other.run(
        other
            .event(EventType.SOCKET_RECVMSG_X, 100)
            .number(1)
            .number(1)
            .bytes(new byte[1])
            .missing()
            .bytes(control)
            .number(3));
    assertThat(asked).containsExactly(100, 42);
  }
}
