package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.state.ThreadInfo;

/** Texts about a process, appended to what is there already. */
final class ProcessText {
  private ProcessText() {}

  static void comm(ThreadInfo thread, Bytes out) {
    out.append(thread.comm());
  }

  static void exe(ThreadInfo thread, Bytes out) {
    out.append(thread.image().exe());
  }

  static void exePath(ThreadInfo thread, Bytes out) {
    out.append(thread.image().exePath());
  }

  static void args(ThreadInfo thread, Bytes out) {
    joined(thread.image().args(), out);
  }

  static void env(ThreadInfo thread, Bytes out) {
    joined(thread.env(), out);
  }

  /** Command name and arguments. */
  static void commandLine(ThreadInfo thread, Bytes out) {
    out.append(thread.comm());
    if (count(thread.image().args()) > 0) {
      out.append(' ');
      args(thread, out);
    }
  }

  /** argv[0], a blank, and the arguments. */
  static void exeLine(ThreadInfo thread, Bytes out) {
    exe(thread, out);
    out.append(' ');
    args(thread, out);
  }

  /** Strings that end with a NUL byte each, joined by blanks. */
  static void joined(Bytes strings, Bytes out) {
    int length = strings.length();
    if (length > 0 && strings.at(length - 1) == 0) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      int c = strings.at(i);
      out.append(c == 0 ? ' ' : c);
    }
  }

  /** Number of strings that end with a NUL byte each; a single empty one does not count. */
  static int count(Bytes strings) {
    int length = strings.length();
    if (length == 0 || length == 1 && strings.at(0) == 0) {
      return 0;
    }
    int count = 1;
    for (int i = 0; i < length - 1; i++) {
      if (strings.at(i) == 0) {
        count++;
      }
    }
    return count;
  }

  /** Looks at one of the strings; leaves {@code out} empty when there are not so many. */
  static void item(Bytes strings, int index, Bytes out) {
    int start = 0;
    for (int i = 0; i < index && start < strings.length(); i++) {
      start = end(strings, start) + 1;
    }
    if (start < strings.length()) {
      out.view(strings.array(), strings.offset() + start, end(strings, start) - start);
    }
  }

  private static int end(Bytes strings, int start) {
    int end = strings.indexOf(0, start);
    return end < 0 ? strings.length() : end;
  }

  /**
   * Looks at the value of a variable, without blanks around it.
   *
   * @return false, leaving {@code out} empty, when there is none or it is empty
   */
  static boolean variable(Bytes env, byte[] name, Bytes out) {
    int start = 0;
    while (start < env.length()) {
      int end = end(env, start);
      int valueStart = start + name.length + 1;
      if (valueStart < end && env.at(valueStart - 1) == '=' && isAt(env, start, name)) {
        while (valueStart < end && env.at(valueStart) == ' ') {
          valueStart++;
        }
        int valueEnd = end;
        while (valueEnd > valueStart && env.at(valueEnd - 1) == ' ') {
          valueEnd--;
        }
        out.view(env.array(), env.offset() + valueStart, valueEnd - valueStart);
        return valueEnd > valueStart;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isAt(Bytes text, int at, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (text.at(at + i) != part[i]) {
        return false;
      }
    }
    return true;
  }
}
