package io.jfalco.field;

import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.INT32;
import static io.jfalco.event.ParamType.INT64;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventFlag;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The descriptor that the event makes, uses or closes. */
final class FdFields {
  private static final FieldFamily FAMILY =
      FieldFamily.syscall("fd", "", "The descriptor of system calls that make, use or close one.");
  private static final Bytes IP = Bytes.of("ip");
  private static final Bytes UNIX = Bytes.of("unix");

  private FdFields() {}

  static List<Field> rows(FieldEnvironment environment) {
    FieldRows rows = new FieldRows(FAMILY);
    Names names = new Names();
    names(rows, names);
    SocketFields.addAddresses(rows);
    rows.text("fd.l4proto", "tcp, udp, icmp or raw.", known(FdFields::protocol))
        .text("fd.sockfamily", "ip or unix.", known(FdFields::family))
        .bool(
            "fd.is_server",
            "true when the process is the server of the connection.",
            SocketFields::isServer)
        .text("fd.uid", "thread id and number of the descriptor in one text.", FdFields::uniqueId)
        .text(
            "fd.containername",
            "id of the container, a colon and fd.name.",
            (context, out) -> inContainer(context, out, names::path))
        .text(
            "fd.containerdirectory",
            "id of the container, a colon and fd.directory.",
            (context, out) -> inContainer(context, out, names::directory));
    SocketFields.addServices(rows);
    SocketFields.addNetworks(rows);
    rows.bool(
            "fd.connected",
            "true for a connected socket.",
            known((context, fd, out) -> Extractors.bool(out, fd.isConnected())))
        .bool(
            "fd.name_changed",
            "true when this event changed the name of the descriptor.",
            known((context, fd, out) -> Extractors.bool(out, context.isFdNameChanged())));
    SocketFields.addDomains(rows, environment.domains());
    inode(rows);
    layers(rows, names);
    return rows.rows();
  }

  /** A field of a descriptor that the state knows. */
  interface OfFd {
    boolean extract(EventContext context, FdInfo fd, Value out);
  }

  static Extractor known(OfFd part) {
    return (context, out) -> {
      FdInfo fd = fd(context);
      return fd != null && part.extract(context, fd, out);
    };
  }

  /** True for events that make, use or close a descriptor, by a known thread. */
  static boolean hasFd(EventContext context) {
    return FdEvents.has(context.event().type()) && context.thread() != null;
  }

  /** The descriptor of the event, or null. */
  static FdInfo fd(EventContext context) {
    if (!hasFd(context)) {
      return null;
    }
    FdInfo fd = context.fd();
    long number = context.fdNumber();
    return fd == null && number >= 0 ? context.thread().fds().get(number) : fd;
  }

  private static void names(FieldRows rows, Names names) {
    rows.row(
            "fd.num",
            INT64,
            PrintFormat.ID,
            "number of the descriptor.",
            (context, out) -> hasFd(context) && Extractors.number(out, context.fdNumber()))
        .text(
            "fd.type",
            "file, directory, ipv4, ipv6, unix, pipe, event, signalfd, eventpoll, inotify, timerfd,"
                + " netlink, bpf, userfaultfd, io_uring, memfd or pidfd.",
            known((context, fd, out) -> Extractors.text(out, FdText.type(fd.type()))))
        .text(
            "fd.typechar",
            "type in one letter: f file, d directory, 4 IPv4, 6 IPv6, u unix socket, p pipe, e"
                + " event, s signalfd, l eventpoll, i inotify, t timerfd, n netlink, b bpf, r"
                + " io_uring, m memfd, P pidfd, o other.",
            FdFields::letter)
        .text(
            "fd.name",
            "path of a file, or both ends of a connection: 10.0.0.1:4000->10.0.0.2:80.",
            (context, out) -> hasFd(context) && names.path(context, out.addText()))
        .text(
            "fd.directory",
            "directory of a file.",
            (context, out) -> hasFd(context) && names.directory(context, out.addText()))
        .text("fd.filename", "name of a file without its directory.", known(FdFields::fileName));
  }

  private static boolean letter(EventContext context, Value out) {
    FdInfo fd = fd(context);
    if (fd != null) {
      return Extractors.text(out, FdText.letter(fd.type()));
    }
    return hasFd(context) && Extractors.text(out, FdText.letterOf(context.event().type()));
  }

  private static boolean fileName(EventContext context, FdInfo fd, Value out) {
    if (!isFile(fd)) {
      return false;
    }
    Bytes name = fd.name();
    int slash = name.lastIndexOf('/');
    Bytes text = out.addText();
    if (slash < 0) {
      text.append('/');
    } else if (slash == name.length() - 1) {
      text.view(name);
    } else {
      text.view(name.array(), name.offset() + slash + 1, name.length() - slash - 1);
    }
    return true;
  }

  static boolean isFile(FdInfo fd) {
    return fd.type() == FdType.FILE || fd.type() == FdType.FILE_V2;
  }

  private static boolean protocol(EventContext context, FdInfo fd, Value out) {
    return Extractors.text(out, FdText.protocol(fd.l4proto()));
  }

  private static boolean family(EventContext context, FdInfo fd, Value out) {
    if (fd.type().isInet()) {
      return Extractors.text(out, IP);
    }
    return fd.type() == FdType.UNIX && Extractors.text(out, UNIX);
  }

