package io.jfalco.render;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.FlagTable;
import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.event.Syscall;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.Paths;
import io.jfalco.state.ThreadInfo;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Parameters of events as text, exactly as Falco's {@code evt.args}, {@code evt.arg} and {@code
 * evt.res} show them. A parameter has a value ({@code 3}, {@code -2}, {@code 4097}) and, for many
 * types, what it stands for ({@code <f>/etc/passwd}, {@code ENOENT}, {@code O_RDONLY|O_CLOEXEC}).
 *
 * <p>Texts hold the bytes of the event; where they are shown to people, they go through {@link
 * Sanitizer} as a whole (rules compare what is not sanitised). Names of files, sockets and users
 * are sanitised here already, as in Falco.
 *
 * <p>One object for each event loop. Allocates nothing, except to grow its buffers.
 */
public final class ParamRenderer {

  private final BufferFormat format;
  private final SocketText sockets = new SocketText();
  private final Bytes value = new Bytes();
  private final Bytes meaning = new Bytes();
  private final Bytes text = new Bytes();
  private final Bytes directory = new Bytes();
  private final Bytes scratch = new Bytes();

  /** A renderer that shows data buffers in this form. */
  public ParamRenderer(BufferFormat format) {
    this.format = format;
  }

  /**
   * Replaces {@code out} by the form in {@code evt.args}: the value, and what it stands for in
   * parentheses.
   *
   * @return false when the event does not carry the parameter; {@code out} is untouched then
   */
  public boolean rawText(EventContext context, int param, Bytes out) {
    if (!render(context, param)) {
      return false;
    }
    out.clear();
    appendBoth(out);
    return true;
  }

  /**
   * Replaces {@code out} by the form of {@code evt.arg}: what the value stands for, or else the
   * value itself.
   *
   * @return false when the event does not carry the parameter; {@code out} is untouched then
   */
  public boolean resolvedText(EventContext context, int param, Bytes out) {
    if (!render(context, param)) {
      return false;
    }
    out.copyFrom(meaning.isEmpty() ? value : meaning);
    return true;
  }

  /**
   * Replaces {@code out} by the value alone.
   *
   * @return false when the event does not carry the parameter; {@code out} is untouched then
   */
  public boolean valueText(EventContext context, int param, Bytes out) {
    if (!render(context, param)) {
      return false;
    }
    out.copyFrom(value);
    return true;
  }

