package io.jfalco.state;

import io.jfalco.event.Bytes;

/**
 * One thread. Data that belong to the whole process (working directory, descriptors) are those of
 * its main thread. Owned by the event-loop thread; reused after the thread is gone, so nobody keeps
 * a reference beyond the event at hand. -1 stands for an unknown id.
 */
public final class ThreadInfo {
  private static final Bytes UNKNOWN_DIRECTORY = Bytes.of("./");

  final Bytes comm = new Bytes();
  final Bytes cwd = new Bytes();
  final Bytes root = new Bytes();

  /** Own table or, after clone with CLONE_FILES, that of another process too; null before use. */
  FdTable fds;

  /** True for a thread other than the main one that has a table of its own. */
  boolean ownsFiles;

  Image image;
  Cgroups cgroups = Cgroups.NONE;
  ThreadInfo main;
  TaskGroup group;
  ThreadInfo groupNext;
  ThreadInfo groupPrevious;
  ThreadInfo parentOfRecord;
  ThreadInfo firstChild;
  ThreadInfo siblingNext;
  ThreadInfo siblingPrevious;
  EnterEvent enter;
  long tid;
  long pid;
  long ptid;
  long sid = -1;
  long vpgid = -1;
  long pgid = -1;
  long vtid = -1;
  long vpid = -1;
  long reaperTid = -1;
  long uid;
  long gid;
  long loginUid = -1;
  long tty;
  long flags;
  long capInheritable;
  long capPermitted;
  long capEffective;
  long cloneTime;
  long lastExecTime;
  long lastEventTime;
  long previousEventTime;
  long pidNamespaceStart;
  long fdLimit;
  long vmSize;
  long vmRss;
  long vmSwap;
  long pageFaultsMajor;
  long pageFaultsMinor;
  long exeChangeToStart;
  long exeChangeAfterNamespaceStart;
  long runTime;
  long userTime;
  long systemTime;
  long generation;

  /** What the budget was charged for it. */
  int weight;

  ThreadInfo() {}

  /** Memory of the texts, in bytes. */
  int capacity() {
    return comm.capacity() + cwd.capacity() + root.capacity();
  }

  /** Everything unknown, as before first use; whatever it held must have been given back. */
  void reset() {
    comm.clear();
    cwd.clear();
    root.clear();
    image = null;
    cgroups = Cgroups.NONE;
    main = null;
    group = null;
    ownsFiles = false;
    tid = -1;
    pid = -1;
    ptid = -1;
    sid = -1;
    vpgid = -1;
    pgid = -1;
    vtid = -1;
    vpid = -1;
    reaperTid = -1;
    uid = UserTable.UNKNOWN;
    gid = UserTable.UNKNOWN;
    loginUid = UserTable.UNKNOWN;
    tty = 0;
    flags = CloneFlags.NAME_CHANGED;
    capInheritable = 0;
    capPermitted = 0;
    capEffective = 0;
    cloneTime = 0;
    lastExecTime = 0;
    lastEventTime = 0;
    previousEventTime = 0;
    pidNamespaceStart = 0;
    fdLimit = -1;
    vmSize = 0;
    vmRss = 0;
    vmSwap = 0;
    pageFaultsMajor = 0;
    pageFaultsMinor = 0;
    exeChangeToStart = 0;
    exeChangeAfterNamespaceStart = 0;
    runTime = 0;
    userTime = 0;
    systemTime = 0;
  }

  /** True when only the thread's id is known, because nothing told of its start. */
  public boolean isInvalid() {
    return tid < 0 || pid < 0 || ptid < 0;
  }

  /** True after the thread exited; it is kept until the last thread of the process is gone. */
  public boolean isDead() {
    return (flags & CloneFlags.CLOSED) != 0;
  }

  /** True when the thread is not in the initial pid namespace. */
  public boolean isInPidNamespace() {
    return (flags & CloneFlags.CHILD_IN_PIDNS) != 0 || tid != vtid && vtid >= 0;
  }

  /** The main thread of the process, or null when it is not known. */
  public ThreadInfo knownMain() {
    return isMain() ? this : main;
  }

  /** Thread id in the initial pid namespace. */
  public long tid() {
    return tid;
  }

  /** Process id (thread group) in the initial pid namespace. */
  public long pid() {
    return pid;
  }

  /** Thread id of the parent. */
  public long ptid() {
    return ptid;
  }

  /** True for the main thread of its process. */
  public boolean isMain() {
    return tid == pid || (flags & CloneFlags.MAIN_THREAD) != 0;
  }

  /** The main thread of the process; this one when it is the main thread or that is unknown. */
  public ThreadInfo main() {
    ThreadInfo known = knownMain();
    return known == null ? this : known;
  }

  /** Command name, at most 15 bytes. */
  public Bytes comm() {
    return comm;
  }

  /** What exec gave the process. Never null. */
  public Image image() {
    return image;
  }

  /** Cgroups. Never null. */
  public Cgroups cgroups() {
    return cgroups;
  }

  /** Container that the cgroups name; HOST outside of any. */
  public Container container() {
    return cgroups.container();
  }

  /** Working directory of the process, ending in a slash; "./" when its main thread is unknown. */
  public Bytes cwd() {
    ThreadInfo known = knownMain();
    return known == null ? UNKNOWN_DIRECTORY : known.cwd;
  }

  /** Root directory of the process; empty or "/" on the host. */
  public Bytes root() {
    return main().root;
  }

