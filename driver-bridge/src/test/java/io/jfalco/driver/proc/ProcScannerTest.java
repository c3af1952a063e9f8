package io.jfalco.driver.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.state.Container;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.L4Proto;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.ThreadSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcScannerTest {
  private static final String STATUS =
      """
      Name:\t%s
      Tgid:\t%d
      Pid:\t%d
      PPid:\t%d
      Uid:\t1000\t1001\t1000\t1000
      Gid:\t2000\t2001\t2000\t2000
      NStgid:\t%d\t7
      NSpid:\t%d\t8
      NSpgid:\t%d\t9
      NSsid:\t%d\t10
      VmSize:\t    4000 kB
      VmRSS:\t    3000 kB
      VmSwap:\t    5 kB
      CapInh:\t0000000000000001
      CapPrm:\t000001ffffffffff
      CapEff:\t0000000000000003
      """;

  @TempDir private Path root;

  private Path write(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private void write(String path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void process(String directory, long tid, long pid, long parent, String comm)
      throws IOException {
    String at = "proc/" + directory + "/";
    write(at + "status", STATUS.formatted("x\\ny", pid, tid, parent, pid, tid, pid, pid));
    write(
        at + "stat",
        tid + " (" + comm + ") S " + parent + " 55 66 34817 55 0 11 0 22 0 1 2 3 4 20 0 1 0 500 9");
    write(at + "comm", comm + "\n");
    write(at + "cmdline", "prog\0-a\0\0b c\0");
    write(at + "environ", "A=1\0B=2\0");
    write(at + "cgroup", "2:cpu,cpuacct:/docker/" + "ab".repeat(32) + "\n0::/unified\n");
    write(at + "loginuid", "4294967295");
    write(
        at + "limits",
        "Limit   Soft\nMax open files            1024                 4096      files\n");
  }

  private void link(String path, String target) throws IOException {
    Path link = root.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  @BeforeEach
  void machine() throws IOException {
    write("proc/uptime", "1000.50 2000.00\n");
    write(
        "etc/passwd",
        "root:x:0:0:root:/root:/bin/bash\n# no\nodd\n+nis::1:1\nu:x:1001:5:a:/home/u:\n");
    write("etc/group", "root:x:0:\nstaff:x:2001:a,b\n");
  }

  private HostState scan() {
    HostState state = new HostState();
    new ProcScanner(root).scan(state);
    return state;
  }

  @Test
  void readsAProcessWithAnOddName() throws IOException {
    process("42", 42, 42, 1, "a) R (b\n(");
    process("42/task/43", 43, 42, 1, "thread");
    link("proc/42/exe", "/usr/bin/prog (deleted)");
    link("proc/42/cwd", "/srv/./x");
    link("proc/42/root", "/gone");
    HostState state = scan();
    ThreadInfo main = state.thread(42);
    assertThat(main.comm()).hasToString("a) R (b\n(");
    assertThat(main.pid()).isEqualTo(42);
    assertThat(main.image().exe()).hasToString("prog");
    assertThat(main.image().args()).hasToString("-a\0\0b c\0");
    assertThat(main.image().exePath()).hasToString("/usr/bin/prog");
    assertThat(main.env()).hasToString("A=1\0B=2\0");
    assertThat(main.cwd()).hasToString("/srv/x/");
    assertThat(main.uid()).isEqualTo(1001);
    assertThat(main.gid()).isEqualTo(2001);
    assertThat(main.loginUid()).isEqualTo(-1);
    assertThat(main.tty()).isEqualTo(34817);
    assertThat(main.vpid()).isEqualTo(7);
    assertThat(main.vtid()).isEqualTo(8);
    assertThat(main.vpgid()).isEqualTo(9);
    assertThat(main.sid()).isEqualTo(66);
    assertThat(main.pgid()).isEqualTo(42);
    assertThat(main.capEffective()).isEqualTo(3);
    assertThat(main.capPermitted()).isEqualTo(0x1ffffffffffL);
    assertThat(main.fdLimit()).isEqualTo(1024);
    assertThat(main.vmRss()).isEqualTo(3000);
    assertThat(main.pageFaultsMinor()).isEqualTo(11);
    assertThat(main.pageFaultsMajor()).isEqualTo(22);
    assertThat(main.cloneTime()).isEqualTo(state.bootTime() + 5_000_000_000L);
    assertThat(main.container().isHost()).isFalse();
    assertThat(main.liveThreads()).isEqualTo(2);
    assertThat(state.thread(43).main()).isSameAs(main);
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() throws IOException {
    process("42", 42, 42, 1, "caf\u00ff\u0001");
    HostState state = scan();
    assertThat(state.thread(42).comm().toArray())
        .isEqualTo(new byte[] {'c', 'a', 'f', (byte) 0xff, 1});
  }

  @Test
  void kernelThreadsAndWreckageAreLeftOut() throws IOException {
    process("2", 2, 2, 0, "kthreadd");
    write("proc/2/cmdline", "");
    write("proc/50/cmdline", "x\0");
    write("proc/51/cmdline", "x\0");
    write("proc/51/status", "Name:\nTgid\nUid:\t\n:::\n\n");
    write("proc/self/cmdline", "x\0");
    process("52", 52, 52, 1, "ok");
    write("proc/52/stat", "52 (ok");
    HostState state = scan();
    assertThat(state.threadCount()).isEqualTo(1);
    assertThat(state.thread(52).comm()).hasToString("ok");
  }

  @Test
  void aMainThreadThatHasEndedHoldsItsProcessTogether() throws IOException {
    process("42", 42, 42, 1, "x");
    write("proc/42/cmdline", "");
    write("proc/42/stat", "42 (x) Z 1 55 66 0 55 0 11 0 22 0 1 2 3 4 20 0 2 0 500 9");
    write("proc/42/cgroup", "2:cpu,cpuacct:/\n");
    process("42/task/43", 43, 42, 1, "thread");
    link("proc/42/task/43/fd/1", "pipe:[77]");
    process("44", 44, 44, 1, "zombie");
    write("proc/44/cmdline", "");
    write("proc/44/stat", "44 (x) Z 1 55 66 0 55 0 11 0 22 0 1 2 3 4 20 0 1 0 500 9");
    HostState state = scan();
    assertThat(state.thread(42).isDead()).isTrue();
    assertThat(state.thread(42).liveThreads()).isEqualTo(1);
    assertThat(state.thread(42).container().isHost()).isFalse();
    assertThat(state.thread(43).fds().get(1).inode()).isEqualTo(77);
    assertThat(state.thread(44)).isNull();
  }

  @Test
  void parentsThatASnapshotHidesAreLookedFor() throws IOException {
    process("1", 1, 1, 0, "init");
    process("42", 42, 42, 1, "hidden");
    process("50", 50, 50, 42, "seen");
    process("51", 51, 51, 1, "hidden too");
    Snapshot snapshot =
        new Snapshot() {
          @Override
          public boolean addThreads(StateBuilder into) {
            return into.add(new ThreadSpec().ids(50, 50, 42).virtualIds(50, 50));
          }
        };
    link("proc/50/fd/1", "pipe:[77]");
    HostState state = new HostState();
    new ProcScanner(root).scan(state, snapshot);
    assertThat(state.thread(42).comm()).hasToString("hidden");
    assertThat(state.thread(1).comm()).hasToString("init");
    assertThat(state.parent(state.thread(50))).isSameAs(state.thread(42));
    assertThat(state.thread(51)).as("nobody tells of it").isNull();
    assertThat(state.thread(50).fds().get(1).inode()).as("from /proc").isEqualTo(77);
  }

  @Test
  void descriptorsAndSockets() throws IOException {
    process("42", 42, 42, 1, "x");
    Path file = write("data/file", new byte[] {1});
    link("proc/42/fd/0", file.toString());
    link("proc/42/fd/1", "pipe:[77]");
    link("proc/42/fd/2", "anon_inode:[eventpoll]");
    link("proc/42/fd/3", "socket:[100]");
    link("proc/42/fd/4", "socket:[101]");
    link("proc/42/fd/5", "socket:[102]");
    link("proc/42/fd/6", "socket:[103]");
    link("proc/42/fd/7", root.resolve("data").toString());
    link("proc/42/fd/8", "/gone/away");
    link("proc/42/fd/9", "socket:[999]");
    link("proc/42/fd/x", "pipe:[1]");
    write("proc/42/fdinfo/0", "pos:\t0\nflags:\t02100001\nmnt_id:\t29\n");
    String head =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid\n";
    write(
        "proc/42/net/tcp",
        head
            + "   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 100 1\n"
            + "   1: 0100007F:0016 0200000A:9C40 01 00000000:00000000 00:00000000 00000000 0 0 101 1\n"
            + "   2: nonsense\n   3: 0100007F:0016\n");
    write(
        "proc/42/net/udp6",
        head
            + "   0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 "
            + "00000000:00000000 00:00000000 00000000 0 0 102 2\n");
    write(
        "proc/42/net/unix",
        """
        Num       RefCount Protocol Flags    Type St Inode Path
        00000000000000ab: 00000002 00000000 00010000 0001 01 103 /run/with space
        """);
    HostState state = scan();
    ThreadInfo thread = state.thread(42);
    FdInfo regular = thread.fds().get(0);
    assertThat(regular.type()).isEqualTo(FdType.FILE_V2);
    assertThat(regular.name()).hasToString(file.toString());
    assertThat(regular.mountId()).isEqualTo(29);
    assertThat(regular.openFlags()).isEqualTo(2 | 4096 | 2048);
    assertThat(thread.fds().get(1).type()).isEqualTo(FdType.FIFO);
    assertThat(thread.fds().get(1).inode()).isEqualTo(77);
    assertThat(thread.fds().get(2)).isNotNull();
    assertThat(thread.fds().get(2).type()).isEqualTo(FdType.EVENTPOLL);
    assertThat(thread.fds().get(3).type()).isEqualTo(FdType.IPV4_SERVER);
    assertThat(thread.fds().get(3).name()).hasToString("127.0.0.1:22");
    assertThat(thread.fds().get(4).name()).hasToString("10.0.0.2:40000->127.0.0.1:22");
    assertThat(thread.fds().get(4).isRoleServer()).isTrue();
    assertThat(thread.fds().get(4).l4proto()).isEqualTo(L4Proto.TCP);
    assertThat(thread.fds().get(5).name()).hasToString("::1:53");
    assertThat(thread.fds().get(6).name()).hasToString("/run/with space");
    assertThat(thread.fds().get(6).unixSource()).isEqualTo(0xab);
    assertThat(thread.fds().get(7).type()).isEqualTo(FdType.DIRECTORY);
    assertThat(thread.fds().get(8)).isNull();
    assertThat(thread.fds().get(9)).isNull();
  }

  @Test
  void accounts() throws IOException {
    HostState state = scan();
    assertThat(state.users().user(Container.HOST, 0).shell()).hasToString("/bin/bash");
    assertThat(state.users().user(Container.HOST, 1001).home()).hasToString("/home/u");
    assertThat(state.users().user(Container.HOST, 1)).isNull();
    assertThat(state.users().group(Container.HOST, 2001)).hasToString("staff");
  }

  @Test
  void singleThreadsAreFoundWithTheirProcess() throws IOException {
    HostState state = scan();
    process("42", 42, 42, 1, "main");
    process("42/task/42", 42, 42, 1, "main");
    process("43", 43, 42, 1, "thread");
    link("proc/42/fd/1", "pipe:[77]");
    ProcScanner scanner = new ProcScanner(root);
    assertThat(scanner.lookup(43, new StateBuilder(state))).isTrue();
    assertThat(state.thread(43).comm()).hasToString("thread");
    assertThat(state.thread(43).main()).isSameAs(state.thread(42));
    assertThat(state.thread(43).fds().get(1).inode()).isEqualTo(77);
    assertThat(scanner.isAlive(42, 42)).isTrue();
    assertThat(scanner.isAlive(42, 99)).isFalse();
    assertThat(scanner.lookup(99, new StateBuilder(state))).isFalse();
    assertThat(scanner.lookup(-1, new StateBuilder(state))).isFalse();
    link("proc/42/fd/6", "pipe:[78]");
    scanner.lookupFd(42, 6, new StateBuilder(state));
    assertThat(state.thread(42).fds().get(6).inode()).isEqualTo(78);
  }

  @Test
  void findsThisProcessOnThisHost() throws IOException {
    long pid = ProcessHandle.current().pid();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HostState state = new HostState();
      new ProcScanner(Path.of("/")).scan(state);
      ThreadInfo self = state.thread(pid);
      assertThat(self.comm()).hasToString("java");
      assertThat(self.image().exePath().toString()).endsWith("/java");
      assertThat(self.image().inode()).isPositive();
      assertThat(self.liveThreads()).isGreaterThan(2);
      assertThat(self.cwd()).hasToString(Path.of("").toAbsolutePath() + "/");
      assertThat(Math.abs(System.currentTimeMillis() - self.cloneTime() / 1_000_000))
          .isLessThan(3_600_000);
      Bytes found = new Bytes();
      self.fds()
          .forEach(
              fd -> {
                if (fd.type().isInet() && fd.destinationPort() == server.getLocalPort()) {
                  found.copyFrom(fd.name());
                }
              });
      assertThat(found.toString()).endsWith("127.0.0.1:" + server.getLocalPort());
    }
  }
}
