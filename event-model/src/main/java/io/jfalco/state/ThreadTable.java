package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * All threads, the processes that they form, and who is whose child. A main thread that has exited
 * stays until the last thread of its process is gone, because it holds what they share.
 */
final class ThreadTable {
  private static final int MOST_FREE = 8192;

  /** Estimated memory of a thread without texts, in bytes, and of texts that are not kept. */
  private static final int SIZE = 600;

  private static final int LARGE = 1024;
  private static final int LONGEST_CHAIN = 4096;
  private static final Bytes UNKNOWN = Bytes.of("<NA>");

  private final HostState state;
  private final int limit;
  private final LongMap<ThreadInfo> threads = new LongMap<>(4096);
  private final LongMap<TaskGroup> groups = new LongMap<>(2048);
  private final StateBudget budget;
  private final FreeList<ThreadInfo> free = new FreeList<>(ThreadInfo::new, MOST_FREE);
  private final FreeList<TaskGroup> freeGroups = new FreeList<>(TaskGroup::new, MOST_FREE);
  private final RecentExits exits = new RecentExits();
  private ThreadInfo last;
  private boolean zero;

  ThreadTable(HostState state, int limit, StateBudget budget) {
    this.budget = budget;
    this.state = state;
    this.limit = limit;
  }

  LongMap<ThreadInfo> threads() {
    return threads;
  }

  int size() {
    return threads.size();
  }

  /** Removes everything. Allocates; rare. */
  void clear() {
    List<ThreadInfo> all = new ArrayList<>();
    threads.forEach(all::add);
    all.forEach(this::erase);
    exits.clear();
  }

  boolean isFull() {
    return threads.size() >= limit || budget.isFull();
  }

  ThreadInfo get(long tid) {
    ThreadInfo recent = last;
    StateCounters counters = state.counters();
    if (recent != null && recent.tid == tid) {
      counters.recentThreads++;
      return recent;
    }
    ThreadInfo found = threads.get(tid);
    if (found == null) {
      counters.failedLookups++;
    } else {
      counters.foundThreads++;
      last = found;
    }
    return found;
  }

  /** True when there is a thread with the id 0, which is also the parent of those without one. */
  boolean hasZero() {
    return zero;
  }

  /** An empty thread without image, to be filled and added. */
  ThreadInfo take() {
    ThreadInfo thread = free.take();
    thread.reset();
    thread.fds = state.fds().takeTable();
    return thread;
  }

  /** Gives a thread back that was taken and not added. */
  void giveBack(ThreadInfo thread) {
    recycle(thread);
  }

  /** Adds an entry that says that nothing is known of a thread; null when the table is full. */
  ThreadInfo addUnknown(long tid) {
    ThreadInfo thread = take();
    thread.tid = tid;
    thread.comm.copyFrom(UNKNOWN);
    thread.image = state.images().take();
    thread.image.exe.copyFrom(UNKNOWN);
    return add(thread, true) ? thread : null;
  }

  /** Adds a thread, in the place of one with the same id. False, and taken back, when full. */
  boolean add(ThreadInfo thread, boolean linked) {
    ThreadInfo before = threads.get(thread.tid);
    if (before == null && isFull()) {
      state.counters().droppedThreads++;
      recycle(thread);
      return false;
    }
    if (before != null) {
      discard(before);
    }
    threads.put(thread.tid, thread);
    zero |= thread.tid == 0;
    charge(thread);
    state.images().filled(thread.image);
    if (linked) {
      link(thread);
    }
    state.counters().addedThreads++;
    state.touch(thread);
    return true;
  }

  /** The thread's texts have changed. */
  void charge(ThreadInfo thread) {
    int weight = SIZE + thread.capacity();
    budget.add(weight - thread.weight);
    thread.weight = weight;
  }

  /** Links a thread to its process and to its parent, once these can be known. */
  void link(ThreadInfo thread) {
    if (thread.isInvalid() || thread.group != null) {
      return;
    }
    TaskGroup group = groups.get(thread.pid);
    if (group == null) {
      group = freeGroups.take();
      group.pid = thread.pid;
      group.alive = 0;
      group.reaper = thread.pid == 1 || thread.vpid == 1;
      group.first = null;
      group.last = null;
      groups.put(thread.pid, group);
    }
    group.add(thread);
    if (!thread.isMain() && thread.main != null && !thread.ownsFiles) {
      state.fds().releaseTable(thread.fds);
      thread.fds = state.fds().takeTable();
    }
    if (thread.pid == 1 && thread.ptid == 0) {
      return;
    }
    ThreadInfo parent = get(thread.ptid);
    if (parent == null || parent.isInvalid() || parent == thread) {
      thread.ptid = 0;
    } else {
      addChild(parent, thread);
    }
  }

  /** Makes a thread the child of another one, or of none that is known. */
  void moveTo(ThreadInfo thread, long ptid) {
    if (thread.ptid == ptid) {
      return;
    }
    removeChild(thread);
    ThreadInfo parent = get(ptid);
    if (parent == null || parent.isInvalid() || parent == thread) {
      thread.ptid = 0;
    } else {
      addChild(parent, thread);
    }
    state.lineage++;
  }

  /** Marks a thread as exited. */
  void markDead(ThreadInfo thread) {
    if (!thread.isDead()) {
      if (thread.group != null) {
        thread.group.alive--;
      }
      thread.flags |= CloneFlags.CLOSED;
    }
  }