  /**
   * Replaces {@code out} by all parameters as {@code name=value} with a blank between: {@code
   * evt.args}. Those that Falco does not have are left out. Empty for system calls that share the
   * generic event type.
   */
  public void args(EventContext context, Bytes out) {
    out.clear();
    EventView event = context.event();
    if (event.type() == EventType.GENERIC_X) {
      return;
    }
    List<ParamInfo> params = event.type().info().params();
    int count = Math.min(params.size(), event.paramCount());
    for (int i = 0; i < count && !params.get(i).own(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      out.appendAscii(params.get(i).name());
      out.append('=');
      render(context, i);
      appendBoth(out);
    }
  }

  /**
   * Replaces {@code out} by {@code evt.res}: SUCCESS, or the name of the error.
   *
   * @return false when the event has no result; {@code out} is untouched then
   */
  public boolean result(EventContext context, Bytes out) {
    EventView event = context.event();
    EventInfo info = event.type().info();
    if (event.type() == EventType.GENERIC_X
        || info.enter()
        || !info.origins().contains(EventOrigin.SYSCALL)
        || event.paramCount() == 0
        || info.params().isEmpty()) {
      return false;
    }
    if (event.number(0, ParamType.INT64, 0) >= 0) {
      out.clear();
      out.appendAscii("SUCCESS");
      return true;
    }
    return resolvedText(context, 0, out);
  }

  /**
   * Index of the parameter of this name in the events of a type, or -1. Not for each event: keep
   * the answer.
   */
  public static int index(EventInfo info, String name) {
    for (ParamInfo param : info.params()) {
      if (param.name().equals(name)) {
        return param.index();
      }
    }
    return -1;
  }

  private void appendBoth(Bytes out) {
    out.append(value);
    if (!meaning.isEmpty()) {
      out.append('(');
      out.append(meaning);
      out.append(')');
    }
  }

  private boolean render(EventContext context, int param) {
    EventView event = context.event();
    List<ParamInfo> params = event.type().info().params();
    if (param < 0 || param >= event.paramCount() || param >= params.size()) {
      return false;
    }
    value.clear();
    meaning.clear();
    ParamInfo info = params.get(param);
    ParamType type = info.type();
    int at = event.paramOffset(param);
    int size = event.paramLength(param);
    if (size == 0) {
      missing(type);
      return true;
    }
    if (type == ParamType.DYN) {
      int choice = event.buffer().get(at) & 0xff;
      if (choice >= info.dynamic().size()) {
        value.appendAscii("INVALID DYNAMIC PARAMETER");
        return true;
      }
      type = info.dynamic().get(choice).type();
      at++;
      size--;
      if (type == ParamType.CHARBUF && size == 0) {
        value.appendAscii("(null)");
        return true;
      }
    }
    if (type.size() > 0 && type.size() != size) {
      missing(type);
    } else {
      render(context, info, type, at, size);
    }
    return true;
  }

  private void missing(ParamType type) {
    switch (type) {
      case BYTEBUF, SOCKTUPLE, FDLIST, CHARBUFARRAY, CHARBUF_PAIR_ARRAY, DYN ->
          value.appendAscii("NULL");
      default -> value.appendAscii("<NA>");
    }
  }

  private void render(EventContext context, ParamInfo info, ParamType type, int at, int size) {
    ByteBuffer buffer = context.event().buffer();
    switch (type) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          number(info.format(), number(buffer, type, at), size);
      case CHARBUF -> {
        read(buffer, at, size);
        value.append(text);
      }
      case FSPATH, FSRELPATH -> path(context, info, at, size);
      case BYTEBUF -> BufferText.append(buffer, at, size, format, value);
      case ERRNO -> error(buffer.getLong(at));
      case FD -> DescriptorText.one(context, buffer.getLong(at), value, meaning);
      case PID -> IdentityText.process(context, buffer.getLong(at), value, meaning);
      case UID -> IdentityText.user(context, buffer.getInt(at), value, meaning);
      case GID -> IdentityText.group(context, buffer.getInt(at), value, meaning);
      case SOCKADDR -> sockets.address(buffer, at, size, value);
      case SOCKTUPLE -> sockets.tuple(buffer, at, size, value);
      case FDLIST -> DescriptorText.list(context, at, size, value);
      case SYSCALLID -> syscall(buffer.getShort(at) & 0xffff);
      case SIGTYPE -> {
        value.appendDecimal(buffer.get(at) & 0xff);
        Signals.append(buffer.get(at) & 0xff, meaning);
      }
      case SIGSET -> signals(buffer.getInt(at));
      case RELTIME -> interval(buffer.getLong(at));
      case ABSTIME -> TimeText.parameter(buffer.getLong(at), value);
      case FLAGS8, FLAGS16, FLAGS32, ENUMFLAGS8, ENUMFLAGS16, ENUMFLAGS32 ->
          flags(info, type, number(buffer, type, at));
      case MODE -> mode(info, buffer.getInt(at));
      case CHARBUFARRAY, CHARBUF_PAIR_ARRAY -> strings(buffer, at, size);
      case NONE,
          PORT,
          L4PROTO,
          SOCKFAMILY,
          BOOL,
          IPV4ADDR,
          DYN,
          DOUBLE,
          IPV4NET,
          IPV6ADDR,
          IPV6NET,
          IPADDR,
          IPNET,
          FD32,
          PID32 ->
          value.appendAscii("(n.a.)");
    }
  }

  private static long number(ByteBuffer buffer, ParamType type, int at) {
    return switch (type.size()) {
      case 1 -> type.isSigned() ? buffer.get(at) : buffer.get(at) & 0xff;
      case 2 -> type.isSigned() ? buffer.getShort(at) : buffer.getShort(at) & 0xffff;
      case 4 -> type.isSigned() ? buffer.getInt(at) : buffer.getInt(at) & 0xffffffffL;
      default -> buffer.getLong(at);
    };
  }

  /** As printf does: small numbers become ints, and decimals are signed whatever the type says. */
  private void number(PrintFormat printFormat, long number, int size) {
    long signed = size < 8 ? (int) number : number;
    long unsigned = size < 8 ? signed & 0xffffffffL : number;
    switch (printFormat) {
      case OCT -> NumberText.octal(unsigned, value);
      case HEX -> NumberText.hex(unsigned, value);
      case PADDED_DEC_10 -> NumberText.padded(signed, 9, value);
      case NA, DEC, ID, DIR -> value.appendDecimal(signed);
    }
  }

