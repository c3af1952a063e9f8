package io.jfalco.state;

import io.jfalco.event.Bytes;

/**
 * What is known of a thread that was found elsewhere (in {@code /proc}, in a capture file): filled
 * by the finder, copied by {@link StateBuilder#add}. One object may be filled again and again,
 * after {@link #clear()}. Text accessors return the run to be filled.
 */
public final class ThreadSpec {
  final Bytes comm = new Bytes();
  final Bytes exe = new Bytes();
  final Bytes exePath = new Bytes();
  final Bytes args = new Bytes();
  final Bytes env = new Bytes();
  final Bytes cwd = new Bytes();
  final Bytes root = new Bytes();
  final Bytes cgroups = new Bytes();
  long tid;
  long pid;
  long ptid;
  long sid;
  long vpgid;
  long pgid;
  long vtid;
  long vpid;
  long uid;
  long gid;
  long loginUid;
  long tty;
  long flags;
  long fdLimit;
  long vmSize;
  long vmRss;
  long vmSwap;
  long pageFaultsMajor;
  long pageFaultsMinor;
  long capInheritable;
  long capPermitted;
  long capEffective;
  long exeInode;
  long exeChangeTime;
  long exeModifyTime;
  long cloneTime;
  long pidNamespaceStart;
  boolean ended;
  boolean exeWritable;
  boolean exeUpperLayer;
  boolean exeLowerLayer;
  boolean exeFromMemfd;

  /** An empty description: see {@link #clear()}. */
  public ThreadSpec() {
    clear();
  }

  /** Sets every number to "unknown" and empties every text. */
  public ThreadSpec clear() {
    comm.clear();
    exe.clear();
    exePath.clear();
    args.clear();
    env.clear();
    cwd.clear();
    root.clear();
    cgroups.clear();
    tid = -1;
    pid = -1;
    ptid = -1;
    sid = -1;
    vpgid = -1;
    pgid = -1;
    vtid = -1;
    vpid = -1;
    uid = UserTable.UNKNOWN;
    gid = UserTable.UNKNOWN;
    loginUid = -1;
    tty = 0;
    flags = 0;
    fdLimit = -1;
    memory(0, 0, 0);
    pageFaults(0, 0);
    capabilities(0, 0, 0);
    exeFile(0, 0, 0);
    cloneTime = 0;
    pidNamespaceStart = 0;
    ended = false;
    exeWritable = false;
    exeUpperLayer = false;
    exeLowerLayer = false;
    exeFromMemfd = false;
    return this;
  }

  /** Process id that was given, -1 if none. */
  public long pid() {
    return pid;
  }

  /** Command name. */
  public Bytes comm() {
    return comm;
  }

  /** argv[0]. */
  public Bytes exe() {
    return exe;
  }

  /** Path of the executable; a final {@code " (deleted)"} is removed when it is added. */
  public Bytes exePath() {
    return exePath;
  }

  /** Arguments without argv[0], each followed by a NUL byte. */
  public Bytes args() {
    return args;
  }

  /** Environment, each variable followed by a NUL byte; used for main threads only. */
  public Bytes env() {
    return env;
  }

  /** Working directory, absolute; used for main threads only. */
  public Bytes cwd() {
    return cwd;
  }

  /** Root directory. */
  public Bytes root() {
    return root;
  }

  /** {@code subsystem=path} entries, each followed by a NUL byte. */
  public Bytes cgroups() {
    return cgroups;
  }

  /** Ids in the initial pid namespace: thread, process, parent (of the process). */
  public ThreadSpec ids(long threadId, long processId, long parentTid) {
    tid = threadId;
    pid = processId;
    ptid = parentTid;
    return this;
  }

  /** Ids in the thread's own pid namespace. */
  public ThreadSpec virtualIds(long threadId, long processId) {
    vtid = threadId;
    vpid = processId;
    return this;
  }

  /** Session, process group as the own pid namespace numbers it, and as the initial one does. */
  public ThreadSpec groups(long session, long virtualGroup, long group) {
    sid = session;
    vpgid = virtualGroup;
    pgid = group;
    return this;
  }

  /** Effective user and group (4294967295 unknown), login user (-1 unset). */
  public ThreadSpec users(long user, long group, long login) {
    uid = user;
    gid = group;
    loginUid = login;
    return this;
  }

  /** Device number of the controlling terminal, 0 for none. */
  public ThreadSpec tty(long device) {
    tty = device;
    return this;
  }

  /** Flags of table {@code clone_flags}, as capture files hold them. */
  public ThreadSpec flags(long cloneFlags) {
    flags = cloneFlags;
    return this;
  }

  /** Says that a main thread has ended, and other threads of its process have not. */
  public ThreadSpec ended() {
    ended = true;
    return this;
  }

  /** True when {@link #ended()} was said. */
  public boolean isEnded() {
    return ended;
  }

  /** RLIMIT_NOFILE, -1 unknown. */
  public ThreadSpec fdLimit(long limit) {
    fdLimit = limit;
    return this;
  }

  /** Memory in kB. */
  public ThreadSpec memory(long size, long rss, long swap) {
    vmSize = size;
    vmRss = rss;
    vmSwap = swap;
    return this;
  }

  /** Page faults since start. */
  public ThreadSpec pageFaults(long major, long minor) {
    pageFaultsMajor = major;
    pageFaultsMinor = minor;
    return this;
  }

  /** Capability sets. */
  public ThreadSpec capabilities(long inheritable, long permitted, long effective) {
    capInheritable = inheritable;
    capPermitted = permitted;
    capEffective = effective;
    return this;
  }

  /** Executable file: inode, change and modification time in nanoseconds since the epoch. */
  public ThreadSpec exeFile(long inode, long changeTime, long modifyTime) {
    exeInode = inode;
    exeChangeTime = changeTime;
    exeModifyTime = modifyTime;
    return this;
  }

  /** Where the executable lies. */
  public ThreadSpec exeMarks(
      boolean writable, boolean upperLayer, boolean lowerLayer, boolean fromMemfd) {
    exeWritable = writable;
    exeUpperLayer = upperLayer;
    exeLowerLayer = lowerLayer;
    exeFromMemfd = fromMemfd;
    return this;
  }

  /**
   * Start of the thread and of its pid namespace's init, nanoseconds since the epoch, 0 unknown.
   */
  public ThreadSpec start(long thread, long pidNamespace) {
    cloneTime = thread;
    pidNamespaceStart = pidNamespace;
    return this;
  }
}
