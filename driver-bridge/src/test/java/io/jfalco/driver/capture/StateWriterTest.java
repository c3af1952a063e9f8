package io.jfalco.driver.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.driver.EventSource;
import io.jfalco.driver.capture.CaptureWriter.Overflow;
import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.L4Proto;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadSpec;
import io.jfalco.state.UserTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state that captures begin with, written and read again. */
class StateWriterTest {
  private static final MachineInfo MACHINE = new MachineInfo(2, 1 << 30, 32768, "host", 77);
  private static final byte[] LOCAL = {10, 0, 0, 1};
  private static final byte[] REMOTE = {10, 0, 0, 9};

  @TempDir Path folder;

  private static void text(Bytes to, String text) {
    to.copyFrom(Bytes.of(text));
  }

  private static ThreadSpec process(long pid, long parent) {
    ThreadSpec spec = new ThreadSpec().ids(pid, pid, parent).virtualIds(pid - 1, pid - 1);
    text(spec.comm(), "server");
    text(spec.exe(), "./server");
    text(spec.exePath(), "/usr/bin/server");
    text(spec.args(), "-a\0b c\0");
    text(spec.env(), "A=1\0B=2\0");
    text(spec.cwd(), "/srv");
    text(spec.root(), "/");
    text(spec.cgroups(), "cpu=/a\0memory=/b\0");
    return spec.groups(11, 12, 13)
        .users(1, 2, 3)
        .tty(34816)
        .flags(0x200)
        .fdLimit(1024)
        .memory(100, 50, 7)
        .pageFaults(8, 9)
        .capabilities(1, 2, 3)
        .exeFile(42, 43, 44)
        .exeMarks(true, false, true, true)
        .start(0, 66);
  }

  private static HostState filled() {
    HostState state = new HostState();
    StateBuilder builder = new StateBuilder(state).bootTime(77);
    builder.addInterface4(LOCAL, new byte[] {-1, -1, -1, 0});
    byte[] six = new byte[16];
    six[0] = 0x20;
    six[15] = 5;
    builder.addInterface6(six);
    builder.addUser("", user(0, "root"));
    builder.addGroup("", 5, Bytes.of("tty"));
    builder.addUser("0123456789ab", user(0, "inside"));
    builder.addGroup("0123456789ab", 6, Bytes.of("in"));
    builder.add(process(1, 0));
    builder.add(process(10, 1));
    ThreadSpec thread = process(10, 1).ids(11, 10, 1).flags(0x10000);
    builder.add(thread);
    FdSpec file = new FdSpec().is(3, FdType.FILE_V2, 99).file(4096, 2049, 0);
    text(file.name(), "/etc/passwd");
    builder.add(10, file);
    builder.add(10, socket(4, FdType.IPV4_SERVER).inet(L4Proto.TCP, 0, 80));
    FdSpec accepted = socket(5, FdType.IPV4).inet(L4Proto.TCP, 80, 40000);
    FdSpec connected = socket(6, FdType.IPV4).inet(L4Proto.UDP, 50000, 53);
    builder.add(10, accepted);
    builder.add(10, connected);
    builder.add(10, socket(7, FdType.IPV6).inet(L4Proto.TCP, 1, 2));
    FdSpec unix = new FdSpec().is(8, FdType.UNIX, 98).unix(0x1234, 0x5678);
    text(unix.name(), "/run/x");
    builder.add(10, unix);
    FdSpec pipe = new FdSpec().is(5000, FdType.FIFO, 97);
    text(pipe.name(), "pipe:[97]");
    builder.add(10, pipe);
    builder.finish();
    return state;
  }

  private static FdSpec socket(long number, FdType type) {
    FdSpec spec = new FdSpec().is(number, type, 90 + number);
    System.arraycopy(LOCAL, 0, spec.sourceIp(), 0, 4);
    System.arraycopy(REMOTE, 0, spec.destinationIp(), 0, 4);
    if (type.isInet6()) {
      spec.sourceIp()[15] = 1;
      spec.destinationIp()[15] = 2;
    }
    return spec;
  }

  private static UserTable.User user(long uid, String name) {
    return new UserTable.User(uid, 0, Bytes.of(name), Bytes.of("/" + name), Bytes.of("/bin/sh"));
  }

  private Path write(HostState state, String name) throws Exception {
    Path file = folder.resolve(name);
    try (CaptureWriter writer = CaptureWriter.replace(file, false, Overflow.WAIT)) {
      writer.state(state, MACHINE, 5);
    }
    return file;
  }

  private static HostState read(Path file) throws Exception {
    HostState state = new HostState();
    StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
    EventContext context = new EventContext(state);
    try (CaptureFileSource source = new CaptureFileSource(file, state)) {
      source.open();
      int count;
      do {
        count =
            source.poll(
                event -> {
                  assertThat(event.isStateOnly()).isTrue();
                  updater.apply(event, context);
                  updater.finish(context);
                },
                100);
      } while (count != EventSource.END);
    }
    return state;
  }

