package io.jfalco.driver.proc;

/**
 * What {@code /proc/PID/status} and {@code /proc/PID/stat} tell of a thread. Ids of the thread's
 * own pid namespace are those of the innermost one.
 */
final class ProcStatus {
  long pid = -1;
  long parent = -1;
  long uid = 0xffffffffL;
  long gid = 0xffffffffL;
  long vtid = -1;
  long vpid = -1;
  long vpgid = -1;
  long pgid = -1;
  long sid = -1;
  long tty;
  long vmSize;
  long vmRss;
  long vmSwap;
  long minorFaults;
  long majorFaults;
  long capInheritable;
  long capPermitted;
  long capEffective;

  /** True after the thread has ended. */
  boolean isZombie;

  /** Threads of the process, ended ones that are still there included. */
  long threads;

  /** Clock ticks from the start of the machine to that of the thread; -1 unknown. */
  long startTicks = -1;

  /** Reads the status file; false when it tells no process id. */
  boolean status(Text text) {
    text.lines(this::statusLine);
    return pid >= 0;
  }

  private void statusLine(Text line) {
    int colon = line.indexOf(':', 0);
    if (colon < 0) {
      return;
    }
    Text value = line.from(colon + 1);
    switch (key(line, colon)) {
      case "Tgid" -> pid = value.word(0).number(10, pid);
      case "PPid" -> parent = value.word(0).number(10, parent);
      case "Uid" -> uid = value.word(1).number(10, uid);
      case "Gid" -> gid = value.word(1).number(10, gid);
      case "NStgid" -> vpid = value.lastWord().number(10, vpid);
      case "NSpid" -> vtid = value.lastWord().number(10, vtid);
      case "NSpgid" -> {
        pgid = value.word(0).number(10, pgid);
        vpgid = value.lastWord().number(10, vpgid);
      }
      case "VmSize" -> vmSize = value.word(0).number(10, 0);
      case "VmRSS" -> vmRss = value.word(0).number(10, 0);
      case "VmSwap" -> vmSwap = value.word(0).number(10, 0);
      case "CapInh" -> capInheritable = value.word(0).number(16, 0);
      case "CapPrm" -> capPermitted = value.word(0).number(16, 0);
      case "CapEff" -> capEffective = value.word(0).number(16, 0);
      default -> {
        // Not asked for.
      }
    }
  }

  private static String key(Text line, int colon) {
    StringBuilder key = new StringBuilder();
    for (int i = line.from(); i < colon; i++) {
      key.append((char) (line.bytes()[i] & 0xff));
    }
    return key.toString();
  }

  /**
   * Reads the stat file. Its second field, the name in parentheses, may hold anything, so fields
   * are counted from the last parenthesis on.
   */
  void stat(Text text) {
    int end = text.lastIndexOf(')');
    if (end < 0) {
      return;
    }
    Text rest = text.from(end + 1);
    isZombie = rest.word(0).startsWith("Z");
    pgid = pgid >= 0 ? pgid : rest.word(2).number(10, -1);
    sid = rest.word(3).number(10, -1);
    tty = rest.word(4).number(10, 0) & 0xffffffffL;
    minorFaults = rest.word(7).number(10, 0);
    majorFaults = rest.word(9).number(10, 0);
    threads = rest.word(17).number(10, 1);
    startTicks = rest.word(19).number(10, -1);
  }
}
