package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Addresses as users write them, read as strictly as inet_pton(3) does. */
final class IpAddresses {
  private IpAddresses() {}

  /** The four bytes of {@code 1.2.3.4}. */
  static Optional<byte[]> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      address[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(address);
  }

  /** The sixteen bytes of an IPv6 address. */
  static Optional<byte[]> ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(words -> words.size() == 8).map(words -> join(words, List.of()));
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    if (before.contains(".")) {
      return Optional.empty();
    }
    Optional<List<Integer>> head = before.isEmpty() ? Optional.of(List.of()) : groups(before);
    Optional<List<Integer>> tail = after.isEmpty() ? Optional.of(List.of()) : groups(after);
    if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() > 7) {
      return Optional.empty();
    }
    return Optional.of(join(head.get(), tail.get()));
  }

  private static Optional<List<Integer>> groups(String text) {
    List<Integer> words = new ArrayList<>();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].contains(".")) {
        Optional<byte[]> last = ipv4(parts[i]);
        if (last.isEmpty()) {
          return Optional.empty();
        }
        byte[] b = last.get();
        words.add((b[0] & 0xff) << 8 | b[1] & 0xff);
        words.add((b[2] & 0xff) << 8 | b[3] & 0xff);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        words.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(words);
  }

  private static byte[] join(List<Integer> head, List<Integer> tail) {
    byte[] address = new byte[16];
    for (int i = 0; i < head.size(); i++) {
      put(address, i, head.get(i));
    }
    for (int i = 0; i < tail.size(); i++) {
      put(address, 8 - tail.size() + i, tail.get(i));
    }
    return address;
  }

  private static void put(byte[] address, int word, int value) {
    address[2 * word] = (byte) (value >> 8);
    address[2 * word + 1] = (byte) value;
  }
}
