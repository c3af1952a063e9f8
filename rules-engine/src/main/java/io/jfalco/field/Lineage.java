package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;
import io.jfalco.state.HostState;
import io.jfalco.state.ThreadInfo;

/** Walks from a process to its ancestors. */
final class Lineage {
  private static final int LONGEST = 4096;

  /** Appends something that a field shows of a process. */
  @FunctionalInterface
  interface Part {
    void append(ThreadInfo thread, Bytes out);
  }

  private Lineage() {}

  /**
   * The process that is so many generations up, 0 for the process itself; null when it is not
   * known.
   */
  static ThreadInfo ancestor(EventContext context, int level) {
    ThreadInfo thread = context.thread();
    if (thread == null || level < 0) {
      return null;
    }
    return context.state().ancestor(thread, level);
  }

  /** The first of all ancestors, for walks with {@link #next}. */
  static ThreadInfo first(EventContext context) {
    ThreadInfo main = context.thread() == null ? null : context.thread().knownMain();
    return main == null ? null : next(context.state(), main);
  }

  /** The parent; null at the end. */
  static ThreadInfo next(HostState state, ThreadInfo thread) {
    return thread.ptid() == thread.tid() ? null : state.thread(thread.ptid());
  }

  /** A field of the ancestors: any of them for conditions, all joined by blanks for outputs. */
  static Extractor all(Part part) {
    return new All(part);
  }

  /** A field of one ancestor. */
  static Extractor at(int level, Part part) {
    return (context, out) -> {
      ThreadInfo ancestor = ancestor(context, level);
      if (ancestor == null) {
        return false;
      }
      part.append(ancestor, out.addText());
      return true;
    };
  }

  private static final class All implements Extractor {
    private final Part part;

    All(Part part) {
      this.part = part;
    }

    @Override
    public boolean extract(EventContext context, Value out) {
      int count = 0;
      ThreadInfo ancestor = first(context);
      while (ancestor != null && count++ < LONGEST) {
        part.append(ancestor, out.addText());
        ancestor = next(context.state(), ancestor);
      }
      return count > 0;
    }

    @Override
    public boolean print(EventContext context, Value out) {
      Bytes joined = out.addText();
      ThreadInfo ancestor = first(context);
      for (int i = 0; ancestor != null && i < LONGEST; i++) {
        if (!joined.isEmpty()) {
          joined.append(' ');
        }
        part.append(ancestor, joined);
        ancestor = next(context.state(), ancestor);
      }
      return !joined.isEmpty();
    }
  }

  /** Pids of all ancestors for conditions; the process's own for outputs. */
  static final class Pids implements Extractor {
    @Override
    public boolean extract(EventContext context, Value out) {
      int count = 0;
      ThreadInfo ancestor = first(context);
      while (ancestor != null && count++ < LONGEST) {
        out.addNumber(ancestor.pid());
        ancestor = next(context.state(), ancestor);
      }
      return count > 0;
    }

    @Override
    public boolean print(EventContext context, Value out) {
      ThreadInfo main = context.thread() == null ? null : context.thread().knownMain();
      return main != null && Extractors.number(out, main.pid());
    }
  }

  /** A number of a thread. */
  @FunctionalInterface
  interface Id {
    long of(ThreadInfo thread);
  }

  /** Finds the leader of a session or group. */
  @FunctionalInterface
  interface Leader {
    ThreadInfo of(HostState state, ThreadInfo thread);
  }

  /** A field of the leader; empty text when there is none. */
  static Extractor ofLeader(Leader kind, Part part) {
    return (context, out) -> {
      if (context.thread() == null) {
        return false;
      }
      Bytes text = out.addText();
      ThreadInfo leader = kind.of(context.state(), context.thread());
      if (leader != null) {
        part.append(leader, text);
      }
      return true;
    };
  }
}
