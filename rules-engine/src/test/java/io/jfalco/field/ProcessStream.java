package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamInfo;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.StateUpdater;
import io.jfalco.state.ThreadLookup;
import io.jfalco.state.ThreadSpec;
import io.jfalco.state.UserTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A host on which a few threads are made, execute, change who they are and end, at random and over
 * and over under the same ids; now and then their events make no sense. All that changes what
 * fields show of a process occurs, between events that change nothing.
 */
public final class ProcessStream implements ThreadLookup {
  private static final long BOOT = 1_700_000_000_000_000_000L;
  private static final int THREADS = 9;
  private static final List<String> NAMES = List.of("sh", "bash", "cat", "sshd", "nginx", "a");
  private static final List<String> PATHS = List.of("/", "/etc", "/home/alice", "sub", "..");
  private static final String CONTAINER =
      "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";
  private static final String ID = CONTAINER.substring(0, 12);
  private static final String SANDBOX = "5ad7b26ded6d";
  private static final List<EventType> CHANGES =
      List.of(
          EventType.SYSCALL_CLONE_20_X,
          EventType.SYSCALL_CLONE_20_X,
          EventType.SYSCALL_CLONE_20_X,
          EventType.SYSCALL_VFORK_20_X,
          EventType.SYSCALL_EXECVE_19_X,
          EventType.SYSCALL_EXECVE_19_X,
          EventType.PROCEXIT_1_E,
          EventType.PROCEXIT_1_E,
          EventType.SYSCALL_CHDIR_X,
          EventType.SYSCALL_CHROOT_X,
          EventType.SYSCALL_SETUID_X,
          EventType.SYSCALL_SETRESUID_X,
          EventType.SYSCALL_SETGID_X,
          EventType.SYSCALL_SETSID_X,
          EventType.SYSCALL_CAPSET_X,
          EventType.SYSCALL_UNSHARE_X,
          EventType.SYSCALL_PRCTL_X,
          EventType.SYSCALL_SETRLIMIT_X,
          EventType.SYSCALL_PRLIMIT_X,
          EventType.SCHEDSWITCH_6_E,
          EventType.USER_ADDED_E,
          EventType.USER_DELETED_E,
          EventType.GROUP_ADDED_E,
          EventType.GROUP_DELETED_E,
          EventType.ASYNCEVENT_E,
          EventType.ASYNCEVENT_E);
  private static final List<EventType> OTHERS =
      List.of(
          EventType.SYSCALL_OPENAT_2_X,
          EventType.SYSCALL_CLOSE_X,
          EventType.SYSCALL_UNLINK_2_X,
          EventType.SYSCALL_KILL_X);

  private final Random random;
  private final HostState state = new HostState();
  private final StateUpdater updater = new StateUpdater(state, this);
  private final EventContext context = new EventContext(state);
  private long time = BOOT + 1_000_000_000L;

  /** A host with an init process and a shell. */
  public ProcessStream(long seed) {
    random = new Random(seed);
    state.containers().lookup(container -> random.nextBoolean() ? container(ID) : null);
    state.containers().reader(payload -> container(payload.toString()));
    StateBuilder builder = new StateBuilder(state).bootTime(BOOT);
    builder.addUser("", user(0));
    builder.addUser(ID, user(1));
    builder.add(spec(1, 1, 0));
    builder.add(spec(2, 2, 1));
    builder.finish();
  }

  /** Applies the next event. */
  public EventContext next() {
    boolean change = random.nextInt(3) == 0;
    return apply(event(one(change ? CHANGES : OTHERS)));
  }

  private EventContext apply(EventBuilder event) {
    time += random.nextInt(20) == 0 ? 3_000_000_000L : 1_000_000;
    EventView view = event.timestamp(time).tid(thread()).view();
    updater.apply(view, context);
    return context;
  }