  @Test
  void whatWasReadIsWrittenTheSame() throws Exception {
    Path first = write(filled(), "one");
    Path second = write(read(first), "two");
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    assertThat(Files.size(first)).isGreaterThan(1000);
  }

  @Test
  void processesKeepEverything() throws Exception {
    HostState state = read(write(filled(), "one"));
    ThreadInfo main = state.thread(10);
    assertThat(main.comm().toString()).isEqualTo("server");
    assertThat(main.image().exe().toString()).isEqualTo("./server");
    assertThat(main.image().exePath().toString()).isEqualTo("/usr/bin/server");
    assertThat(main.image().args().toString()).isEqualTo("-a\0b c\0");
    assertThat(main.env().toString()).isEqualTo("A=1\0B=2\0");
    assertThat(main.cwd().toString()).isEqualTo("/srv/");
    assertThat(main.root().toString()).isEqualTo("/");
    Bytes cgroups = new Bytes();
    main.cgroups().raw(cgroups);
    assertThat(cgroups.toString()).isEqualTo("cpu=/a\0memory=/b\0");
    assertThat(state.parent(main)).isSameAs(state.thread(1));
    assertThat(main.liveThreads()).isEqualTo(2);
    assertThat(state.thread(11).main()).isSameAs(main);
    assertThat(new long[] {main.sid(), main.vpgid(), main.pgid(), main.vtid(), main.vpid()})
        .containsExactly(11, 12, 13, 9, 9);
    assertThat(new long[] {main.uid(), main.gid(), main.loginUid(), main.tty(), main.fdLimit()})
        .containsExactly(1, 2, 3, 34816, 1024);
    assertThat(new long[] {main.vmSize(), main.vmRss(), main.vmSwap()}).containsExactly(100, 50, 7);
    assertThat(new long[] {main.pageFaultsMajor(), main.pageFaultsMinor()}).containsExactly(8, 9);
    assertThat(new long[] {main.capInheritable(), main.capPermitted(), main.capEffective()})
        .containsExactly(1, 2, 3);
    assertThat(main.image().isWritable()).isTrue();
    assertThat(main.image().isUpperLayer()).isFalse();
    assertThat(main.image().isLowerLayer()).isTrue();
    assertThat(main.image().isFromMemfd()).isTrue();
    assertThat(main.image().inode()).isEqualTo(42);
    assertThat(main.pidNamespaceStart()).isEqualTo(66);
  }

  @Test
  void descriptorsKeepTheirRoles() throws Exception {
    HostState state = read(write(filled(), "one"));
    ThreadInfo main = state.thread(10);
    FdInfo file = main.fds().get(3);
    assertThat(file.name().toString()).isEqualTo("/etc/passwd");
    assertThat(file.openFlags()).isEqualTo(4096);
    assertThat(file.device()).isEqualTo(2049);
    assertThat(file.inode()).isEqualTo(99);
    FdInfo accepted = main.fds().get(5);
    assertThat(accepted.isRoleServer()).isTrue();
    assertThat(accepted.name().toString()).isEqualTo("10.0.0.9:40000->10.0.0.1:80");
    assertThat(accepted.l4proto()).isEqualTo(L4Proto.TCP);
    FdInfo connected = main.fds().get(6);
    assertThat(connected.isRoleClient()).isTrue();
    assertThat(connected.name().toString()).isEqualTo("10.0.0.1:50000->10.0.0.9:53");
    assertThat(main.fds().get(4).destinationPort()).isEqualTo(80);
    assertThat(main.fds().get(7).type()).isEqualTo(FdType.IPV6);
    assertThat(main.fds().get(8).unixSource()).isEqualTo(0x1234);
    assertThat(main.fds().get(8).unixDestination()).isEqualTo(0x5678);
    assertThat(main.fds().get(5000).name().toString()).isEqualTo("pipe:[97]");
    assertThat(main.fds().size()).isEqualTo(7);
  }

  @Test
  void usersOfTheHostAndOfContainersAreKept() throws Exception {
    UserTable users = read(write(filled(), "one")).users();
    StringBuilder found = new StringBuilder();
    users.forEach(
        new UserTable.Visitor() {
          @Override
          public void user(String containerId, UserTable.User user) {
            found.append(containerId).append('/').append(user.uid()).append('=');
            found.append(user.name()).append(' ');
          }

          @Override
          public void group(String containerId, long gid, Bytes name) {
            found.append(containerId).append('/').append(gid).append('=').append(name).append(' ');
          }
        });
    assertThat(found.toString())
        .isEqualTo("/0=root /5=tty 0123456789ab/0=inside 0123456789ab/6=in ");
  }