  /**
   * Reads text up to its first NUL byte; the mark of an old driver for no text becomes {@code
   * <NA>}.
   */
  private void read(ByteBuffer buffer, int at, int size) {
    text.copyFrom(buffer, at, size);
    int end = text.indexOf(0, 0);
    if (end >= 0) {
      text.truncate(end);
    }
    if (size == 7 && isNull(text)) {
      text.clear();
      text.appendAscii("<NA>");
    }
  }

  private static boolean isNull(Bytes text) {
    return text.length() == 6
        && text.at(0) == '('
        && text.at(1) == 'N'
        && text.at(2) == 'U'
        && text.at(3) == 'L'
        && text.at(4) == 'L'
        && text.at(5) == ')';
  }

  private void path(EventContext context, ParamInfo info, int at, int size) {
    EventView event = context.event();
    read(event.buffer(), at, size);
    Sanitizer.append(text, value);
    ThreadInfo thread = context.thread();
    if (thread == null || text.isEmpty() || text.at(0) == '/' || isNotAvailable(text)) {
      return;
    }
    base(context, thread, info);
    Paths.join(scratch, directory, text);
    Sanitizer.append(scratch, meaning);
  }

  private static boolean isNotAvailable(Bytes text) {
    return text.length() == 4
        && text.at(0) == '<'
        && text.at(1) == 'N'
        && text.at(2) == 'A'
        && text.at(3) == '>';
  }

  /** Finds the directory that a relative path begins at. */
  private void base(EventContext context, ThreadInfo thread, ParamInfo info) {
    int dirfd = info.type() == ParamType.FSRELPATH ? info.dirfd() : -1;
    EventView event = context.event();
    if (dirfd < 0
        || event.type().info().params().get(dirfd).type() != ParamType.FD
        || event.s64(dirfd, DescriptorText.AT_FDCWD) == DescriptorText.AT_FDCWD) {
      directory.copyFrom(thread.cwd());
      return;
    }
    directory.clear();
    FdInfo fd = thread.fds().get(event.s64(dirfd, DescriptorText.AT_FDCWD));
    if (fd != null && !fd.name().isEmpty()) {
      Sanitizer.append(fd.name(), directory);
      if (fd.name().at(fd.name().length() - 1) != '/') {
        directory.append('/');
      }
    }
  }

  private void error(long number) {
    value.appendDecimal(number);
    if (number < 0) {
      Errnos.append(-(int) number, meaning);
    }
  }

  private void syscall(int code) {
    Syscall syscall = EventTable.syscall(code);
    if (syscall == null && code != 0) {
      value.appendAscii("<unknown syscall>");
      return;
    }
    value.appendDecimal(code);
    meaning.appendAscii(syscall == null ? "unknown" : syscall.name());
  }

  private void signals(int set) {
    for (int bit = 0; bit < 32; bit++) {
      if ((set & 1 << bit) != 0) {
        int before = value.length();
        if (before > 0) {
          value.append(' ');
        }
        if (!Signals.append(bit + 1, value)) {
          value.truncate(before);
        }
      }
    }
  }

  private void interval(long nanoseconds) {
    if (nanoseconds == -1) {
      value.appendAscii("none");
      return;
    }
    NumberText.unsigned(nanoseconds, value);
    NumberText.seconds(nanoseconds, meaning);
    meaning.append('s');
  }

  private void flags(ParamInfo info, ParamType type, long set) {
    value.appendDecimal(set);
    if (info.flags().isPresent()) {
      FlagTable table = info.flags().get();
      if (type.isEnumFlags()) {
        FlagsText.exact(table, set, meaning);
      } else {
        FlagsText.flags(table, set, meaning);
      }
    }
  }

  private void mode(ParamInfo info, int mode) {
    number(info.format(), mode & 0xffffffffL, 4);
    if (info.flags().isPresent()) {
      FlagsText.mode(info.flags().get(), mode & 0xffffffffL, meaning);
    }
  }

  /** Strings that each end with a NUL byte, a dot between. */
  private void strings(ByteBuffer buffer, int at, int size) {
    int end = at + size;
    if (buffer.get(end - 1) == 0) {
      end--;
    }
    for (int i = at; i < end; i++) {
      byte next = buffer.get(i);
      value.append(next == 0 ? '.' : next);
    }
  }
}
