package io.jfalco.driver.capture;

import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.L4Proto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the entries of a capture's descriptor lists. */
final class FdReader {
  private static final FdType[] TYPES = FdType.values();
  private static final L4Proto[] PROTOCOLS = L4Proto.values();
  private static final int UNUSED_PORT = 0;

  private final BlockReader in;
  private final FdSpec spec = new FdSpec();

  FdReader(BlockReader in) {
    this.in = in;
  }

  /** Reads one entry; valid until the next. */
  FdSpec read(boolean hasLength) throws IOException, DamageException {
    spec.clear();
    long start = in.remaining();
    long length = hasLength ? in.u32() : 0;
    long end = start - length;
    if (end < 0) {
      throw new DamageException("the length of a descriptor goes beyond its block");
    }
    long number = in.s64();
    long inode = in.s64();
    int wire = in.u8();
    if (wire < TYPES.length) {
      spec.is(number, TYPES[wire], inode);
      readType(TYPES[wire], length != 0, end);
    } else {
      spec.is(number, FdType.UNSUPPORTED, inode);
      byte[] text = ("unknown-type:[" + wire + "]").getBytes(StandardCharsets.US_ASCII);
      spec.name().copyFrom(text, 0, text.length);
    }
    if (length != 0) {
      if (in.remaining() < end) {
        throw new DamageException("the length of a descriptor does not fit its content");
      }
      in.skip(in.remaining() - end);
    }
    return spec;
  }

  private void readType(FdType type, boolean hasLength, long end)
      throws IOException, DamageException {
    switch (type) {
      case IPV4 -> readTuple(4);
      case IPV6 -> readTuple(16);
      case IPV4_SERVER -> readServer(4);
      case IPV6_SERVER -> readServer(16);
      case UNIX -> {
        spec.unix(in.s64(), in.s64());
        in.sized(spec.name());
      }
      case FILE_V2 -> {
        long flags = in.u32();
        in.sized(spec.name());
        long device = hasLength && in.remaining() - end >= 4 ? in.u32() : 0;
        spec.file(flags, device, 0);
      }
      case UNKNOWN -> {
        // has nothing of its own
      }
      default -> in.sized(spec.name());
    }
  }

  private void readTuple(int size) throws IOException, DamageException {
    in.bytes(size, spec.sourceIp());
    in.bytes(size, spec.destinationIp());
    int local = in.u16();
    int remote = in.u16();
    spec.inet(protocol(in.u8()), local, remote);
  }

  private void readServer(int size) throws IOException, DamageException {
    in.bytes(size, spec.destinationIp());
    int port = in.u16();
    spec.inet(protocol(in.u8()), UNUSED_PORT, port);
  }

  private static L4Proto protocol(int wire) {
    return wire < PROTOCOLS.length ? PROTOCOLS[wire] : L4Proto.UNKNOWN;
  }
}
