package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.AddressText;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import java.util.List;

/** The descriptors that poll and ppoll wait for. */
final class FdListFields {
  private static final FieldFamily FAMILY =
      FieldFamily.syscall("fdlist", "", "The descriptors that poll and ppoll wait for.");
  private static final Bytes UNKNOWN = Bytes.of("<NA>");
  private static final int ENTRY_SIZE = 10;

  private FdListFields() {}

  static List<Field> rows() {
    FieldRows rows = new FieldRows(FAMILY);
    add(rows, "nums", "numbers", FdListFields::number);
    add(rows, "names", "names", FdListFields::name);
    add(rows, "cips", "client addresses", (number, fd, out) -> address(fd, out, true));
    add(rows, "sips", "server addresses", (number, fd, out) -> address(fd, out, false));
    add(rows, "cports", "client ports", (number, fd, out) -> port(fd, out, true));
    add(rows, "sports", "server ports", (number, fd, out) -> port(fd, out, false));
    return rows.rows();
  }

  /** Appends what is shown of one descriptor; false when there is nothing to show. */
  private interface Part {
    boolean append(long number, FdInfo fd, Bytes out);
  }

  private static void add(FieldRows rows, String name, String description, Part part) {
    rows.row(
        "fdlist." + name,
        ParamType.CHARBUF,
        PrintFormat.DEC,
        description + " of the descriptors, separated by commas.",
        (context, out) -> extract(context, out, part));
  }

  private static boolean extract(EventContext context, Value out, Part part) {
    EventView event = context.event();
    boolean poll =
        event.type() == EventType.SYSCALL_POLL_X || event.type() == EventType.SYSCALL_PPOLL_X;
    if (!poll || context.thread() == null || event.paramLength(1) < 2) {
      return false;
    }
    int at = event.paramOffset(1);
    int count = event.buffer().getShort(at) & 0xffff;
    count = Math.min(count, (event.paramLength(1) - 2) / ENTRY_SIZE);
    Bytes text = out.addText();
    for (int i = 0; i < count; i++) {
      long number = event.buffer().getLong(at + 2 + i * ENTRY_SIZE);
      FdInfo fd = context.thread().fds().get(number);
      int before = text.length();
      if (before > 0) {
        text.append(',');
      }
      if (!part.append(number, fd, text)) {
        text.truncate(before);
      }
    }
    return !text.isEmpty();
  }

  private static boolean number(long number, FdInfo fd, Bytes out) {
    out.appendDecimal(number);
    return true;
  }

  private static boolean name(long number, FdInfo fd, Bytes out) {
    out.append(fd == null || fd.name().isEmpty() ? UNKNOWN : fd.name());
    return true;
  }

  private static boolean address(FdInfo fd, Bytes out, boolean client) {
    if (!hasEnd(fd, client)) {
      return false;
    }
    byte[] ip = client ? fd.sourceIp() : fd.destinationIp();
    if (fd.type().isInet6()) {
      AddressText.append6(out, ip, 0);
    } else {
      AddressText.append4(out, ip, 0);
    }
    return true;
  }

  private static boolean hasEnd(FdInfo fd, boolean client) {
    return fd != null && fd.type().isInet() && !(client && fd.type().isServerSocket());
  }

  private static boolean port(FdInfo fd, Bytes out, boolean client) {
    if (fd == null || fd.type() != FdType.IPV4 && fd.type() != FdType.IPV6) {
      return false;
    }
    out.appendDecimal(client ? fd.sourcePort() : fd.destinationPort());
    return true;
  }
}
