package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.Collection;

/** An immutable set of byte strings: open addressing, no allocation on lookup. */
final class ByteSet implements BytesMatcher {
  private final byte[][] slots;
  private final int[] hashes;
  private final int mask;

  ByteSet(Collection<byte[]> members) {
    int capacity = Integer.highestOneBit(Math.max(4, members.size()) * 2 - 1) * 2;
    slots = new byte[capacity][];
    hashes = new int[capacity];
    mask = capacity - 1;
    members.forEach(this::add);
  }

  private void add(byte[] member) {
    int hash = Bytes.hash(member, 0, member.length);
    int at = hash & mask;
    while (slots[at] != null) {
      at = (at + 1) & mask;
    }
    slots[at] = member;
    hashes[at] = hash;
  }

  @Override
  public boolean matches(Bytes value) {
    int hash = value.hash();
    int at = hash & mask;
    while (slots[at] != null) {
      if (hashes[at] == hash && value.sameAs(slots[at])) {
        return true;
      }
      at = (at + 1) & mask;
    }
    return false;
  }
}
