package io.jfalco.driver.capture;

import io.jfalco.driver.capture.CaptureFile.Body;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture with every event of the conversion table in the versions that old drivers wrote: each
 * exit event behind its enter event, and once without and failed (where a call that succeeded lacks
 * what its enter event tells, Falco may read what lies behind a parameter), each pair from a
 * process of its own.
 *
 * <p>{@code old-events.txt} is what Falco 0.44.1 prints of {@link #capture}, see {@link #main}.
 */
final class OldEvents {
  private static final long FIRST_TID = 1000;
  private static final String JSON = "{\"container\":{\"id\":\"ab12\",\"type\":0,\"name\":\"n\"}}";

  private final List<EventBuilder> events = new ArrayList<>();
  private long tid = FIRST_TID;
  private long time = 1_600_000_000_000_000_000L;
  private int turn;
  private boolean failed;

  private OldEvents() {
    for (EventInfo info : EventTable.events()) {
      for (int count = 0; count <= info.params().size(); count++) {
        if (!info.enter() && ConversionTable.row(info.type(), count) != null) {
          addPair(info, count);
        } else if (isAlone(info.type(), count)) {
          tid++;
          add(info, count);
        }
      }
    }
  }

  /** Single-sided events. Falco itself does not survive the oldest event of containers. */
  private static boolean isAlone(EventType type, int count) {
    return switch (type) {
      case PROCEXIT_E, SCHEDSWITCH_1_E, CONTAINER_JSON_E ->
          ConversionTable.row(type, count) != null;
      default -> false;
    };
  }

  private void addPair(EventInfo exit, int count) {
    EventInfo enter = EventTable.events().get(exit.type().ordinal() - 1);
    for (int i = 0; i <= enter.params().size(); i++) {
      if (ConversionTable.row(enter.type(), i) != null) {
        tid++;
        add(enter, i);
        add(exit, count);
      }
    }
    tid++;
    failed = true;
    add(exit, count);
    failed = false;
  }

  private void add(EventInfo info, int count) {
    EventBuilder event = EventBuilder.of(info.type()).timestamp(time).tid(tid);
    time += 1000;
    for (ParamInfo param : info.params().subList(0, count)) {
      turn++;
      if (param.type().size() > 0) {
        event.number(number(param));
      } else {
        event.bytes(bytes(param));
      }
    }
    events.add(event);
  }

  private long number(ParamInfo param) {
    return switch (param.name()) {
      case "res" -> failed || turn % 3 == 0 ? -2 : 0;
      case "tid", "pid", "vtid", "vpid" -> tid;
      case "ptid" -> 1;
      case "ID", "nativeID" -> 1 + turn % 200;
      case "uid", "gid", "euid", "ruid", "suid", "egid", "rgid", "sgid", "loginuid" ->
          turn % 2 * 7777L;
      default -> turn % 5;
    };
  }

  private byte[] bytes(ParamInfo param) {
    String text =
        switch (param.type()) {
          case CHARBUF, FSPATH, FSRELPATH ->
              param.name().equals("json") ? JSON : "/tmp/x" + turn % 4;
          case BYTEBUF, CHARBUFARRAY ->
              switch (param.name()) {
                case "cgroups" -> "cpu=/";
                case "args" -> "-c\0x y";
                case "env" -> "A=1\0B=2";
                default -> "data" + turn % 4;
              };
          case SOCKADDR -> "\2\12\0\0\1\120";
          case SOCKTUPLE -> "\2\12\0\0\1\1\1\12\0\0\2\120";
          default -> null;
        };
    return text == null ? new byte[0] : (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The capture, in blocks that hold the number of parameters or in those that do not yet. */
  static byte[] capture(boolean first) {
    OldEvents old = new OldEvents();
    CaptureFile file =
        CaptureFile.section().block(0x201, CaptureFuzzTest.machine()).block(0x206, users());
    Body processes = new Body().raw(process(1, 0));
    for (long each = FIRST_TID; each <= old.tid; each++) {
      processes.raw(process(each, 1));
    }
    file.block(0x214, processes.bytes());
    for (EventBuilder event : old.events) {
      byte[] record = first ? CaptureFile.oldRecord(event) : CaptureFile.record(event);
      file.block(first ? 0x204 : 0x216, new Body().u16(0).raw(record).bytes());
    }
    return file.bytes();
  }

  private static byte[] users() {
    Body user = new Body().u8(0).u32(0).u32(0).text("root").text("/root").text("sh");
    return user.u8(1).u32(0).text("root").bytes();
  }

  private static byte[] process(long tid, long parent) {
    Body entry = new Body().s64(tid).s64(tid).s64(parent).s64(tid).s64(tid);
    entry.text("p" + tid).text("p").text("/bin/p").text("").text("/root/").s64(1024);
    entry.u32(0).u32(0).u32(0).u32(1).u32(2).u32(3).s64(4).s64(5).text("");
    return entry.s64(tid).s64(tid).text("cpu=/\0").text("/").bytes();
  }

  /** Number of records in the capture. */
  static int size() {
    return new OldEvents().events.size();
  }

  /** Writes the capture to a file, for Falco to print it. */
  public static void main(String[] arguments) throws IOException {
    Files.write(Path.of(arguments[0]), capture(false));
    Files.write(Path.of(arguments[0] + ".v1"), capture(true));
  }
}
