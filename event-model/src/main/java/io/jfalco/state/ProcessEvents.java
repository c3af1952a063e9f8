package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;

/**
 * Birth, exec and death of processes and threads. A clone is seen from the caller and from the
 * child, in any order; whichever comes first makes the child, except that a child in a pid
 * namespace, or of vfork, is only made by its own event: what its caller was given as the child's
 * id is not the id here, or the child may be gone already.
 */
final class ProcessEvents {
  /** A thread made longer ago than this is not the one that a clone now tells of. */
  private static final long STALE = 2_000_000_000L;

  private static final long EXE_WRITABLE = 1;
  private static final long EXE_UPPER_LAYER = 2;
  private static final long EXE_FROM_MEMFD = 4;
  private static final long EXE_LOWER_LAYER = 8;

  private final HostState state;
  private final ThreadTable threads;
  private final ImageStore images;
  private final StateUpdater updater;
  private final ExecPath oldPath = new ExecPath();
  private final Bytes exe = new Bytes();
  private final Bytes args = new Bytes();
  private final Bytes cgroups = new Bytes();

  ProcessEvents(HostState state, StateUpdater updater) {
    this.state = state;
    this.threads = state.threadTable();
    this.images = state.images();
    this.updater = updater;
  }

  void clone(EventView event, EventContext context) {
    long child = event.s64(0, -1);
    if (child == 0) {
      cloneInChild(event, context);
    } else if (child > 0) {
      cloneInCaller(event, context, child);
    }
  }

  private void cloneInCaller(EventView event, EventContext context, long childTid) {
    long tid = event.tid();
    ThreadInfo caller = updater.fetch(tid, event.timestamp());
    context.thread = caller;
    if (caller == null) {
      return;
    }
    boolean valid = !caller.isInvalid();
    if (!valid) {
      caller.pid = event.s64(4, -1);
      caller.ptid = event.s64(5, -1);
      virtualIds(event, caller, tid);
      threads.link(caller);
      state.touch(caller);
    }
    long flags = event.u32(15, 0);
    boolean leads = (flags & CloneFlags.THREAD) == 0;
    if (childTells(event, caller, flags)) {
      return;
    }
    if (childTid == tid || threads.exits().hasEnded(childTid, caller, leads, event.timestamp())) {
      return;
    }
    ThreadInfo existing = threads.get(childTid);
    if (existing != null) {
      if ((existing.flags & CloneFlags.INVERTED) != 0 || isSame(existing, caller, leads, event)) {
        complete(event, existing, caller, flags);
        return;
      }
      threads.remove(childTid);
      caller = threads.get(tid);
      context.thread = caller;
      if (caller == null) {
        return;
      }
    }
    ThreadInfo child = threads.take();
    child.tid = childTid;
    child.flags = flags;
    if (leads) {
      child.pid = childTid;
      child.ptid = caller.tid;
    } else {
      child.pid = caller.pid;
      child.ptid = caller.ptid;
      child.flags |= CloneFlags.FILES;
      child.lastExecTime = caller.lastExecTime;
    }
    child.vtid = child.tid;
    child.vpid = child.pid;
    child.pidNamespaceStart = state.bootTime;
    fillChild(event, child, caller, valid, leads);
    if (!valid) {
      tellOf(caller, child);
    }
    threads.add(child, true);
  }

  /** True when the child's own event has to make it: see above. */
  private static boolean childTells(EventView event, ThreadInfo caller, long flags) {
    return (flags & (CloneFlags.CHILD_IN_PIDNS | CloneFlags.NEWPID | CloneFlags.PARENT)) != 0
        || caller.tid != caller.vtid
        || (flags & CloneFlags.VFORK) != 0
        || event.type() == EventType.SYSCALL_VFORK_20_X;
  }

  /**
   * True when a thread that is known otherwise than by a clone is the one that this clone has made:
   * it was found in {@code /proc}, or its exec came first.
   */
  private static boolean isSame(
      ThreadInfo existing, ThreadInfo maker, boolean leads, EventView event) {
    if (leads ? existing.ptid != maker.tid : existing.pid != maker.pid) {
      return false;
    }
    long since = existing.cloneTime != 0 ? existing.cloneTime : existing.lastExecTime;
    return since != 0 && Math.abs(event.timestamp() - since) < STALE;
  }

