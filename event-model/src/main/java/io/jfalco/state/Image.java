package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What exec gives a process: program, arguments, environment. Shared by all threads and children
 * until the next exec, counted by reference, and reused; owned by the event-loop thread.
 */
public final class Image {
  final Bytes exe = new Bytes();
  final Bytes exePath = new Bytes();
  final Bytes args = new Bytes();
  final Bytes env = new Bytes();
  boolean writable;
  boolean upperLayer;
  boolean lowerLayer;
  boolean fromMemfd;
  long inode;
  long changeTime;
  long modifyTime;
  int references;

  /** What the budget was charged for it. */
  int weight;

  Image() {}

  private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);

  /** Memory of the texts, in bytes. */
  int capacity() {
    return exe.capacity() + exePath.capacity() + args.capacity() + env.capacity();
  }

  /** Gives the environment up, and long arguments but for their beginning. */
  void shorten(int most) {
    env.release();
    if (args.length() > most) {
      byte[] beginning = Arrays.copyOf(args.toArray(), most);
      beginning[most - 1] = 0;
      args.release().copyFrom(beginning, 0, most);
    }
  }

  /** As before first use. */
  void reset() {
    exe.clear();
    exePath.clear();
    args.clear();
    env.clear();
    writable = false;
    upperLayer = false;
    lowerLayer = false;
    fromMemfd = false;
    inode = 0;
    changeTime = 0;
    modifyTime = 0;
  }

  void copyFrom(Image other) {
    exe.copyFrom(other.exe);
    exePath.copyFrom(other.exePath);
    args.copyFrom(other.args);
    env.copyFrom(other.env);
    copyFile(other);
  }

  /** Copies what is known of the executable file. */
  void copyFile(Image other) {
    writable = other.writable;
    upperLayer = other.upperLayer;
    lowerLayer = other.lowerLayer;
    fromMemfd = other.fromMemfd;
    inode = other.inode;
    changeTime = other.changeTime;
    modifyTime = other.modifyTime;
  }

  /** The kernel marks the path of a file that was unlinked; the path is kept without the mark. */
  void dropDeletedSuffix() {
    if (exePath.length() > DELETED.length && exePath.endsWith(DELETED)) {
      exePath.truncate(exePath.length() - DELETED.length);
    }
  }

  /** argv[0] as the process was given it. */
  public Bytes exe() {
    return exe;
  }

  /** Path of the executable file as the kernel resolved it; empty when unknown. */
  public Bytes exePath() {
    return exePath;
  }

  /** Arguments without argv[0], each followed by a NUL byte. */
  public Bytes args() {
    return args;
  }

  /** Environment, each variable followed by a NUL byte. */
  public Bytes env() {
    return env;
  }

  /** True when the user running the process may write the executable. */
  public boolean isWritable() {
    return writable;
  }

  /** True when the executable lies in an overlay's upper layer. */
  public boolean isUpperLayer() {
    return upperLayer;
  }

  /** True when the executable lies in an overlay's lower layer. */
  public boolean isLowerLayer() {
    return lowerLayer;
  }

  /** True when the executable is a memfd. */
  public boolean isFromMemfd() {
    return fromMemfd;
  }

  /** Inode of the executable, 0 when unknown. */
  public long inode() {
    return inode;
  }

  /** Change time of the executable, nanoseconds since the epoch, 0 when unknown. */
  public long changeTime() {
    return changeTime;
  }

  /** Modification time of the executable, nanoseconds since the epoch, 0 when unknown. */
  public long modifyTime() {
    return modifyTime;
  }
}
