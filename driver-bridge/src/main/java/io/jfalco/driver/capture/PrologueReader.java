package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.UserTable;
import java.io.IOException;

/** Reads the blocks that stand before the events of a capture. */
final class PrologueReader {
  private static final long MAGIC = 0x1A2B3C4DL;
  private static final int MAJOR = 1;
  private static final int SECTION_BODY = 16;
  private static final int HOSTNAME = 128;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int IPV4_WITHOUT_SPEED = 3;
  private static final int IPV6_WITHOUT_SPEED = 4;
  private static final int USER = 0;
  private static final String HOST = "";

  private final BlockReader in;
  private final StateBuilder state;
  private final ThreadReader threads;
  private final FdReader descriptors;
  private MachineInfo machine;

  PrologueReader(BlockReader in, StateBuilder state) {
    this.in = in;
    this.state = state;
    this.threads = new ThreadReader(in);
    this.descriptors = new FdReader(in);
  }

  /** The machine, or null when no block told of it yet. */
  MachineInfo machineInfo() {
    return machine;
  }

  /** Reads the body of a section header. */
  void section() throws IOException, DamageException {
    if (in.remaining() < SECTION_BODY) {
      throw new DamageException("the section header is too short");
    }
    long magic = in.u32();
    if (magic != MAGIC) {
      throw new DamageException(
          Integer.reverseBytes((int) magic) == MAGIC
              ? "the capture was written by a machine of the other byte order"
              : "this is not a capture");
    }
    int major = in.u16();
    if (major > MAJOR) {
      throw new DamageException("version " + major + " of the format is newer than this reader");
    }
    in.finish();
  }

  /** Reads the body of a block of a kind that is neither a section header nor an event. */
  void block(int type) throws IOException, DamageException {
    switch (BlockType.kind(type)) {
      case MACHINE -> machine();
      case PROCESSES -> processes(BlockType.processListVersion(type));
      case DESCRIPTORS -> descriptors(BlockType.hasEntryLengths(type));
      case INTERFACES -> interfaces(BlockType.hasEntryLengths(type));
      case USERS -> users(BlockType.hasEntryLengths(type));
      case SECTION, EVENT, UNKNOWN -> {
        // not part of the state
      }
    }
    in.finish();
  }

  /**
   * The start of the machine does not become part of the state, so that times which events count
   * from there stay what they are: Falco does the same when it replays, and rules show them.
   */
  private void machine() throws IOException, DamageException {
    long cpus = in.u32();
    long memory = in.s64();
    long maxPid = in.s64();
    Bytes hostname = new Bytes();
    in.bytes(HOSTNAME, hostname);
    int end = hostname.indexOf(0, 0);
    if (end >= 0) {
      hostname.truncate(end);
    }
    long bootTime = in.s64();
    machine = new MachineInfo(cpus, memory, maxPid, hostname.toString(), bootTime);
  }

  private void processes(int version) throws IOException, DamageException {
    while (in.remaining() >= 4) {
      state.add(threads.read(version));
    }
  }

  private void descriptors(boolean hasLengths) throws IOException, DamageException {
    long tid = in.s64();
    while (in.remaining() >= 4) {
      state.add(tid, descriptors.read(hasLengths));
    }
  }

  private void interfaces(boolean hasLengths) throws IOException, DamageException {
    while (in.remaining() >= 4) {
      long length = hasLengths ? in.u32() : -1;
      long start = in.remaining();
      if (length > start) {
        throw new DamageException("the length of an interface goes beyond its block");
      }
      int type = in.u16();
      int nameLength = in.u16();
      int size = type == IPV4 || type == IPV4_WITHOUT_SPEED ? 4 : 16;
      if (type < IPV4 || type > IPV6_WITHOUT_SPEED) {
        throw new DamageException("an interface is of the unknown type " + type);
      }
      byte[] address = new byte[size];
      byte[] netmask = new byte[size];
      in.bytes(size, address);
      in.bytes(size, netmask);
      in.skip(size);
      if (type == IPV4 || type == IPV6) {
        in.skip(8);
      }
      in.skip(nameLength);
      if (size == 4) {
        state.addInterface4(address, netmask);
      } else {
        state.addInterface6(address);
      }
      if (hasLengths) {
        long end = start - length;
        if (in.remaining() < end) {
          throw new DamageException("the length of an interface does not fit its content");
        }
        in.skip(in.remaining() - end);
      }
    }
  }

  private void users(boolean hasLengths) throws IOException, DamageException {
    while (in.remaining() >= 4) {
      long start = in.remaining();
      long length = hasLengths ? in.u32() : 0;
      if (length > start) {
        throw new DamageException("the length of a user goes beyond its block");
      }
      if (in.u8() == USER) {
        long uid = in.u32();
        long gid = in.u32();
        Bytes name = text();
        Bytes home = text();
        Bytes shell = text();
        state.addUser(HOST, new UserTable.User(uid, gid, name, home, shell));
      } else {
        long gid = in.u32();
        state.addGroup(HOST, gid, text());
      }
      if (length != 0) {
        long end = start - length;
        if (in.remaining() < end) {
          throw new DamageException("the length of a user does not fit its content");
        }
        in.skip(in.remaining() - end);
      }
    }
  }

  private Bytes text() throws IOException, DamageException {
    Bytes text = new Bytes();
    in.sized(text);
    return text;
  }
}
