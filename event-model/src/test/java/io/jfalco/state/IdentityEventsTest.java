package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import org.junit.jupiter.api.Test;

class IdentityEventsTest {
  private final StateFixture host = new StateFixture();
  private final ThreadInfo shell = host.state.thread(100);

  private EventBuilder event(EventType type) {
    return host.event(type, 100);
  }

  @Test
  void directories() {
    host.run(event(EventType.SYSCALL_CHDIR_X).number(0).text("../x/./y"));
    assertThat(shell.cwd()).hasToString("/home/x/y/");
    host.run(event(EventType.SYSCALL_CHDIR_X).number(-2).text("/no"));
    assertThat(shell.cwd()).hasToString("/home/x/y/");
    host.run(host.open(100, 3, "/srv", 1 | 1 << 10));
    host.run(event(EventType.SYSCALL_FCHDIR_X).number(0).number(3));
    assertThat(shell.cwd()).hasToString("/srv/");
    host.run(event(EventType.SYSCALL_GETCWD_X).number(2).text("/"));
    assertThat(shell.cwd()).hasToString("/");
    host.run(event(EventType.SYSCALL_CHROOT_X).number(0).text("jail"));
    assertThat(shell.root()).hasToString("/jail");
  }

  @Test
  void usersAndGroups() {
    long generation = shell.generation();
    host.run(event(EventType.SYSCALL_SETUID_X).number(0).number(33));
    assertThat(shell.uid()).isEqualTo(33);
    assertThat(shell.generation()).isNotEqualTo(generation);
    host.run(event(EventType.SYSCALL_SETUID_X).number(-1).number(0));
    assertThat(shell.uid()).isEqualTo(33);
    host.run(event(EventType.SYSCALL_SETRESUID_X).number(0).number(1).number(2).number(3));
    assertThat(shell.uid()).isEqualTo(2);
    host.run(event(EventType.SYSCALL_SETREUID_X).number(0).number(4).number(5));
    assertThat(shell.uid()).isEqualTo(5);
    host.run(event(EventType.SYSCALL_SETGID_X).number(0).number(6));
    assertThat(shell.gid()).isEqualTo(6);
    host.run(event(EventType.SYSCALL_SETRESGID_X).number(0).number(1).number(7).number(3));
    assertThat(shell.gid()).isEqualTo(7);
    host.run(event(EventType.SYSCALL_SETREGID_X).number(0).number(1).number(8));
    assertThat(shell.gid()).isEqualTo(8);
  }

  @Test
  void sessionsLimitsAndCapabilities() {
    host.run(event(EventType.SYSCALL_SETSID_X).number(100));
    assertThat(shell.sid()).isEqualTo(100);
    host.run(event(EventType.SYSCALL_SETRLIMIT_X).number(0).number(77).number(99).number(7));
    assertThat(shell.fdLimit()).isEqualTo(77);
    host.run(
        event(EventType.SYSCALL_PRLIMIT_X)
            .number(0)
            .number(55)
            .number(66)
            .number(-1)
            .number(-1)
            .number(1)
            .number(7));
    assertThat(host.state.thread(1).fdLimit()).isEqualTo(55);
    assertThat(shell.fdLimit()).isEqualTo(77);
    host.run(event(EventType.SYSCALL_CAPSET_X).number(0).number(1).number(2).number(3));
    assertThat(shell.capEffective()).isEqualTo(3);
    host.run(event(EventType.SYSCALL_UNSHARE_X).number(0).number(1 << 20));
    assertThat(shell.capPermitted()).isEqualTo((1L << 41) - 1);
  }

  @Test
  void namesDoNotFollowPrctl() {
    host.run(event(EventType.SYSCALL_PRCTL_X).number(0).number(15).text("other").number(0));
    assertThat(shell.comm()).hasToString("bash");
  }

  @Test
  void usersOfTheHostAndOfContainers() {
    host.run(user("", 7, "seven"));
    assertThat(name(Container.HOST, 7)).hasToString("seven");
    Container container = new Container("docker", "0123456789ab", "0123456789ab");
    host.run(user("0123456789ab", 7, "other"));
    assertThat(name(container, 7)).isNull();
    host.state
        .users()
        .add(
            "0123456789ab",
            new UserTable.User(7, 7, Bytes.of("own"), Bytes.of("/"), Bytes.of("/bin/sh")));
    assertThat(name(container, 7)).hasToString("own");
    assertThat(name(Container.HOST, 7)).hasToString("seven");
    host.run(
        host.event(EventType.USER_DELETED_E, 0)
            .number(7)
            .number(7)
            .text("own")
            .text("/")
            .text("/bin/sh")
            .text("0123456789ab"));
    assertThat(name(container, 7)).isNull();
  }

  private Bytes name(Container container, long uid) {
    UserTable.User user = host.state.users().user(container, uid);
    return user == null ? null : user.name();
  }

  private EventBuilder user(String container, long uid, String name) {
    return host.event(EventType.USER_ADDED_E, 0)
        .number(uid)
        .number(uid)
        .text(name)
        .text("/home")
        .text("/bin/sh")
        .text(container);
  }

  @Test
  void timesOfEvents() {
    host.run(host.open(100, 3, "/f", 1));
    long first = host.time();
    EventContext context = host.apply(host.close(100, 3));
    assertThat(context.firstTimestamp()).isEqualTo(first);
    assertThat(context.previousTimestamp()).isEqualTo(first);
    assertThat(context.thread().previousEventTime()).isEqualTo(first);
  }
}
