package io.jfalco.state;

import io.jfalco.event.Bytes;

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

  Image() {}

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