  /** The clone of a thread comes behind its exec: what exec did not tell is added. */
  private void complete(EventView event, ThreadInfo thread, ThreadInfo source, long flags) {
    if (thread.cloneTime != 0 || thread.lastExecTime == 0 || source.isInvalid()) {
      return;
    }
    thread.cloneTime = Math.min(event.timestamp(), thread.lastExecTime);
    thread.flags |= flags & CloneFlags.CHILD_IN_PIDNS | CloneFlags.INVERTED;
    thread.root.copyFrom(source.root);
    thread.sid = source.sid;
    thread.pidNamespaceStart = state.bootTime;
    state.fds().shareLate(source.fds(), thread.fds());
    if (thread.cwd.isEmpty()) {
      thread.cwd.copyFrom(source.cwd());
    }
    if (thread.image.changeTime != 0) {
      thread.exeChangeToStart = thread.cloneTime - thread.image.changeTime;
    }
    state.touch(thread);
  }

  private void cloneInChild(EventView event, EventContext context) {
    long tid = event.tid();
    ThreadInfo known = context.thread;
    if (known != null && known.cloneTime != 0) {
      if (event.timestamp() - known.cloneTime < STALE) {
        return;
      }
      threads.remove(tid);
      context.thread = null;
    } else if (known != null && known.lastExecTime > event.timestamp()) {
      cloneBehindExec(event, known);
      return;
    }
    ThreadInfo child = threads.take();
    child.tid = tid;
    child.pid = event.s64(4, -1);
    child.ptid = event.s64(5, -1);
    virtualIds(event, child, tid);
    child.flags = event.u32(15, 0) | CloneFlags.INVERTED;
    boolean leads = leads(child);
    if (!leads) {
      child.flags |= CloneFlags.FILES;
    }
    ThreadInfo source = updater.fetch(leads ? child.ptid : child.pid, event.timestamp());
    context.thread = null;
    if (source == null) {
      threads.giveBack(child);
      return;
    }
    boolean valid = !source.isInvalid();
    if (!valid && !leads) {
      source.pid = child.pid;
      source.ptid = child.ptid;
      source.vpid = child.vpid;
      source.vtid = child.vpid;
      threads.link(source);
    }
    if (valid && !leads) {
      child.lastExecTime = source.lastExecTime;
    }
    child.pidNamespaceStart = namespaceStart(event, child);
    fillChild(event, child, source, valid, leads);
    if (!valid && !leads) {
      tellOf(source, child);
    }
    if (threads.add(child, true)) {
      context.thread = child;
    }
  }

  /**
   * True when the thread begins a process. The flags of clone3 are read from memory that its maker,
   * where they share it, may have changed: the ids cannot be wrong.
   */
  private static boolean leads(ThreadInfo child) {
    return child.pid < 0 ? (child.flags & CloneFlags.THREAD) == 0 : child.pid == child.tid;
  }

  private void cloneBehindExec(EventView event, ThreadInfo thread) {
    virtualIds(event, thread, thread.tid);
    long flags = event.u32(15, 0);
    thread.flags |= flags & CloneFlags.CHILD_IN_PIDNS;
    ThreadInfo source = updater.fetch(thread.ptid, event.timestamp());
    if (source != null) {
      complete(event, thread, source, flags);
    }
    thread.pidNamespaceStart = namespaceStart(event, thread);
  }

  private static void virtualIds(EventView event, ThreadInfo thread, long tid) {
    if (event.isMissing(19)) {
      thread.vtid = tid;
      thread.vpid = -1;
    } else {
      thread.vtid = event.s64(18, -1);
      thread.vpid = event.s64(19, -1);
    }
  }

  private long namespaceStart(EventView event, ThreadInfo child) {
    boolean inNamespace =
        (child.flags & (CloneFlags.CHILD_IN_PIDNS | CloneFlags.NEWPID)) != 0
            || child.tid != child.vtid;
    if (!inNamespace) {
      return state.bootTime;
    }
    return event.isMissing(20) ? 0 : event.s64(20, 0) + state.bootTime;
  }