  /** A main thread that had exited runs again: another thread of the process has called exec. */
  void resurrect(ThreadInfo thread) {
    thread.flags &= ~CloneFlags.CLOSED;
    if (thread.group != null) {
      thread.group.alive++;
    }
  }

  /** Removes a thread: its children get another parent, its process goes with its last thread. */
  void remove(long tid) {
    ThreadInfo thread = threads.get(tid);
    if (thread == null) {
      state.counters().failedLookups++;
      return;
    }
    if (thread.isInvalid() || thread.group == null) {
      erase(thread);
      return;
    }
    markDead(thread);
    if (thread.firstChild != null) {
      reparentChildren(thread);
    }
    TaskGroup group = thread.group;
    boolean isMain = thread.isMain();
    if (group.alive <= 0) {
      ThreadInfo main = thread.knownMain();
      if (main != null) {
        erase(main);
      }
    }
    if (!isMain) {
      erase(thread);
    }
    state.counters().removedThreads++;
  }

  /** Removes the other threads of a process whose main thread has called exec. */
  void removeOthers(ThreadInfo thread) {
    TaskGroup group = thread.group;
    if (group == null || group.alive <= 1) {
      return;
    }
    ThreadInfo each = group.first;
    while (each != null) {
      ThreadInfo next = each.groupNext;
      if (each != thread && !each.isMain()) {
        remove(each.tid);
      }
      each = next;
    }
  }

  /** Threads that have ended a short while ago. */
  RecentExits exits() {
    return exits;
  }

  private void addChild(ThreadInfo parent, ThreadInfo child) {
    child.parentOfRecord = parent;
    child.siblingPrevious = null;
    child.siblingNext = parent.firstChild;
    if (parent.firstChild != null) {
      parent.firstChild.siblingPrevious = child;
    }
    parent.firstChild = child;
    child.ptid = parent.tid;
  }

  private static void removeChild(ThreadInfo child) {
    ThreadInfo parent = child.parentOfRecord;
    if (parent == null) {
      return;
    }
    if (child.siblingPrevious == null) {
      parent.firstChild = child.siblingNext;
    } else {
      child.siblingPrevious.siblingNext = child.siblingNext;
    }
    if (child.siblingNext != null) {
      child.siblingNext.siblingPrevious = child.siblingPrevious;
    }
    child.parentOfRecord = null;
    child.siblingNext = null;
    child.siblingPrevious = null;
  }

  private void reparentChildren(ThreadInfo thread) {
    ThreadInfo reaper = thread.reaperTid > 0 ? get(thread.reaperTid) : null;
    if (reaper == null || reaper.isInvalid() || reaper == thread) {
      reaper = findReaper(thread);
    }
    if (reaper != null && reaper.pid != thread.pid && reaper.group != null) {
      reaper.group.reaper = true;
    }
    state.lineage++;
    while (thread.firstChild != null) {
      ThreadInfo child = thread.firstChild;
      removeChild(child);
      if (reaper == null) {
        child.ptid = 0;
      } else {
        addChild(reaper, child);
      }
    }
  }

  /** Another thread of the process, or the nearest ancestor that takes orphans; null if none. */
  private ThreadInfo findReaper(ThreadInfo thread) {
    if (thread.group != null && thread.group.alive > 0) {
      ThreadInfo other = thread.group.livingExcept(thread);
      if (other != null) {
        return other;
      }
    }
    ThreadInfo parent = get(thread.ptid);
    for (int i = 0; i < LONGEST_CHAIN && parent != null && parent != thread; i++) {
      if (parent.isInPidNamespace() != thread.isInPidNamespace()) {
        return null;
      }
      if (parent.group != null && parent.group.reaper && parent.group.alive > 0) {
        ThreadInfo living = parent.group.livingExcept(thread);
        if (living != null) {
          return living;
        }
      }
      parent = parent.ptid == parent.tid ? null : get(parent.ptid);
    }
    return null;
  }

  /** A thread whose exit was missed makes room for another with its id. */
  private void discard(ThreadInfo thread) {
    markDead(thread);
    if (thread.firstChild != null) {
      reparentChildren(thread);
    }
    erase(thread);
  }

  private void erase(ThreadInfo thread) {
    threads.remove(thread.tid);
    if (state.isAncestor(thread)) {
      state.lineage++;
    }
    while (thread.firstChild != null) {
      ThreadInfo child = thread.firstChild;
      removeChild(child);
      child.ptid = 0;
    }
    zero &= thread.tid != 0;
    removeChild(thread);
    TaskGroup group = thread.group;
    if (group != null) {
      group.remove(thread);
      if (group.first == null) {
        groups.remove(group.pid);
        freeGroups.give(group);
      }
    }
    recycle(thread);
  }

  private void recycle(ThreadInfo thread) {
    if (last == thread) {
      last = null;
    }
    state.fds().releaseTable(thread.fds);
    thread.fds = null;
    if (thread.image != null) {
      state.images().release(thread.image);
      thread.image = null;
    }
    thread.tid = -1;
    budget.add(-thread.weight);
    thread.weight = 0;
    if (thread.capacity() > LARGE) {
      thread.cwd.release();
      thread.root.release();
    }
    if (thread.enter != null) {
      thread.enter.type = null;
    }
    free.give(thread);
  }
}
