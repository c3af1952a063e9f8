package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamType;

/** What changes who a process is and where it stands: users, directories, sessions, limits. */
final class IdentityEvents {
  private static final long ALL_CAPABILITIES = (1L << 41) - 1;
  private static final int LIMIT_OF_FILES = 7;
  private static final long SET_CHILD_SUBREAPER = 36;
  private static final long GET_CHILD_SUBREAPER = 37;

  private final HostState state;
  private final StateUpdater updater;
  private final Bytes path = new Bytes();

  IdentityEvents(HostState state, StateUpdater updater) {
    this.state = state;
    this.updater = updater;
  }

  /**
   * Users and groups that a source tells of. Those of a container are only taken when they are
   * known already: as in Falco, who finds them in the container's own files.
   */
  void threadless(EventView event) {
    UserTable users = state.users();
    switch (event.type()) {
      case USER_ADDED_E -> {
        String container = text(event, 5).toString();
        UserTable.User user =
            new UserTable.User(
                event.u32(0, UserTable.UNKNOWN),
                event.u32(1, UserTable.UNKNOWN),
                text(event, 2),
                text(event, 3),
                text(event, 4));
        if (container.isEmpty() || users.knowsUser(container, user.uid())) {
          users.add(container, user);
        }
      }
      case USER_DELETED_E ->
          users.remove(text(event, 5).toString(), event.u32(0, UserTable.UNKNOWN));
      case GROUP_ADDED_E -> {
        String container = text(event, 2).toString();
        long gid = event.u32(0, UserTable.UNKNOWN);
        if (container.isEmpty() || users.knowsGroup(container, gid)) {
          users.addGroup(container, gid, text(event, 1));
        }
      }
      case GROUP_DELETED_E ->
          users.removeGroup(text(event, 2).toString(), event.u32(0, UserTable.UNKNOWN));
      default -> {
        // Tells nothing of the host.
      }
    }
  }

  private static Bytes text(EventView event, int param) {
    Bytes text = new Bytes();
    event.text(param, text);
    return text;
  }

  void directory(EventView event, EventContext context) {
    if (event.s64(0, -1) >= 0 && event.text(1, path)) {
      changeDirectory(context.thread, path);
    }
  }

  void fchdir(EventView event, EventContext context) {
    if (event.s64(0, -1) >= 0 && context.fd != null) {
      changeDirectory(context.thread, context.fd.name);
    }
  }

  /** Only the main thread has a directory to start from: other threads' relative paths stay so. */
  private void changeDirectory(ThreadInfo thread, Bytes to) {
    ThreadInfo main = thread.knownMain();
    if (main != null) {
      Paths.join(main.cwd, thread.cwd, to);
      Paths.endWithSlash(main.cwd);
      state.threadTable().charge(main);
      state.touch(main);
    }
  }

  void chroot(EventView event, EventContext context) {
    if (event.s64(0, -1) != 0 || !event.text(1, path)) {
      return;
    }
    ThreadInfo thread = context.thread;
    if (path.isEmpty() || path.at(0) == '/') {
      thread.root.copyFrom(path);
    } else {
      Paths.join(thread.root, thread.cwd(), path);
    }
    state.touch(thread);
  }

  void user(EventView event, EventContext context, int param) {
    if (event.s64(0, -1) == 0) {
      context.thread.uid = event.u32(param, context.thread.uid);
      state.touch(context.thread);
      state.users().see(context.thread);
    }
  }

  void group(EventView event, EventContext context, int param) {
    if (event.s64(0, -1) == 0) {
      context.thread.gid = event.u32(param, context.thread.gid);
      state.touch(context.thread);
      state.users().see(context.thread);
    }
  }

  void session(EventView event, EventContext context) {
    long session = event.s64(0, -1);
    if (session >= 0) {
      context.thread.sid = session;
      state.touch(context.thread);
    }
  }

  void capabilities(EventView event, EventContext context) {
    if (event.s64(0, -1) >= 0) {
      ThreadInfo thread = context.thread;
      thread.capInheritable = event.s64(1, thread.capInheritable);
      thread.capPermitted = event.s64(2, thread.capPermitted);
      thread.capEffective = event.s64(3, thread.capEffective);
      state.touch(thread);
    }
  }

  void unshare(EventView event, EventContext context) {
    if (event.s64(0, -1) >= 0 && (event.u32(1, 0) & CloneFlags.FILES) != 0) {
      state.fds().unshare(context.thread);
    }
    namespaces(event, context, 1);
  }

  /** Who enters a new user namespace has all capabilities there. */
  void namespaces(EventView event, EventContext context, int flagsParam) {
    if (event.s64(0, -1) >= 0 && (event.u32(flagsParam, 0) & CloneFlags.NEWUSER) != 0) {
      ThreadInfo thread = context.thread;
      thread.capInheritable = ALL_CAPABILITIES;
      thread.capPermitted = ALL_CAPABILITIES;
      thread.capEffective = ALL_CAPABILITIES;
      state.touch(thread);
    }
  }

  void prctl(EventView event, EventContext context) {
    ThreadInfo thread = context.thread;
    if (event.s64(0, -1) < 0 || thread.isInvalid() || thread.group == null) {
      return;
    }
    long option = event.u32(1, 0);
    if (option == SET_CHILD_SUBREAPER || option == GET_CHILD_SUBREAPER) {
      thread.group.reaper = event.s64(3, 0) != 0;
    }
  }

  void limit(EventView event, EventContext context) {
    if (event.s64(0, -1) >= 0 && event.u8(3, -1) == LIMIT_OF_FILES) {
      changeLimit(context.thread, event.s64(1, -1));
    }
  }

  void limitOfOther(EventView event, EventContext context) {
    if (event.s64(0, -1) != 0 || event.u8(6, -1) != LIMIT_OF_FILES || event.isMissing(5)) {
      return;
    }
    long tid = event.s64(5, -1);
    ThreadInfo thread = tid == 0 ? context.thread : updater.fetch(tid, event.timestamp());
    if (thread != null && !thread.isInvalid()) {
      changeLimit(thread, event.s64(1, -1));
    }
  }

  private void changeLimit(ThreadInfo thread, long limit) {
    ThreadInfo main = thread.knownMain();
    if (limit != -1 && main != null) {
      main.fdLimit = limit;
      state.touch(main);
    }
  }

  void memory(EventView event, EventContext context) {
    ThreadInfo thread = context.thread;
    thread.vmSize = event.u32(1, thread.vmSize);
    if (!event.isMissing(3)) {
      thread.vmRss = event.u32(2, thread.vmRss);
      thread.vmSwap = event.u32(3, thread.vmSwap);
    }
  }

  void switched(EventView event, EventContext context) {
    if (event.isMissing(5)) {
      return;
    }
    ThreadInfo thread = context.thread;
    thread.pageFaultsMajor = event.number(1, ParamType.UINT64, 0);
    thread.pageFaultsMinor = event.number(2, ParamType.UINT64, 0);
    ThreadInfo main = thread.knownMain();
    if (main != null) {
      main.vmSize = event.u32(3, 0);
      main.vmRss = event.u32(4, 0);
      main.vmSwap = event.u32(5, 0);
    }
  }
}