  /** What a child has of the event, and of the thread that it was made by or belongs to. */
  private void fillChild(
      EventView event, ThreadInfo child, ThreadInfo source, boolean valid, boolean leads) {
    event.text(1, exe.clear());
    list(event, 2, args);
    comm(event, child);
    child.fdLimit = event.s64(7, -1);
    memory(event, child);
    child.uid = event.u32(16, 0);
    child.gid = event.u32(17, 0);
    if (!event.isMissing(14)) {
      list(event, 14, cgroups);
      child.cgroups =
          cgroups.sameAs(source.cgroups.raw) ? source.cgroups : state.cgroups().intern(cgroups);
    }
    child.cloneTime = event.timestamp();
    Image image = source.image;
    if (valid && image.exe.sameAs(exe) && image.args.sameAs(args)) {
      child.image = images.share(image);
    } else {
      child.image = images.take();
      if (valid) {
        child.image.copyFrom(image);
      }
      child.image.exe.copyFrom(exe);
      child.image.args.copyFrom(args);
    }
    if (valid) {
      inherit(child, source);
      if (leads) {
        inheritFds(child, source);
        child.cwd.copyFrom(source.cwd());
      } else if ((event.u32(15, 0) & (CloneFlags.THREAD | CloneFlags.FILES)) == CloneFlags.THREAD) {
        child.ownsFiles = true;
        state.fds().part(child, source.fds());
      }
    }
  }

  /** A copy of the maker's table, or with CLONE_FILES the very same. */
  private void inheritFds(ThreadInfo child, ThreadInfo source) {
    FdStore fds = state.fds();
    FdTable table = source.fds();
    if ((child.flags & CloneFlags.FILES) != 0 && table != FdTable.UNKNOWN) {
      fds.join(child, table);
      return;
    }
    fds.share(table, child.fds);
  }

  private static void inherit(ThreadInfo child, ThreadInfo source) {
    child.root.copyFrom(source.root);
    child.sid = source.sid;
    child.vpgid = source.vpgid;
    child.pgid = source.pgid;
    child.tty = source.tty;
    child.loginUid = source.loginUid;
    child.capPermitted = source.capPermitted;
    child.capInheritable = source.capInheritable;
    child.capEffective = source.capEffective;
    child.exeChangeToStart = source.exeChangeToStart;
  }

  /** A thread of which nothing was known is taken to be like the one that tells of it. */
  private void tellOf(ThreadInfo unknown, ThreadInfo child) {
    Image image = images.own(unknown);
    image.exe.copyFrom(child.image.exe);
    image.args.copyFrom(child.image.args);
    images.filled(image);
    unknown.comm.copyFrom(child.comm);
    state.touch(unknown);
  }

  void execve(EventView event, EventContext context) {
    if (event.s64(0, -1) < 0) {
      return;
    }
    ThreadInfo thread = context.thread;
    if (thread.isDead()) {
      threads.resurrect(thread);
    }
    Image image = execImage(event, thread);
    images.release(thread.image);
    thread.image = image;
    images.filled(image);
    thread.lastExecTime = event.timestamp();
    comm(event, thread);
    if (!thread.isLinked()) {
      thread.pid = event.s64(4, thread.pid);
    }
    if (thread.isInvalid()) {
      thread.ptid = event.s64(5, -1);
      if ((thread.flags & CloneFlags.CHILD_IN_PIDNS) == 0) {
        thread.vtid = thread.tid;
        thread.vpid = thread.pid;
      }
      threads.link(thread);
    }
    thread.fdLimit = event.s64(7, -1);
    memory(event, thread);
    if (!event.isMissing(14)) {
      list(event, 14, cgroups);
      if (!cgroups.sameAs(thread.cgroups.raw)) {
        thread.cgroups = state.cgroups().intern(cgroups);
      }
    }
    credentials(event, thread);
    exeTimes(event, thread);
    takeFiles(thread);
    closeOnExec(thread);
    thread.flags =
        CloneFlags.ACTIVE
            | CloneFlags.NAME_CHANGED
            | thread.flags
                & (CloneFlags.PIPE_SOURCE
                    | CloneFlags.PIPE_DESTINATION
                    | CloneFlags.MAIN_THREAD
                    | CloneFlags.INVERTED);
    threads.removeOthers(thread);
    state.touch(thread);
    state.users().see(thread);
  }

