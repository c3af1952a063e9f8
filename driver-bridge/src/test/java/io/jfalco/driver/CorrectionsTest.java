package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.L4Proto;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.ThreadSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrectionsTest {
  private static final long BOOT = 1_000_000_000_000L;
  private static final int STREAM = 1;
  private static final int TCP = 6;

  private final HostState state = new HostState();
  private final StateBuilder builder = new StateBuilder(state).bootTime(BOOT);
  private final Corrections corrections = new Corrections(builder);

  private static long tid(long pid, long tid) {
    return pid << 32 | tid;
  }

  private static EventView task(long time, long pid, long tid, long parent, String cwd) {
    EventBuilder record = EventBuilder.of(EventType.ITER_TASK_E).timestamp(time);
    record.tid(tid(pid, tid)).number(parent).number(10).number(2).number(11).text("cat");
    record.texts(List.of("/bin/cat", "-n", "x y")).text("/usr/bin/cat (deleted)").number(1 | 4);
    record.texts(List.of("A=1")).text(cwd).number(1024).number(1001).number(1002);
    record.number(7).number(6).number(5).number(77).number(78).number(79);
    record.number(100).number(50).number(3).number(4).number(44).number(1).number(2);
    record.number(5_000_000_000L).texts(List.of("cpu=/x")).text("/").number(BOOT + 9);
    return record.number(34817).number(1000).view();
  }

  private static EventView file(long time, long pid, long fd, String name) {
    return EventBuilder.of(EventType.ITER_TASK_FILE_REGULAR_E)
        .timestamp(time)
        .tid(tid(pid, pid))
        .number(fd)
        .text(name)
        .number(2 | 4096)
        .number(29)
        .number(300 + fd)
        .view();
  }

  private static EventView inet(long time, long pid, long fd, int localPort, int remotePort) {
    byte[] local = {10, 0, 0, 1};
    byte[] remote = remotePort == 0 ? new byte[4] : new byte[] {10, 0, 0, 2};
    return EventBuilder.of(EventType.ITER_TASK_FILE_SOCKET_INET_E)
        .timestamp(time)
        .tid(tid(pid, pid))
        .number(fd)
        .number(STREAM)
        .number(TCP)
        .bytes(local)
        .number(localPort)
        .bytes(remote)
        .number(remotePort)
        .number(400 + fd)
        .view();
  }

  private void applyAll() {
    while (corrections.next() != Corrections.NEVER) {
      corrections.apply();
    }
  }

  private static void set(Bytes out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.copyFrom(bytes, 0, bytes.length);
  }

  private void process(long pid, long parent, String cwd) {
    ThreadSpec spec = new ThreadSpec().ids(pid, pid, parent).virtualIds(pid, pid);
    set(spec.comm(), "old");
    set(spec.cwd(), cwd);
    builder.add(spec);
  }

  private void descriptor(long pid, long fd, String name) {
    FdSpec spec = new FdSpec().is(fd, FdType.FILE_V2, 1);
    set(spec.name(), name);
    builder.add(pid, spec);
  }

  @Test
  void comeInTheOrderTheyWereKept() {
    corrections.add(task(30, 7, 7, 1, "/a"));
    corrections.add(file(40, 7, 0, "/f"));
    assertThat(corrections.next()).isEqualTo(30);
    corrections.apply();
    assertThat(corrections.next()).isEqualTo(40);
    corrections.apply();
    assertThat(corrections.next()).isEqualTo(Corrections.NEVER);
    corrections.apply();
  }

  @Test
  void aThreadIsAsItsRecordSays() {
    process(1, 0, "/");
    process(5, 1, "/");
    process(7, 1, "/wrong");
    process(8, 7, "/");
    builder.finish();
    ThreadInfo before = state.thread(7);
    corrections.add(task(30, 7, 7, 5, "/right"));
    applyAll();
    ThreadInfo thread = state.thread(7);
    assertThat(thread).isSameAs(before);
    assertThat(thread.cwd()).hasToString("/right/");
    assertThat(thread.comm()).hasToString("cat");
    assertThat(thread.image().exe()).hasToString("/bin/cat");
    assertThat(thread.image().args()).hasToString("-n\0x y\0");
    assertThat(thread.image().exePath()).hasToString("/usr/bin/cat");
    assertThat(thread.image().isWritable()).isTrue();
    assertThat(thread.image().isFromMemfd()).isTrue();
    assertThat(thread.image().isUpperLayer()).isFalse();
    assertThat(thread.image().changeTime()).isEqualTo(78);
    assertThat(thread.env()).hasToString("A=1\0");
    assertThat(thread.pgid()).isEqualTo(10);
    assertThat(thread.vpgid()).isEqualTo(2);
    assertThat(thread.sid()).isEqualTo(11);
    assertThat(thread.uid()).isEqualTo(1001);
    assertThat(thread.gid()).isEqualTo(1002);
    assertThat(thread.loginUid()).isEqualTo(1000);
    assertThat(thread.capPermitted()).isEqualTo(7);
    assertThat(thread.capEffective()).isEqualTo(6);
    assertThat(thread.capInheritable()).isEqualTo(5);
    assertThat(thread.pageFaultsMajor()).isEqualTo(4);
    assertThat(thread.vpid()).isEqualTo(1);
    assertThat(thread.vtid()).isEqualTo(2);
    assertThat(thread.pidNamespaceStart()).isEqualTo(BOOT + 5_000_000_000L);
    assertThat(thread.cloneTime()).isEqualTo(BOOT + 9);
    assertThat(thread.tty()).isEqualTo(34817);
    assertThat(state.parent(thread)).isSameAs(state.thread(5));
    assertThat(state.parent(state.thread(8))).isSameAs(thread);
    assertThat(thread.liveThreads()).isEqualTo(1);
  }

  @Test
  void aThreadThatIsNotKnownIsAdded() {
    process(7, 0, "/");
    builder.finish();
    corrections.add(task(30, 7, 9, 0, "/"));
    applyAll();
    assertThat(state.thread(9).main()).isSameAs(state.thread(7));
    assertThat(state.thread(7).liveThreads()).isEqualTo(2);
  }

  @Test
  void descriptorsBetweenTwoRecordsAreGone() {
    process(7, 0, "/");
    process(8, 0, "/");
    for (int fd = 0; fd < 6; fd++) {
      descriptor(7, fd, "/old" + fd);
    }
    descriptor(7, 9000, "/old");
    descriptor(8, 3, "/other");
    builder.finish();
    corrections.add(file(40, 7, 1, "/new1"));
    corrections.add(file(50, 7, 3, "/new3"));
    corrections.add(file(60, 8, 4, "/new4"));
    corrections.apply();
    assertThat(state.thread(7).fds().get(0)).isNull();
    assertThat(state.thread(7).fds().get(1).name()).hasToString("/new1");
    assertThat(state.thread(7).fds().get(2)).isNotNull();
    corrections.apply();
    assertThat(state.thread(7).fds().get(2)).isNull();
    assertThat(state.thread(7).fds().get(5)).isNotNull();
    applyAll();
    assertThat(state.thread(7).fds().size()).isEqualTo(2);
    assertThat(state.thread(8).fds().size()).isEqualTo(1);
    FdInfo fd = state.thread(8).fds().get(4);
    assertThat(fd.inode()).isEqualTo(304);
    assertThat(fd.mountId()).isEqualTo(29);
    assertThat(fd.openFlags()).isEqualTo(2 | 4096);
  }

  @Test
  void socketsKnowWhoListens() {
    process(7, 0, "/");
    builder.finish();
    corrections.add(inet(40, 7, 3, 80, 0));
    corrections.add(inet(41, 7, 4, 80, 40000));
    corrections.add(inet(42, 7, 5, 40001, 443));
    applyAll();
    FdInfo listening = state.thread(7).fds().get(3);
    assertThat(listening.type()).isEqualTo(FdType.IPV4_SERVER);
    assertThat(listening.name()).hasToString("10.0.0.1:80");
    assertThat(listening.l4proto()).isEqualTo(L4Proto.TCP);
    FdInfo accepted = state.thread(7).fds().get(4);
    assertThat(accepted.name()).hasToString("10.0.0.2:40000->10.0.0.1:80");
    assertThat(accepted.isRoleServer()).isTrue();
    FdInfo connected = state.thread(7).fds().get(5);
    assertThat(connected.name()).hasToString("10.0.0.1:40001->10.0.0.2:443");
    assertThat(connected.isRoleClient()).isTrue();
  }

  @Test
  void aMainThreadWithoutMemoryHasEnded() {
    EventBuilder record = EventBuilder.of(EventType.ITER_TASK_E).timestamp(1).tid(tid(7, 7));
    record.number(1).number(7).number(7).number(7).text("x").missing().missing().number(0);
    record.missing().text("/").number(1024).number(0).number(0).number(0).number(0).number(0);
    record.number(0).number(0).number(0).number(0).number(0).number(0).number(0).number(0);
    record.number(7).number(7).number(0).missing().text("/").number(BOOT).number(0).number(0);
    corrections.add(record.view());
    corrections.add(task(30, 7, 9, 1, "/"));
    applyAll();
    assertThat(state.thread(7).isDead()).isTrue();
    assertThat(state.thread(7).liveThreads()).isEqualTo(1);
  }
}