  private static boolean uniqueId(EventContext context, Value out) {
    if (!hasFd(context)) {
      return false;
    }
    out.addText().appendDecimal(context.thread().tid()).appendDecimal(context.fdNumber());
    return true;
  }

  private interface TextOf {
    boolean append(EventContext context, Bytes out);
  }

  private static boolean inContainer(EventContext context, Value out, TextOf text) {
    if (!hasFd(context)) {
      return false;
    }
    Bytes whole = out.addText();
    if (!text.append(context, whole)) {
      return false;
    }
    Bytes name = out.addText().copyFrom(whole);
    whole.clear();
    if (!context.thread().container().isHost()) {
      context.thread().container().id(whole);
    }
    whole.append(':').append(name);
    return true;
  }

  private static void inode(FieldRows rows) {
    rows.row(
            "fd.dev",
            INT32,
            PrintFormat.HEX,
            "number of the device that holds the file.",
            known((context, fd, out) -> Extractors.number(out, fd.device() << 32 >> 32)))
        .number(
            "fd.dev.major",
            INT32,
            "major number of the device.",
            known((context, fd, out) -> Extractors.number(out, (fd.device() & 0xfff00) >> 8)))
        .number(
            "fd.dev.minor",
            INT32,
            "minor number of the device.",
            known(
                (context, fd, out) ->
                    Extractors.number(out, fd.device() & 0xff | fd.device() >> 12 & 0xfff00)))
        .number(
            "fd.ino",
            INT64,
            "inode of the file.",
            known((context, fd, out) -> Extractors.number(out, fd.inode())));
  }

  private static void layers(FieldRows rows, Names names) {
    rows.text(
            "fd.nameraw",
            "path of a file as the process gave it.",
            (context, out) -> hasFd(context) && names.raw(context, out.addText()))
        .bound(
            "fd.types",
            CHARBUF,
            PrintFormat.DEC,
            "types of all open descriptors of the process; [n] is the type of one of them.",
            FdFields::types,
            FieldFlag.LIST,
            FieldFlag.ARG_ALLOWED,
            FieldFlag.NO_RHS)
        .bool(
            "fd.is_upper_layer",
            "true for files in the upper layer of an overlay file system.",
            known((context, fd, out) -> Extractors.bool(out, fd.isUpperLayer())))
        .bool(
            "fd.is_lower_layer",
            "true for files in the lower layer of an overlay file system.",
            known((context, fd, out) -> Extractors.bool(out, fd.isLowerLayer())));
  }

  private static Extractor types(Optional<String> argument) throws FieldException {
    long number = argument.isPresent() ? Numbers.parse(argument.get(), INT64) : -1;
    if (number == -1) {
      return new OpenTypes();
    }
    return (context, out) -> {
      FdInfo fd = hasFd(context) ? context.thread().fds().get(number) : null;
      return fd != null && Extractors.text(out, FdText.type(fd.type()));
    };
  }

  /** Names of the descriptor; for calls that failed, what they were given. */
  private static final class Names {
    boolean path(EventContext context, Bytes out) {
      FdInfo fd = fd(context);
      if (fd == null) {
        return context.nameFromEvent(out, false);
      }
      out.view(fd.name());
      return true;
    }

    boolean directory(EventContext context, Bytes out) {
      FdInfo fd = fd(context);
      if (fd != null && !isFile(fd) && fd.type() != FdType.DIRECTORY) {
        return false;
      }
      if (!path(context, out)) {
        return false;
      }
      if (fd == null || isFile(fd)) {
        int slash = out.lastIndexOf('/');
        if (slash <= 0) {
          out.clear().append('/');
        } else if (slash < out.length() - 1) {
          out.truncate(slash);
        }
      }
      return true;
    }

    /** The path as given, without repeated slashes. */
    boolean raw(EventContext context, Bytes out) {
      FdInfo fd = fd(context);
      if (fd == null) {
        if (!context.nameFromEvent(out, true)) {
          return false;
        }
      } else {
        out.append(fd.nameRaw());
      }
      int kept = 0;
      byte[] array = out.array();
      int start = out.offset();
      for (int i = 0; i < out.length(); i++) {
        byte c = array[start + i];
        if (c != '/' || kept == 0 || array[start + kept - 1] != '/') {
          array[start + kept++] = c;
        }
      }
      out.truncate(kept);
      return true;
    }
  }

  /** Types of all open descriptors, each once. */
  private static final class OpenTypes implements Extractor, Consumer<FdInfo> {
    private final boolean[] seen = new boolean[FdType.values().length];
    private Value target = new Value();

    @Override
    public boolean extract(EventContext context, Value out) {
      if (!hasFd(context)) {
        return false;
      }
      Arrays.fill(seen, false);
      target = out;
      context.thread().fds().forEach(this);
      return true;
    }

    @Override
    public void accept(FdInfo fd) {
      int type = FdText.shownAs(fd.type()).ordinal();
      if (!seen[type]) {
        seen[type] = true;
        target.addText().view(FdText.type(fd.type()));
      }
    }
  }

  /** Which events have a descriptor. */
  private static final class FdEvents {
    private static final boolean[] HAS = new boolean[EventType.COUNT];

    static {
      EventTable.events()
          .forEach(
              info ->
                  HAS[info.type().ordinal()] =
                      info.is(EventFlag.CREATES_FD)
                          || info.is(EventFlag.USES_FD)
                          || info.is(EventFlag.DESTROYS_FD));
    }

    static boolean has(EventType type) {
      return HAS[type.ordinal()];
    }
  }
}