  private Image execImage(EventView event, ThreadInfo thread) {
    Image before = thread.image;
    Image image = images.take();
    event.text(1, image.exe);
    list(event, 2, image.args);
    if (event.isMissing(15)) {
      image.env.copyFrom(before.env);
    } else {
      list(event, 15, image.env);
    }
    if (event.isMissing(27)) {
      if (oldPath.find(event, thread, image.exePath)) {
        image.dropDeletedSuffix();
      } else {
        image.exePath.copyFrom(before.exePath);
      }
    } else {
      event.text(27, image.exePath);
      image.dropDeletedSuffix();
    }
    image.copyFile(before);
    if (!event.isMissing(19)) {
      long flags = event.u32(19, 0);
      image.writable = (flags & EXE_WRITABLE) != 0;
      image.upperLayer = (flags & EXE_UPPER_LAYER) != 0;
      image.fromMemfd = (flags & EXE_FROM_MEMFD) != 0;
      image.lowerLayer = (flags & EXE_LOWER_LAYER) != 0;
    }
    if (!event.isMissing(25)) {
      image.inode = event.s64(23, 0);
      image.changeTime = event.s64(24, 0);
      image.modifyTime = event.s64(25, 0);
    }
    return image;
  }

  private static void credentials(EventView event, ThreadInfo thread) {
    thread.tty = event.u32(16, thread.tty);
    thread.vpgid = event.s64(17, thread.vpgid);
    thread.loginUid = event.u32(18, thread.loginUid);
    if (!event.isMissing(22)) {
      thread.capInheritable = event.s64(20, 0);
      thread.capPermitted = event.s64(21, 0);
      thread.capEffective = event.s64(22, 0);
    }
    thread.uid = event.u32(26, thread.uid);
    thread.pgid = event.s64(28, -1);
    thread.gid = event.u32(29, thread.gid);
  }

  private static void exeTimes(EventView event, ThreadInfo thread) {
    if (event.isMissing(25)) {
      return;
    }
    long changed = thread.image.changeTime;
    if (thread.cloneTime != 0) {
      thread.exeChangeToStart = thread.cloneTime - changed;
    }
    if (thread.pidNamespaceStart != 0 && changed > thread.pidNamespaceStart) {
      thread.exeChangeAfterNamespaceStart = changed - thread.pidNamespaceStart;
    }
  }

  /**
   * Exec ends the sharing of descriptors. It runs under the id of the main thread, whichever thread
   * called it: the one that is left, with the descriptors that this one has.
   */
  private void takeFiles(ThreadInfo thread) {
    FdStore fds = state.fds();
    TaskGroup group = thread.group;
    if (group != null && group.alive == 2) {
      ThreadInfo caller = group.livingExcept(thread);
      if (caller != null && caller.ownsFiles) {
        fds.join(thread, caller.fds);
      }
    }
    if (thread.fds.owners > 1) {
      fds.part(thread, thread.fds);
    }
  }

  private void closeOnExec(ThreadInfo thread) {
    FdTable table = thread.fds();
    for (int i = table.lowEnd() - 1; i >= 0; i--) {
      FdInfo fd = table.get(i);
      if (fd != null && fd.isCloseOnExec()) {
        state.fds().remove(table, i);
      }
    }
    if (table.high() != null && table.high().size() > 0) {
      state.fds().removeHigh(table, 0, Long.MAX_VALUE, true);
    }
  }

  void exit(EventView event, EventContext context) {
    ThreadInfo thread = context.thread;
    if (event.timestamp() < thread.lastExecTime) {
      return; // The main thread that made room for another that called exec.
    }
    threads.markDead(thread);
    updater.exit(thread);
    if (thread.firstChild == null) {
      return;
    }
    if (event.paramCount() <= 4) {
      thread.reaperTid = -1;
    } else {
      thread.reaperTid = event.s64(4, thread.reaperTid);
      if (thread.reaperTid > 0) {
        updater.fetch(thread.reaperTid, event.timestamp());
      }
    }
  }

  private static void comm(EventView event, ThreadInfo thread) {
    if (!event.text(13, thread.comm) && !event.text(1, thread.comm)) {
      thread.comm.clear();
    }
  }

  private static void memory(EventView event, ThreadInfo thread) {
    if (!event.isMissing(12)) {
      thread.pageFaultsMajor = event.s64(8, 0);
      thread.pageFaultsMinor = event.s64(9, 0);
      thread.vmSize = event.u32(10, 0);
      thread.vmRss = event.u32(11, 0);
      thread.vmSwap = event.u32(12, 0);
    }
  }

  /** A list of strings; a record that was cut short lacks the last NUL. */
  private static void list(EventView event, int param, Bytes out) {
    if (!event.bytes(param, out)) {
      out.clear();
    } else if (out.at(out.length() - 1) != 0) {
      out.append(0);
    }
  }
}
