package io.jfalco.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamInfo;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.L4Proto;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadSpec;
import io.jfalco.state.UserTable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ParamRendererTest {
  private static final long TID = 7;

  private final HostState state = state();
  private final EventContext context = new EventContext(state);
  private final ParamRenderer renderer = new ParamRenderer(BufferFormat.TEXT);
  private final Bytes out = new Bytes();

  private static HostState state() {
    HostState state = new HostState();
    StateBuilder builder = new StateBuilder(state);
    ThreadSpec thread = new ThreadSpec().ids(TID, TID, 1).users(0, 0, -1).fdLimit(1024);
    thread.comm().appendAscii("cat");
    thread.cwd().appendAscii("/root");
    builder.add(thread);
    FdSpec file = new FdSpec().is(3, FdType.FILE_V2, 1);
    file.name().appendAscii("/etc/pass\u0001wd");
    builder.add(TID, file);
    FdSpec directory = new FdSpec().is(4, FdType.DIRECTORY, 2);
    directory.name().appendAscii("/tmp/d");
    builder.add(TID, directory);
    FdSpec socket = new FdSpec().is(5, FdType.IPV4, 3).inet(L4Proto.TCP, 4000, 80);
    socket.sourceIp()[0] = 10;
    socket.destinationIp()[0] = 11;
    builder.add(TID, socket);
    builder.addUser("", new UserTable.User(0, 0, Bytes.of("root"), Bytes.of("/"), Bytes.of("")));
    builder.finish();
    return state;
  }

  private EventBuilder event(EventType type) {
    return EventBuilder.of(type).tid(TID).timestamp(1);
  }

  private void apply(EventBuilder event) {
    new StateUpdater(state, ThreadLookup.NONE).apply(event.view(), context);
  }

  private String args(EventBuilder event) {
    apply(event);
    renderer.args(context, out);
    return out.toString();
  }

  private String resolved(int param) {
    return renderer.resolvedText(context, param, out) ? out.toString() : null;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] join(byte[] first, String text) {
    byte[] second = (text + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private EventBuilder openat(long fd, long dirfd, String name) {
    return event(EventType.SYSCALL_OPENAT_2_X)
        .number(fd)
        .number(dirfd)
        .text(name)
        .number(4097)
        .number(0644)
        .number(0xfe00)
        .number(12);
  }

  @Test
  void failedOpenShowsErrorAndResolvedPath() {
    assertThat(args(openat(-2, -100, "../x//y/./z")))
        .isEqualTo(
            "fd=-2(ENOENT) dirfd=-100(AT_FDCWD) name=../x//y/./z(/x/y/z)"
                + " flags=4097(O_RDONLY|O_CLOEXEC) mode=0644 dev=FE00 ino=12");
    assertThat(resolved(0)).isEqualTo("ENOENT");
    assertThat(resolved(2)).isEqualTo("/x/y/z");
    assertThat(resolved(3)).isEqualTo("O_RDONLY|O_CLOEXEC");
    assertThat(resolved(4)).isEqualTo("0644");
    assertThat(renderer.rawText(context, 3, out)).isTrue();
    assertThat(out.toString()).isEqualTo("4097(O_RDONLY|O_CLOEXEC)");
    assertThat(renderer.valueText(context, 3, out)).isTrue();
    assertThat(out.toString()).isEqualTo("4097");
    assertThat(renderer.result(context, out)).isTrue();
    assertThat(out.toString()).isEqualTo("ENOENT");
  }

  @Test
  void relativePathsBeginAtTheDirectoryDescriptor() {
    assertThat(args(openat(-13, 4, "f")))
        .startsWith("fd=-13(EACCES) dirfd=4(<d>/tmp/d) name=f(/tmp/d/f) ");
    assertThat(args(openat(-9, 99, "f"))).startsWith("fd=-9(EBADF) dirfd=99 name=f(f) ");
    assertThat(args(openat(-9, 4, "/f"))).startsWith("fd=-9(EBADF) dirfd=4(<d>/tmp/d) name=/f ");
    assertThat(args(openat(-9, 4, ""))).startsWith("fd=-9(EBADF) dirfd=4(<d>/tmp/d) name= flags");
  }

  @Test
  void descriptorsHaveTheirNameSanitised() {
    apply(event(EventType.SYSCALL_CLOSE_X).number(0).number(3));
    assertThat(resolved(1)).isEqualTo("<f>/etc/pass\ufffdwd");
    apply(event(EventType.SYSCALL_CLOSE_X).number(0).number(5));
    assertThat(resolved(1)).isEqualTo("<4t>10.0.0.0:4000->11.0.0.0:80");
    assertThat(renderer.result(context, out)).isTrue();
    assertThat(out.toString()).isEqualTo("SUCCESS");
  }

  @Test
  void dataBuffersShowDotsOrBase64() {
    EventBuilder read =
        event(EventType.SYSCALL_READ_X)
            .number(5)
            .bytes(hex("61 00 0a 7f ff"))
            .number(3)
            .number(100);
    assertThat(args(read)).startsWith("res=5 data=a.... fd=3(<f>/etc/pass").endsWith("size=100");
    assertThat(base64(hex("61"))).isEqualTo("YQ==");
    assertThat(base64(hex("61 62"))).isEqualTo("YWI=");
    assertThat(base64(hex("61 62 ff"))).isEqualTo("YWL/");
  }

  private String base64(byte[] data) {
    apply(event(EventType.SYSCALL_READ_X).number(5).bytes(data).number(3).number(9));
    new ParamRenderer(BufferFormat.BASE64).resolvedText(context, 1, out);
    return out.toString();
  }

  @Test
  void missingValuesDependOnTheType() {
    EventBuilder read = event(EventType.SYSCALL_READ_X).number(-11).missing().missing();
    assertThat(args(read)).isEqualTo("res=-11(EAGAIN) data=NULL fd=<NA>");
    assertThat(resolved(3)).isNull();
    assertThat(resolved(-1)).isNull();
    assertThat(args(event(EventType.SYSCALL_GETCWD_X).number(0).missing()))
        .isEqualTo("res=0 path=<NA>");
    assertThat(args(event(EventType.SYSCALL_GETCWD_X).number(0).text("(NULL)")))
        .isEqualTo("res=0 path=<NA>");
    assertThat(args(event(EventType.SYSCALL_ACCESS_X).number(0).missing().number(4)))
        .isEqualTo("res=0 name=<NA> mode=4(R_OK)");
  }

  @Test
  void socketAddressesAndTuples() {
    assertThat(connect("02 7f000001 5000 7f000002 bb01", "02 7f000002 bb01"))
        .isEqualTo(
            "res=-115(EINPROGRESS) tuple=127.0.0.1:80->127.0.0.2:443 fd=9 addr=127.0.0.2:443");
    String mapped = "00000000000000000000ffff 0a000001 ";
    assertThat(
            connect(
                "0a" + mapped + "5000" + mapped + "5100",
                "0a 20010db8 00000000 00000000 00000001 5000"))
        .isEqualTo("res=-115(EINPROGRESS) tuple=10.0.0.1:80->10.0.0.1:81 fd=9 addr=2001:db8::1:80");
    String loopback = "00000000000000000000000000000001";
    assertThat(connect("0a" + loopback + "5000 20010db8000000000000000000000001 5100", "10"))
        .isEqualTo("res=-115(EINPROGRESS) tuple=::1:80->2001:db8::1:81 fd=9 addr=family 16");
    assertThat(connect("02 00", "0a 00"))
        .isEqualTo("res=-115(EINPROGRESS) tuple=INVALID IPv4 fd=9 addr=INVALID IPv6");
    byte[] pointers = hex("01 1000000000000000 ab000000000000ff");
    apply(
        event(EventType.SOCKET_CONNECT_X)
            .number(0)
            .bytes(join(pointers, "/run/x\u0001"))
            .number(9)
            .bytes(join(hex("01"), "/run/x")));
    assertThat(resolved(1)).isEqualTo("10->ff000000000000ab /run/x\ufffd");
    assertThat(resolved(3)).isEqualTo("/run/x");
  }

  private String connect(String tuple, String address) {
    return args(
        event(EventType.SOCKET_CONNECT_X)
            .number(-115)
            .bytes(hex(tuple))
            .number(9)
            .bytes(hex(address)));
  }

  @Test
  void pollShowsDescriptorsTimeAndSignals() {
    byte[] list = hex("0300 0300000000000000 0100 0500000000000000 4100 6300000000000000 0080");
    assertThat(
            args(
                event(EventType.SYSCALL_PPOLL_X)
                    .number(1)
                    .bytes(list)
                    .number(3_090_748_370L)
                    .number(1 << 8 | 1 << 1)))
        .isEqualTo(
            "res=1 fds=3:f1 5:441 99:?ffff8000 timeout=3090748370(3.09075s)"
                + " sigmask=SIGINT SIGKILL");
    assertThat(
            args(
                event(EventType.SYSCALL_PPOLL_X)
                    .number(1)
                    .bytes(hex("ffff 0300000000000000 0100"))
                    .number(-1)
                    .number(0)))
        .isEqualTo("res=1 fds=3:f1 timeout=none sigmask=");
  }

  @Test
  void signalsProcessesAndUsers() {
    assertThat(args(event(EventType.SYSCALL_KILL_X).number(0).number(TID).number(9)))
        .isEqualTo("res=0 pid=7(cat) sig=9(SIGKILL)");
    assertThat(args(event(EventType.SYSCALL_KILL_X).number(-3).number(12345).number(64)))
        .isEqualTo("res=-3(ESRCH) pid=12345 sig=64");
    assertThat(args(event(EventType.SYSCALL_SETUID_X).number(-1).number(0)))
        .isEqualTo("res=-1(EPERM) uid=0(root)");
    assertThat(args(event(EventType.SYSCALL_SETUID_X).number(-1).number(4000000000L)))
        .isEqualTo("res=-1(EPERM) uid=-294967296(<NA>)");
    assertThat(args(event(EventType.SYSCALL_SETUID_X).number(-1).number(-1)))
        .isEqualTo("res=-1(EPERM) uid=-1(<NONE>)");
  }

  @Test
  void modesAndEnumerations() {
    assertThat(args(event(EventType.SYSCALL_CHMOD_X).number(0).text("a").number(04755)))
        .isEqualTo(
            "res=0 filename=a(/root/a) mode=04755(S_IXOTH|S_IROTH|S_IXGRP|S_IRGRP|S_IXUSR"
                + "|S_IWUSR|S_IRUSR|S_ISUID)");
    assertThat(args(event(EventType.SYSCALL_CHMOD_X).number(0).text("/a").number(256)))
        .isEqualTo("res=0 filename=/a mode=0400(S_IRUSR)");
    assertThat(args(event(EventType.SYSCALL_CHMOD_X).number(0).text("/a").number(0)))
        .isEqualTo("res=0 filename=/a mode=0");
    assertThat(args(event(EventType.SYSCALL_LSEEK_X).number(0).number(9).number(-1).number(2)))
        .isEqualTo("res=0 fd=9 offset=-1 whence=2(SEEK_END)");
  }

  @Test
  void dynamicParametersChooseTheirType() {
    assertThat(setsockopt(hex("01 feffffffffffffff"))).endsWith(" val=-2(ENOENT) optlen=4");
    assertThat(setsockopt(hex("02 ffffffff"))).endsWith(" val=-1 optlen=4");
    assertThat(setsockopt(hex("00 414200"))).endsWith(" val=AB. optlen=4");
    assertThat(setsockopt(hex("63 00"))).endsWith(" val=INVALID DYNAMIC PARAMETER optlen=4");
    assertThat(setsockopt(new byte[0])).endsWith(" val=NULL optlen=4");
  }

  @Test
  void aDynamicTextThatCouldNotBeReadIsNull() {
    String args =
        args(
            event(EventType.SYSCALL_KEYCTL_X)
                .number(0)
                .number(1)
                .bytes(hex("01 61 00"))
                .bytes(hex("01"))
                .bytes(hex("00 0500000000000000"))
                .bytes(hex("00 0000000000000000")));
    assertThat(args).endsWith(" arg2=a arg3=(null) arg4=5 arg5=0");
  }

  private String setsockopt(byte[] value) {
    return args(
        event(EventType.SOCKET_SETSOCKOPT_X)
            .number(0)
            .number(9)
            .number(1)
            .number(2)
            .bytes(value)
            .number(4));
  }

  @Test
  void genericEventsHideTheirParameters() {
    assertThat(args(event(EventType.GENERIC_X).number(2).number(60))).isEmpty();
    assertThat(resolved(0)).isEqualTo("exit");
    assertThat(renderer.result(context, out)).isFalse();
  }

  @Test
  void indexFindsTheParameter() {
    assertThat(ParamRenderer.index(EventType.SYSCALL_OPENAT_2_X.info(), "flags")).isEqualTo(3);
    assertThat(ParamRenderer.index(EventType.SYSCALL_OPENAT_2_X.info(), "nosuch")).isEqualTo(-1);
  }

  @Property(tries = 5000)
  void strangeValuesNeverThrow(@ForAll long seed) {
    Random random = new Random(seed);
    EventType type = EventType.of(random.nextInt(EventType.COUNT));
    List<ParamInfo> params = type.info().params();
    EventBuilder event = event(type);
    for (int i = 0; i < params.size(); i++) {
      byte[] value = new byte[size(params.get(i), random)];
      random.nextBytes(value);
      if (value.length > 0 && random.nextBoolean()) {
        value[0] = (byte) random.nextInt(12);
      }
      event.bytes(value);
    }
    EventView view = event.view();
    new StateUpdater(state, ThreadLookup.NONE).apply(view, context);
    renderer.args(context, out);
    for (int i = 0; i < params.size(); i++) {
      assertThat(renderer.resolvedText(context, i, out)).isTrue();
    }
    renderer.result(context, out);
  }

  private static int size(ParamInfo param, Random random) {
    int size = param.type().size();
    return size < 0 || random.nextInt(4) == 0 ? random.nextInt(60) : size;
  }
}
