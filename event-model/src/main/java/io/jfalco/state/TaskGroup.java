package io.jfalco.state;

/** The threads of one process: the main thread first, when it is known. */
final class TaskGroup {
  long pid;
  int alive;

  /** True when orphans below this process become its children. */
  boolean reaper;

  ThreadInfo first;
  ThreadInfo last;

  void add(ThreadInfo thread) {
    thread.group = this;
    if (!thread.isDead()) {
      alive++;
    }
    if (first == null) {
      first = thread;
      last = thread;
      thread.groupNext = null;
      thread.groupPrevious = null;
    } else if (thread.isMain()) {
      thread.groupPrevious = null;
      thread.groupNext = first;
      first.groupPrevious = thread;
      first = thread;
    } else {
      thread.groupNext = null;
      thread.groupPrevious = last;
      last.groupNext = thread;
      last = thread;
    }
    ThreadInfo main = first.isMain() ? first : null;
    if (thread.isMain()) {
      for (ThreadInfo each = first; each != null; each = each.groupNext) {
        each.main = main;
      }
    } else {
      thread.main = main;
    }
  }

  void remove(ThreadInfo thread) {
    if (thread.groupPrevious == null) {
      first = thread.groupNext;
    } else {
      thread.groupPrevious.groupNext = thread.groupNext;
    }
    if (thread.groupNext == null) {
      last = thread.groupPrevious;
    } else {
      thread.groupNext.groupPrevious = thread.groupPrevious;
    }
    thread.groupNext = null;
    thread.groupPrevious = null;
    thread.group = null;
    thread.main = null;
    if (thread.isMain()) {
      for (ThreadInfo each = first; each != null; each = each.groupNext) {
        each.main = null;
      }
    }
  }

  /** True when it has no more than one thread. */
  boolean isSingle() {
    return first == last;
  }

  /** A thread of the group that lives, other than the given one; or null. */
  ThreadInfo livingExcept(ThreadInfo thread) {
    for (ThreadInfo each = first; each != null; each = each.groupNext) {
      if (each != thread && !each.isDead()) {
        return each;
      }
    }
    return null;
  }
}
