package io.jfalco.state;

import io.jfalco.event.Bytes;

/**
 * One thread. Data that belong to the whole process (working directory, descriptors) are those of
 * its main thread. Owned by the event-loop thread; reused after the thread is gone, so nobody keeps
 * a reference beyond the event at hand. -1 stands for an unknown id.
 */
public final class ThreadInfo {
  final Bytes comm = new Bytes();
  final Bytes cwd = new Bytes();
  final Bytes root = new Bytes();
  Image image;
  Cgroups cgroups;
  FdTable fds;
  ThreadInfo main;
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
  int liveThreads;
  int generation;
  boolean dead;

  ThreadInfo() {}

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
    return tid == pid;
  }

  /** The main thread of the process; this one when it is the main thread or that is unknown. */
  public ThreadInfo main() {
    return main == null ? this : main;
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

  /** Working directory of the process, ending in a slash; empty when unknown. */
  public Bytes cwd() {
    return main().cwd;
  }

  /** Root directory of the process; empty or "/" on the host. */
  public Bytes root() {
    return main().root;
  }

  /** Open descriptors of the process. Never null. */
  public FdTable fds() {
    return main().fds;
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
    return loginUid;
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

  /** Highest number of descriptors. */
  public long fdLimit() {
    return fdLimit;
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

  /** Live threads of the process, this one included. */
  public int liveThreads() {
    return main().liveThreads;
  }

  /**
   * Changes whenever something that {@code proc.*}, {@code user.*} or {@code container.*} fields of
   * this thread show has changed (exec, setuid, prctl ...), so that results may be cached.
   */
  public int generation() {
    return generation;
  }
}