  private long thread() {
    return random.nextInt(40) == 0 ? 0 : 1 + random.nextInt(THREADS);
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private ContainerInfo container(String id) {
    return new ContainerInfo.Builder()
        .text(ContainerInfo.Text.ID, id)
        .text(ContainerInfo.Text.NAME, one(NAMES))
        .text(ContainerInfo.Text.CNI_JSON, "")
        .text(ContainerInfo.Text.IP, random.nextBoolean() ? "10.0.0.1" : "10.0.0.2")
        .text(ContainerInfo.Text.POD_LABELS, one(NAMES))
        .text(ContainerInfo.Text.FULL_SANDBOX_ID, SANDBOX)
        .flag(ContainerInfo.Flag.PRIVILEGED, random.nextBoolean())
        .label("0", one(NAMES))
        .podLabel("0", one(NAMES))
        .build();
  }

  private EventBuilder event(EventType type) {
    EventBuilder event = EventBuilder.of(type);
    if (type == EventType.ASYNCEVENT_E) {
      String told = random.nextInt(3) == 0 ? "container_removed" : "container";
      return event.number(0).text(told).text(random.nextBoolean() ? ID : SANDBOX);
    }
    List<ParamInfo> params = type.info().params();
    boolean odd = random.nextInt(25) == 0;
    for (ParamInfo param : params) {
      if (odd && random.nextInt(4) == 0) {
        if (random.nextInt(4) == 0) {
          return event;
        }
        event.missing();
      } else if (param.type().size() > 0) {
        event.number(odd && random.nextInt(4) == 0 ? -1 : number(type, param.name()));
      } else {
        text(event, param.name());
      }
    }
    return event;
  }

  private long number(EventType type, String name) {
    boolean clone = type == EventType.SYSCALL_CLONE_20_X || type == EventType.SYSCALL_VFORK_20_X;
    return switch (name) {
      case "res" -> clone ? random.nextInt(3) == 0 ? 0 : thread() : random.nextInt(8) == 0 ? -1 : 0;
      case "tid", "pid", "ptid", "vtid", "vpid", "reaper_tid", "vpgid", "pgid" -> thread();
      case "flags" -> flags(type);
      case "option" -> 36;
      case "resource" -> 7;
      default -> random.nextInt(3);
    };
  }

  private long flags(EventType type) {
    if (type == EventType.SYSCALL_UNSHARE_X) {
      return 1 << 20;
    }
    long[] bits = {1 << 13, 1 << 13, 1 << 6, 1 << 8, 1 << 29, 1 << 30, 1 << 27};
    return random.nextBoolean() ? 0 : bits[random.nextInt(bits.length)];
  }

  private void text(EventBuilder event, String name) {
    switch (name) {
      case "args" -> event.texts(List.of(one(NAMES), one(PATHS)));
      case "env" -> event.texts(List.of("HOME=" + one(PATHS), "A=" + one(NAMES)));
      case "cgroups" -> event.texts(List.of("cpu=" + cgroup()));
      case "path", "cwd" -> event.text(one(PATHS));
      case "container_id" -> event.text(random.nextBoolean() ? "" : ID);
      default -> event.text(one(NAMES));
    }
  }

  private String cgroup() {
    return random.nextBoolean() ? "/user.slice" : "/docker/" + CONTAINER;
  }

  private UserTable.User user(long uid) {
    return new UserTable.User(uid, uid, Bytes.of(one(NAMES)), Bytes.of("/h"), Bytes.of("/s"));
  }

  private ThreadSpec spec(long tid, long pid, long parent) {
    ThreadSpec spec = new ThreadSpec().ids(tid, pid, parent).virtualIds(tid, pid);
    spec.groups(thread(), thread(), thread()).users(random.nextInt(3), random.nextInt(3), 1);
    set(spec.comm(), one(NAMES));
    set(spec.exe(), one(NAMES));
    set(spec.exePath(), "/bin/" + one(NAMES));
    set(spec.env(), "HOME=" + one(PATHS) + "\0");
    set(spec.cwd(), one(PATHS));
    set(spec.cgroups(), "cpu=" + cgroup() + "\0");
    return spec;
  }

  private static void set(Bytes out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.copyFrom(bytes, 0, bytes.length);
  }

  @Override
  public boolean lookup(long tid, StateBuilder into) {
    return switch (random.nextInt(4)) {
      case 0 -> into.addLinked(spec(tid, tid, thread()));
      case 1 -> into.addLinked(spec(tid, thread(), thread()));
      default -> false;
    };
  }
}
