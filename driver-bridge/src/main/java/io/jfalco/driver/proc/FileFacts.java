package io.jfalco.driver.proc;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** What {@code stat} tells of a file; times in nanoseconds since the epoch. */
record FileFacts(int mode, long inode, long uid, long gid, long changeTime, long modifyTime) {
  private static final int TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int DIRECTORY = 0040000;
  private static final int SOCKET = 0140000;

  static FileFacts of(Map<String, Object> attributes) {
    return new FileFacts(
        ((Number) attributes.get("mode")).intValue(),
        ((Number) attributes.get("ino")).longValue(),
        ((Number) attributes.get("uid")).longValue() & 0xffffffffL,
        ((Number) attributes.get("gid")).longValue() & 0xffffffffL,
        nanos((FileTime) attributes.get("ctime")),
        nanos((FileTime) attributes.get("lastModifiedTime")));
  }

  boolean isFifo() {
    return (mode & TYPE) == FIFO;
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  boolean isSocket() {
    return (mode & TYPE) == SOCKET;
  }

  /** True when a user could write the file, or, as its owner, allow himself to. */
  boolean isWritableBy(long user, long group) {
    if (user == 0 || user == uid) {
      return true;
    }
    return (mode & (group == gid ? 0020 : 0002)) != 0;
  }

  private static long nanos(FileTime time) {
    Instant instant = time.toInstant();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
