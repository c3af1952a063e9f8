package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Adds what was found elsewhere than in events to a {@link HostState}: processes, descriptors,
 * users, network interfaces. Used by the scan at start, by the lookup of single threads, and by the
 * reader of capture files. Owned by the event-loop thread.
 *
 * <p>A whole table is added between construction and {@link #finish()}: only then threads are
 * linked to their processes and parents, and sockets get their roles. To add a single thread to a
 * state in use, call {@link #addLinked} instead of {@link #add(ThreadSpec)}.
 */
public final class StateBuilder {
  private final HostState state;
  private final BitSet serverPorts = new BitSet();
  private final List<Long> ended = new ArrayList<>();

  /** Adds to this state. */
  public StateBuilder(HostState state) {
    this.state = state;
  }

  /** The state that is added to. */
  public HostState state() {
    return state;
  }

  /** Start of the machine, nanoseconds since the epoch. To be set before threads are added. */
  public StateBuilder bootTime(long nanoseconds) {
    state.bootTime = nanoseconds;
    return this;
  }

  /**
   * Adds a thread, replacing one with the same id. Links are made by {@link #finish()}.
   *
   * @return false when the table is full
   */
  public boolean add(ThreadSpec spec) {
    if (spec.ended) {
      ended.add(spec.tid);
    }
    return state.threadTable().add(fill(spec), false);
  }

  /**
   * Adds a thread and links it to its process and parent at once.
   *
   * @return false when the table is full
   */
  public boolean addLinked(ThreadSpec spec) {
    if (!state.threadTable().add(fill(spec), true)) {
      return false;
    }
    if (spec.ended) {
      state.threadTable().markDead(state.threadTable().get(spec.tid));
    }
    return true;
  }

  /**
   * Makes a thread of a state in use agree with what was found out about it at a certain time, when
   * the events up to that time have been applied; one that is not known is added. What it did and
   * who its children are stays.
   *
   * @return false when the table is full
   */
  public boolean correct(ThreadSpec spec) {
    ThreadTable table = state.threadTable();
    ThreadInfo known = table.get(spec.tid);
    if (known == null
        || known.isInvalid()
        || known.pid != spec.pid
        || known.isDead() != spec.ended) {
      return addLinked(spec);
    }
    table.moveTo(known, spec.ptid);
    long parent = known.ptid;
    long dead = known.flags & CloneFlags.CLOSED;
    state.images().release(known.image);
    fill(known, spec);
    known.ptid = parent;
    known.flags |= dead;
    state.touch(known);
    return true;
  }

  /** The same for a descriptor of a process. */
  public void correct(long pid, FdSpec spec) {
    ThreadInfo main = state.thread(pid);
    if (main != null && add(pid, spec)) {
      FdSpecs.fixRole(main.fds.get(spec.number), serverPorts);
    }
  }

  /** Forgets descriptors of a process: there are none with these numbers. */
  public void removeFds(long pid, long first, long last) {
    ThreadInfo main = state.thread(pid);
    if (main == null) {
      return;
    }
    for (long i = Math.min(last, main.fds.lowEnd() - 1); i >= first; i--) {
      state.fds().remove(main.fds, i);
    }
    if (main.fds.high() != null) {
      state.fds().removeHigh(main.fds, first, last, false);
    }
  }

  /**
   * Adds a descriptor to a thread, replacing one with the same number.
   *
   * @return false when the thread is not known or its table is full
   */
  public boolean add(long tid, FdSpec spec) {
    ThreadInfo thread = state.thread(tid);
    if (thread == null) {
      return false;
    }
    FdInfo fd = state.fds().take();
    FdSpecs.fill(fd, spec, state.interfaces());
    if (spec.type.isServerSocket()) {
      serverPorts.set(spec.destinationPort);
    }
    return state.fds().put(thread.fds(), spec.number, fd) != null;
  }

  /** Adds or replaces a user; container id empty for the host. */
  public void addUser(String containerId, UserTable.User user) {
    state.users().add(containerId, user);
  }

  /** Adds or replaces a group; container id empty for the host. */
  public void addGroup(String containerId, long gid, Bytes name) {
    state.users().addGroup(containerId, gid, name);
  }

  /** Adds an IPv4 interface: address and netmask, 4 bytes each, network order. */
  public void addInterface4(byte[] address, byte[] netmask) {
    state.interfaces().add4(address, netmask);
  }

  /** Adds an IPv6 interface: 16 bytes. */
  public void addInterface6(byte[] address) {
    state.interfaces().add6(address);
  }

  /** Links all threads and gives sockets their roles: once, after the whole table was added. */
  public void finish() {
    ThreadTable table = state.threadTable();
    table.threads().forEach(table::link);
    for (long tid : ended) {
      table.markDead(table.get(tid));
    }
    ended.clear();
    state.lineage++;
    table.threads().forEach(thread -> FdSpecs.fixRoles(thread, serverPorts));
  }

  private ThreadInfo fill(ThreadSpec spec) {
    return fill(state.threadTable().take(), spec);
  }

  private ThreadInfo fill(ThreadInfo thread, ThreadSpec spec) {
    thread.comm.copyFrom(spec.comm);
    thread.tid = spec.tid;
    thread.pid = spec.pid;
    thread.ptid = spec.ptid;
    thread.sid = spec.sid;
    thread.vpgid = spec.vpgid;
    thread.pgid = spec.pgid;
    thread.vtid = spec.vtid;
    thread.vpid = spec.vpid;
    thread.uid = spec.uid;
    thread.gid = spec.gid;
    thread.loginUid = spec.loginUid;
    thread.tty = spec.tty;
    thread.flags = spec.flags | CloneFlags.ACTIVE | CloneFlags.NAME_CHANGED;
    thread.fdLimit = spec.fdLimit;
    thread.vmSize = spec.vmSize;
    thread.vmRss = spec.vmRss;
    thread.vmSwap = spec.vmSwap;
    thread.pageFaultsMajor = spec.pageFaultsMajor;
    thread.pageFaultsMinor = spec.pageFaultsMinor;
    thread.capInheritable = spec.capInheritable;
    thread.capPermitted = spec.capPermitted;
    thread.capEffective = spec.capEffective;
    thread.cloneTime = spec.cloneTime;
    thread.pidNamespaceStart = spec.pidNamespaceStart;
    thread.root.copyFrom(spec.root);
    thread.cgroups = state.cgroups().intern(spec.cgroups);
    if (thread.isMain()) {
      Paths.directory(thread.cwd, spec.cwd);
    }
    thread.image = image(spec, thread.isMain());
    return thread;
  }

  private Image image(ThreadSpec spec, boolean withEnvironment) {
    Image image = state.images().take();
    image.exe.copyFrom(spec.exe);
    image.exePath.copyFrom(spec.exePath);
    image.dropDeletedSuffix();
    image.args.copyFrom(spec.args);
    if (withEnvironment) {
      image.env.copyFrom(spec.env);
    }
    image.writable = spec.exeWritable;
    image.upperLayer = spec.exeUpperLayer;
    image.lowerLayer = spec.exeLowerLayer;
    image.fromMemfd = spec.exeFromMemfd;
    image.inode = spec.exeInode;
    image.changeTime = spec.exeChangeTime;
    image.modifyTime = spec.exeModifyTime;
    return image;
  }
}
