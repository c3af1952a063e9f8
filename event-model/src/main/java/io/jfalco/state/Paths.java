package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Lexical joining of paths: {@code .}, {@code ..} and repeated slashes are resolved in the second
 * part without looking at the file system, a final slash goes, and what may not be shown is
 * replaced. The first part is taken as it is. Allocates nothing once the result has grown.
 */
public final class Paths {
  /** Longest result, in bytes. */
  public static final int LIMIT = 1023;

  private static final byte[] TOO_LONG =
      "/DIR_TOO_LONG/FILENAME_TOO_LONG".getBytes(StandardCharsets.US_ASCII);

  private Paths() {}

  /**
   * Joins a directory, which ends with a slash, and a path.
   *
   * @param out the result; not one of the other two, unless the directory is not used
   * @param directory ignored when the path is absolute or empty
   * @param path what to append
   */
  public static void join(Bytes out, Bytes directory, Bytes path) {
    int length = length(path);
    boolean relative = length > 0 && path.at(0) != '/';
    int base = relative ? directory.length() : 0;
    if (directory.length() + length > LIMIT) {
      out.copyFrom(TOO_LONG, 0, TOO_LONG.length);
      return;
    }
    if (relative) {
      out.copyFrom(directory);
    } else {
      out.clear();
    }
    resolve(out, base, path.array(), path.offset(), path.offset() + length);
  }

  /** True when joining to an absolute path would leave it byte for byte as it is. */
  static boolean isCleanAbsolute(Bytes path) {
    int length = path.length();
    if (length == 0 || length > LIMIT || path.at(0) != '/') {
      return false;
    }
    byte[] array = path.array();
    int at = path.offset() + 1;
    int end = path.offset() + length;
    boolean afterSlash = true;
    while (at < end) {
      int value = array[at++];
      if (value < 0x20 || value == 0x7f) {
        return false;
      }
      if (afterSlash && (value == '/' || value == '.' && mayBeDots(array, at, end))) {
        return false;
      }
      afterSlash = value == '/';
    }
    return length == 1 || !afterSlash;
  }

  private static boolean mayBeDots(byte[] path, int next, int end) {
    return next == end || path[next] == '.' || path[next] == '/';
  }

  /** A working directory: resolved, and ending with a slash. */
  static void directory(Bytes out, Bytes path) {
    out.clear();
    int length = length(path);
    if (length > LIMIT) {
      out.copyFrom(TOO_LONG, 0, TOO_LONG.length);
    } else {
      resolve(out, 0, path.array(), path.offset(), path.offset() + length);
    }
    endWithSlash(out);
  }

  static void endWithSlash(Bytes path) {
    if (path.isEmpty() || path.at(path.length() - 1) != '/') {
      path.append('/');
    }
  }

  /** Length up to the first NUL byte. */
  private static int length(Bytes text) {
    int nul = text.indexOf(0, 0);
    return nul < 0 ? text.length() : nul;
  }

  private static void resolve(Bytes out, int base, byte[] path, int from, int to) {
    int at = from;
    while (at < to) {
      int size = Utf8.sequence(path, at, to);
      if (size != 1) {
        if (size > 1) {
          if (out.length() + size > LIMIT) {
            return;
          }
          out.append(path, at, size);
          at += size;
        } else {
          if (out.length() + 3 > LIMIT) {
            return;
          }
          Utf8.replacement(out);
          at -= size;
        }
        continue;
      }
      byte value = path[at];
      boolean starts = out.isEmpty() || out.at(out.length() - 1) == '/';
      if (value == '.' && starts) {
        int dots = dots(path, at, to);
        if (dots > 0) {
          if (dots == 2) {
            up(out);
          }
          at += Math.min(dots + 1, to - at);
          continue;
        }
      } else if (value == '/' && (out.isEmpty() ? base > 0 : starts)) {
        at++;
        continue;
      }
      if (out.length() >= LIMIT) {
        return;
      }
      out.append(value);
      at++;
    }
    if (out.length() > 1 && out.at(out.length() - 1) == '/') {
      out.truncate(out.length() - 1);
    }
  }

  /** 1 for a "." component, 2 for "..", 0 for anything else. */
  private static int dots(byte[] path, int at, int to) {
    int dots = at + 1 < to && path[at + 1] == '.' ? 2 : 1;
    int next = at + dots;
    return next == to || path[next] == '/' ? dots : 0;
  }

  /** Removes the last component. */
  private static void up(Bytes out) {
    int length = out.length();
    if (length <= 1) {
      return;
    }
    length--;
    while (length >= 1 && out.at(length - 1) != '/') {
      length--;
    }
    out.truncate(length);
  }
}