  @Test
  void whatRuntimesToldOfContainersIsKept() throws Exception {
    HostState state = filled();
    ContainerInfo info =
        new ContainerInfo.Builder()
            .text(ContainerInfo.Text.ID, "0123456789ab")
            .text(ContainerInfo.Text.NAME, "web \"1\"")
            .text(ContainerInfo.Text.IMAGE, "nginx:1")
            .text(ContainerInfo.Text.TYPE, "podman")
            .flag(ContainerInfo.Flag.PRIVILEGED, true)
            .label("app", "shop")
            .podLabel("tier", "front")
            .variable("A=1")
            .mount(new ContainerInfo.Mount("/a", "/b", "rw", true, "rprivate"))
            .build();
    state.containers().put(info);

    ContainerInfo again = read(write(state, "one")).containers().find("0123456789ab");

    for (ContainerInfo.Text text : ContainerInfo.Text.values()) {
      assertThat(String.valueOf(again.text(text)))
          .as("%s", text)
          .isEqualTo(String.valueOf(info.text(text)));
    }
    assertThat(again.is(ContainerInfo.Flag.PRIVILEGED)).isTrue();
    assertThat(again.is(ContainerInfo.Flag.HOST_PID)).isFalse();
    assertThat(again.labels()).hasToString("{app=shop}");
    assertThat(again.podLabels()).hasToString("{tier=front}");
    assertThat(again.environment()).containsExactly("A=1");
    assertThat(again.mounts()).isEqualTo(info.mounts());
  }

  /** Older readers give up a list with kinds that they do not know: events tell of these. */
  @Test
  void descriptorsOfNewKindsComeBackThroughEvents() throws Exception {
    HostState state = filled();
    StateUpdater updater = new StateUpdater(state, ThreadLookup.NONE);
    EventContext context = new EventContext(state);
    EventBuilder[] events = {
      EventBuilder.of(EventType.SYSCALL_BPF_2_X).number(20).number(0),
      EventBuilder.of(EventType.SYSCALL_USERFAULTFD_X).number(21).number(1),
      EventBuilder.of(EventType.SYSCALL_IO_URING_SETUP_X).number(22),
      EventBuilder.of(EventType.SYSCALL_MEMFD_CREATE_X).number(23).text("secret").number(3),
      EventBuilder.of(EventType.SYSCALL_PIDFD_OPEN_X).number(24).number(1).number(0)
    };
    for (EventBuilder event : events) {
      updater.apply(event.tid(10).timestamp(4).view(), context);
      updater.finish(context);
    }

    HostState again = read(write(state, "one"));

    ThreadInfo main = again.thread(10);
    assertThat(main.fds().get(20).type()).isEqualTo(FdType.BPF);
    assertThat(main.fds().get(21).type()).isEqualTo(FdType.USERFAULTFD);
    assertThat(main.fds().get(22).type()).isEqualTo(FdType.IO_URING);
    assertThat(main.fds().get(23).type()).isEqualTo(FdType.MEMFD);
    assertThat(main.fds().get(23).name().toString()).isEqualTo("secret");
    assertThat(main.fds().get(23).openFlags()).isEqualTo(3);
    assertThat(main.fds().get(24).type()).isEqualTo(FdType.PIDFD);
    assertThat(main.fds().get(24).pid()).isEqualTo(1);
  }

  @Test
  void whatReadersRefuseIsCut() throws Exception {
    HostState state = new HostState();
    StateBuilder builder = new StateBuilder(state);
    ThreadSpec spec = process(1, 0);
    text(spec.env(), "A=1\0".repeat(2000));
    text(spec.args(), "x".repeat(5000) + "\0");
    text(spec.exe(), "y".repeat(3000));
    builder.add(spec);
    builder.finish();

    ThreadInfo thread = read(write(state, "one")).thread(1);

    assertThat(thread.env().length()).isEqualTo(4096);
    assertThat(thread.image().args().toString()).isEqualTo("x".repeat(4096) + "\0");
    assertThat(thread.image().exe().length()).isEqualTo(1024);
  }

  @Test
  void longListsAreDivided() throws Exception {
    HostState state = new HostState();
    StateBuilder builder = new StateBuilder(state);
    for (int pid = 1; pid <= 1000; pid++) {
      builder.add(process(pid, 0));
    }
    for (int fd = 0; fd < 4000; fd++) {
      FdSpec spec = new FdSpec().is(fd, FdType.FIFO, fd);
      text(spec.name(), "pipe:[" + fd + "]");
      builder.add(7, spec);
    }
    builder.finish();

    HostState again = read(write(state, "one"));

    assertThat(again.threadCount()).isEqualTo(1000);
    assertThat(again.thread(7).fds().size()).isEqualTo(4000);
  }
}
