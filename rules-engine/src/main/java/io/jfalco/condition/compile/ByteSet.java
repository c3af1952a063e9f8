package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.Arrays;
import java.util.Collection;

/** An immutable set of byte strings: open addressing, no allocation on look-up. */
final class ByteSet implements BytesMatcher {
  private final byte[][] slots;
  private final int[] hashes;
  private final int mask;

  /** Bit n: a member has n bytes; bit 63: a member has 63 bytes or more. */
  private long lengths;

  ByteSet(Collection<byte[]> members) {
    int capacity = Integer.highestOneBit(Math.max(4, members.size()) * 2 - 1) * 2;
    slots = new byte[capacity][];
    hashes = new int[capacity];
    mask = capacity - 1;
    members.forEach(this::add);
  }

  int capacity() {
    return slots.length;
  }

  private void add(byte[] member) {
    lengths |= lengthBit(member.length);
    int hash = Bytes.hash(member, 0, member.length);
    int at = hash & mask;
    while (slots[at] != null) {
      if (Arrays.equals(slots[at], member)) {
        return;
      }
      at = (at + 1) & mask;
    }
    slots[at] = member;
    hashes[at] = hash;
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, 63);
  }

  @Override
  public boolean matches(Bytes value) {
    return slotOf(value) >= 0;
  }

  /** Number of the slot that holds the value, less than {@link #capacity}; -1 for no member. */
  int slotOf(Bytes value) {
    if ((lengths & lengthBit(value.length())) == 0) {
      return -1;
    }
    int hash = value.hash();
    int at = hash & mask;
    while (slots[at] != null) {
      if (hashes[at] == hash && value.sameAs(slots[at])) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }
}
