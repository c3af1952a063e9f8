package io.jfalco.driver.capture;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;
import java.util.Optional;

/**
 * Writes the entries of a capture's descriptor lists. The kinds behind {@link FdType#FILE_V2} are
 * left out: readers older than them, such as sysdig 0.29, give up the whole capture when they find
 * one in a list, while an event of an unknown type is passed over. See {@link #asEvent}.
 */
final class FdWriter {
  private static final int CONNECTED_SIDES = 2;

  private final BlockBuffer out;

  FdWriter(BlockBuffer out) {
    this.out = out;
  }

  void write(FdInfo fd) {
    if (fd.type() == FdType.UNKNOWN || isNew(fd.type())) {
      return;
    }
    out.beginEntry().s64(fd.number()).s64(fd.inode()).u8(fd.type().number());
    switch (fd.type()) {
      case IPV4 -> tuple(fd, 4);
      case IPV6 -> tuple(fd, 16);
      case IPV4_SERVER -> server(fd, 4);
      case IPV6_SERVER -> server(fd, 16);
      case UNIX ->
          out.s64(fd.unixSource())
              .s64(fd.unixDestination())
              .text(fd.name(), ThreadWriter.MOST_PATH);
      case FILE_V2 ->
          out.u32(fd.openFlags()).text(fd.name(), ThreadWriter.MOST_PATH).u32(fd.device());
      default -> out.text(fd.name(), ThreadWriter.MOST_PATH);
    }
    out.endEntry(true);
  }

  /**
   * Readers take the first end for the local one, and turn the pair round when the machine listens
   * on its port: so the local end comes first.
   */
  private void tuple(FdInfo fd, int size) {
    boolean server = fd.isRoleServer();
    for (int side = 0; side < CONNECTED_SIDES; side++) {
      boolean source = side == 0 != server;
      out.raw(source ? fd.sourceIp() : fd.destinationIp(), 0, size);
    }
    out.u16(server ? fd.destinationPort() : fd.sourcePort());
    out.u16(server ? fd.sourcePort() : fd.destinationPort());
    out.u8(fd.keptProtocol().ordinal());
  }

  private void server(FdInfo fd, int size) {
    out.raw(fd.destinationIp(), 0, size).u16(fd.destinationPort());
    out.u8(fd.keptProtocol().ordinal());
  }

  private static boolean isNew(FdType type) {
    return type.number() > FdType.FILE_V2.number();
  }

  /** The event that makes a descriptor of a new kind, still without thread and time. */
  static Optional<EventBuilder> asEvent(FdInfo fd) {
    long number = fd.number();
    return switch (fd.type()) {
      case BPF -> Optional.of(EventBuilder.of(EventType.SYSCALL_BPF_2_X).number(number).number(0));
      case USERFAULTFD ->
          Optional.of(
              EventBuilder.of(EventType.SYSCALL_USERFAULTFD_X)
                  .number(number)
                  .number(fd.openFlags()));
      case IO_URING -> {
        EventBuilder event = EventBuilder.of(EventType.SYSCALL_IO_URING_SETUP_X).number(number);
        for (int i = 1; i < 8; i++) {
          event.number(0);
        }
        yield Optional.of(event);
      }
      case MEMFD ->
          Optional.of(
              EventBuilder.of(EventType.SYSCALL_MEMFD_CREATE_X)
                  .number(number)
                  .text(fd.name().toString())
                  .number(fd.openFlags()));
      case PIDFD ->
          Optional.of(
              EventBuilder.of(EventType.SYSCALL_PIDFD_OPEN_X)
                  .number(number)
                  .number(fd.pid())
                  .number(fd.openFlags()));
      default -> Optional.empty();
    };
  }
}
