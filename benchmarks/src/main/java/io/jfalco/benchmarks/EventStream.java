package io.jfalco.benchmarks;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A fixed stream of records, one after the other in one direct buffer as in a ring: what programs
 * that open, stat and close files do, in the mix of the captures that Falco's replay speed was
 * measured with (open, close and fcntl mostly).
 */
final class EventStream {
  private static final int PROCESSES = 64;
  private static final int FILES = 4;
  private static final String[] DIRECTORIES = {
    "/usr/lib/x86_64-linux-gnu/", "/etc/", "/proc/self/", "/home/user/project/src/main/", "/tmp/"
  };

  private final ByteBuffer buffer;
  private final EventView view = new EventView();
  private final int count;

  private EventStream(List<ByteBuffer> records) {
    int size = records.stream().mapToInt(ByteBuffer::limit).sum();
    buffer = EventView.newBuffer(size);
    for (ByteBuffer record : records) {
      buffer.put(record.duplicate());
    }
    count = records.size();
  }

  /** Receives the events of a stream. */
  interface Handler {
    void onEvent(EventView view);
  }

  int count() {
    return count;
  }

  void replay(Handler handler) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = buffer.getInt(at + 16);
      if (view.wrap(buffer, at, length) != EventView.Check.OK) {
        throw new IllegalStateException("damaged record");
      }
      view.position(0, i + 1L);
      handler.onEvent(view);
      at += length;
    }
  }

  /** Records that make the processes of the stream known. */
  static List<ByteBuffer> processes() {
    List<ByteBuffer> records = new ArrayList<>();
    for (int process = 0; process < PROCESSES; process++) {
      records.add(exec(1_699_999_999_000_000_000L, 1000L + process));
    }
    return records;
  }

  /** Opens, fcntl and closes of files that are opened over and over. */
  static EventStream openClose(int rounds) {
    List<ByteBuffer> records = new ArrayList<>();
    long time = 1_700_000_000_000_000_000L;
    for (int round = 0; round < rounds; round++) {
      long tid = 1000L + round % PROCESSES;
      for (int file = 0; file < FILES; file++) {
        String name = DIRECTORIES[(round + file) % DIRECTORIES.length] + "file-" + round % 97;
        records.add(open(time += 700, tid, 3 + file, name));
      }
      records.add(
          EventBuilder.of(EventType.SYSCALL_FCNTL_X)
              .timestamp(time += 700)
              .tid(tid)
              .number(0)
              .number(3)
              .number(2)
              .number(0)
              .build());
      for (int file = 0; file < FILES; file++) {
        records.add(close(time += 700, tid, 3 + file));
      }
    }
    return new EventStream(records);
  }

  static EventStream of(List<ByteBuffer> records) {
    return new EventStream(records);
  }

  /** Events of a round of {@link #mixed}. */
  static final int MIXED = 10;

  /**
   * What rules look at most: files opened for reading and for writing, closes, connections, files
   * removed, and now and then (every tenth event) a program started.
   */
  static EventStream mixed(int rounds) {
    List<ByteBuffer> records = new ArrayList<>();
    long time = 1_700_000_000_000_000_000L;
    for (int round = 0; round < rounds; round++) {
      long tid = 1000L + round % PROCESSES;
      String directory = DIRECTORIES[round % DIRECTORIES.length];
      for (int file = 0; file < 3; file++) {
        String name = directory + "file-" + (round + file) % 97;
        long flags = file == 0 ? 4097 : 4102;
        records.add(open(time += 700, tid, 3 + file, name, flags));
        records.add(close(time += 700, tid, 3 + file));
      }
      records.add(
          EventBuilder.of(EventType.SOCKET_SOCKET_X)
              .timestamp(time += 700)
              .tid(tid)
              .number(9)
              .number(2)
              .number(1)
              .number(6)
              .build());
      records.add(
          EventBuilder.of(EventType.SOCKET_CONNECT_X)
              .timestamp(time += 700)
              .tid(tid)
              .number(0)
              .bytes(tuple(round))
              .number(9)
              .missing()
              .build());
      records.add(
          EventBuilder.of(EventType.SYSCALL_UNLINKAT_2_X)
              .timestamp(time += 700)
              .tid(tid)
              .number(0)
              .number(-100)
              .text(directory + "old-" + round % 97)
              .number(0)
              .build());
      records.add(exec(time += 700, tid));
    }
    return new EventStream(records);
  }

  private static byte[] tuple(int number) {
    ByteBuffer tuple = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    tuple.put((byte) 2).put(new byte[] {10, 0, 0, 1}).putShort((short) (40_000 + number % 1000));
    tuple.put(new byte[] {10, 0, 0, (byte) (2 + number % 100)}).putShort((short) 5432);
    return tuple.array();
  }

  private static ByteBuffer close(long time, long tid, long fd) {
    return EventBuilder.of(EventType.SYSCALL_CLOSE_X)
        .timestamp(time)
        .tid(tid)
        .number(0)
        .number(fd)
        .build();
  }

  private static ByteBuffer open(long time, long tid, long fd, String name) {
    return open(time, tid, fd, name, 4097);
  }

  private static ByteBuffer open(long time, long tid, long fd, String name, long flags) {
    return EventBuilder.of(EventType.SYSCALL_OPENAT_2_X)
        .timestamp(time)
        .tid(tid)
        .number(fd)
        .number(-100)
        .text(name)
        .number(flags)
        .number(0)
        .number(2049)
        .number(123_456)
        .build();
  }

  private static ByteBuffer exec(long time, long tid) {
    return EventBuilder.of(EventType.SYSCALL_EXECVE_19_X)
        .timestamp(time)
        .tid(tid)
        .number(0)
        .text("/usr/bin/worker")
        .texts(List.of("--config", "/etc/worker.conf"))
        .number(tid)
        .number(tid)
        .number(1)
        .text("")
        .number(1024)
        .number(0)
        .number(0)
        .number(1000)
        .number(1000)
        .number(0)
        .text("worker")
        .texts(List.of("cpuset=/", "cpu=/", "cpuacct=/", "io=/", "memory=/"))
        .texts(List.of("PATH=/usr/bin:/bin", "HOME=/root"))
        .number(0)
        .number(tid)
        .number(0xffffffffL)
        .number(0)
        .number(0)
        .number(0)
        .number(0)
        .number(77)
        .number(0)
        .number(0)
        .number(0)
        .text("/usr/bin/worker")
        .number(tid)
        .number(0)
        .build();
  }
}
