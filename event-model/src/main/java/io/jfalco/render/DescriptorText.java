package io.jfalco.render;

import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.L4Proto;
import io.jfalco.state.ThreadInfo;
import java.nio.ByteBuffer;

/** Descriptors as text: the number, and what the thread of the event has open under it. */
final class DescriptorText {
  static final long AT_FDCWD = -100;

  private DescriptorText() {}

  /** One descriptor, or the error that came instead of one. */
  static void one(EventContext context, long number, Bytes value, Bytes meaning) {
    value.appendDecimal(number);
    ThreadInfo thread = context.thread();
    if (thread == null) {
      return;
    }
    if (number == AT_FDCWD) {
      meaning.appendAscii("AT_FDCWD");
    } else if (number < 0) {
      Errnos.append(-(int) number, meaning);
    } else {
      FdInfo fd = thread.fds().get(number);
      if (fd != null) {
        meaning.append('<');
        meaning.append(fd.type().letter());
        protocol(fd, meaning);
        meaning.append('>');
        Sanitizer.append(fd.name(), meaning);
      }
    }
  }

  private static void protocol(FdInfo fd, Bytes meaning) {
    if (fd.type().isInet()) {
      L4Proto protocol = fd.l4proto();
      if (protocol != L4Proto.UNKNOWN && protocol != L4Proto.NA) {
        meaning.append(protocol.label().charAt(0));
      }
    }
  }

  /**
   * A list of descriptors with the flags of poll.
   *
   * <pre>
   *  count u16, then for each: number i64, flags u16
   * </pre>
   */
  static void list(EventContext context, int at, int size, Bytes value) {
    ThreadInfo thread = context.thread();
    if (thread == null || size < 2) {
      return;
    }
    ByteBuffer buffer = context.event().buffer();
    int count = Math.min(buffer.getShort(at) & 0xffff, (size - 2) / 10);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        value.append(' ');
      }
      long number = buffer.getLong(at + 2 + 10 * i);
      FdInfo fd = thread.fds().get(number);
      NumberText.unsigned(number, value);
      value.append(':');
      value.append(fd == null ? '?' : fd.type().letter());
      NumberText.lowerHex(buffer.getShort(at + 10 + 10 * i) & 0xffffffffL, value);
    }
  }
}