  /**
   * Open descriptors of the process, or of the thread where it shares none with it; none when its
   * main thread is unknown. Never null.
   */
  public FdTable fds() {
    ThreadInfo known = ownsFiles ? this : knownMain();
    if (known != null) {
      return known.fds;
    }
    return (flags & CloneFlags.FILES) == 0 ? fds : FdTable.UNKNOWN;
  }

  /** False when the descriptors are those of the main thread. */
  public boolean hasOwnFds() {
    return ownsFiles || isMain() || main == null;
  }

  /** Session id, as the process's own pid namespace numbers it. */
  public long sid() {
    return sid;
  }

  /** Process group in the process's own pid namespace. */
  public long vpgid() {
    return vpgid;
  }

  /** Process group in the initial pid namespace. */
  public long pgid() {
    return pgid;
  }

  /** Thread id in the process's own pid namespace. */
  public long vtid() {
    return vtid;
  }

  /** Process id in the process's own pid namespace. */
  public long vpid() {
    return vpid;
  }

  /** Effective user id; 4294967295 when unknown. */
  public long uid() {
    return uid;
  }

  /** Effective group id; 4294967295 when unknown. */
  public long gid() {
    return gid;
  }

  /** Login user id, -1 when unset. */
  public long loginUid() {
    return loginUid == UserTable.UNKNOWN ? -1 : loginUid;
  }

  /** Controlling terminal's device number, 0 for none. */
  public long tty() {
    return tty;
  }

  /** Portable CLONE_* flags of table {@code clone_flags}. */
  public long flags() {
    return flags;
  }

  /** Inheritable capabilities, portable bits (the kernel's numbers). */
  public long capInheritable() {
    return capInheritable;
  }

  /** Permitted capabilities. */
  public long capPermitted() {
    return capPermitted;
  }

  /** Effective capabilities. */
  public long capEffective() {
    return capEffective;
  }

  /** Start of the thread, nanoseconds since the epoch. */
  public long cloneTime() {
    return cloneTime;
  }

  /** Last exec, nanoseconds since the epoch; 0 when it was before the daemon's start. */
  public long lastExecTime() {
    return lastExecTime;
  }

  /** Time of this thread's event before the current one, nanoseconds since the epoch; 0 if none. */
  public long previousEventTime() {
    return previousEventTime;
  }

  /** Start of the pid namespace's init, nanoseconds since the epoch. */
  public long pidNamespaceStart() {
    return pidNamespaceStart;
  }

  /** Highest number of descriptors of the process, -1 when unknown; 0 without a main thread. */
  public long fdLimit() {
    ThreadInfo known = knownMain();
    return known == null ? 0 : known.fdLimit;
  }

  /** Number of open descriptors of the process; 0 when its main thread is unknown. */
  public int openDescriptors() {
    ThreadInfo known = knownMain();
    return known == null ? 0 : known.fds.size();
  }

  /** Environment of the process: that of the image of its main thread. */
  public Bytes env() {
    return main().image.env;
  }

  /**
   * Time from the executable's last change to the start of the process that executed it, in
   * nanoseconds; 0 when unknown. May be negative.
   */
  public long exeChangeToStart() {
    return exeChangeToStart;
  }

  /**
   * Time from the start of the pid namespace to the executable's last change, in nanoseconds; 0
   * when unknown or not later.
   */
  public long exeChangeAfterNamespaceStart() {
    return exeChangeAfterNamespaceStart;
  }

  /** Virtual memory in kB. */
  public long vmSize() {
    return vmSize;
  }

  /** Resident memory in kB. */
  public long vmRss() {
    return vmRss;
  }

  /** Swapped memory in kB. */
  public long vmSwap() {
    return vmSwap;
  }

  /** Major page faults since start. */
  public long pageFaultsMajor() {
    return pageFaultsMajor;
  }

  /** Minor page faults since start. */
  public long pageFaultsMinor() {
    return pageFaultsMinor;
  }

  /** CPU time that context switches told of so far, in nanoseconds. */
  public long runTime() {
    return runTime;
  }

  /** Live threads of the process, this one included; 0 when its process is not known. */
  public int liveThreads() {
    return group == null ? 0 : group.alive;
  }

  /** Live threads of the process apart from its main thread. */
  public int liveNonMainThreads() {
    if (group == null) {
      return 0;
    }
    ThreadInfo known = knownMain();
    return known != null && !known.isDead() ? group.alive - 1 : group.alive;
  }

  /**
   * Changes whenever something that {@code proc.*}, {@code user.*} or {@code container.*} fields
   * show of this thread itself has changed (exec, setuid, chdir ...), so that results may be
   * cached; no two threads, of whatever state, ever have the same number, which is never 0. What is
   * kept in the main thread is under the number of that: {@link #mainGeneration()}. What fields
   * show of ancestors may have changed when {@link HostState#lineage()} did, names of users and
   * groups when {@link UserTable#generation()} did.
   */
  public long generation() {
    return generation;
  }

  /** {@link #generation()} of the main thread of the process; 0 when that is not known. */
  public long mainGeneration() {
    ThreadInfo known = knownMain();
    return known == null ? 0 : known.generation;
  }

  /**
   * True when the thread is linked to its process and parent, as all are of which more than an id
   * is known. Changes of ancestors are only told ({@link HostState#lineage()}) for such a thread.
   */
  public boolean isLinked() {
    return group != null;
  }
}
