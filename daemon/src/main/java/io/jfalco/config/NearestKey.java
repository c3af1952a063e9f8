package io.jfalco.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what may be meant by a key that does not exist. */
final class NearestKey {
  /** Longer names are not compared. */
  private static final int LONGEST = 80;

  private NearestKey() {}

  /**
   * A key that exists.
   *
   * @param map key of the map in which the unknown one is, {@code []} for entries of lists
   * @param name the unknown one
   * @return its path, or several, with quotes between them
   */
  static Optional<String> of(String map, String name) {
    String flat = name.replace('-', '_');
    Optional<String> sibling = nearest(flat, below(map));
    if (sibling.isPresent()) {
      return sibling.map(key -> ConfigTree.below(map, key));
    }
    List<String> same = new ArrayList<>();
    for (String key : ConfigSchema.keys()) {
      String plain = key.endsWith("[]") ? key.substring(0, key.length() - 2) : key;
      if (plain.equals(flat) || plain.endsWith("." + flat)) {
        same.add(plain);
      }
    }
    return same.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("' or '", new TreeSet<>(same)));
  }

  /** Names of the keys in a map. */
  private static Set<String> below(String map) {
    String prefix = map.isEmpty() ? "" : map + ".";
    Set<String> names = new TreeSet<>();
    for (String key : ConfigSchema.keys()) {
      if (key.startsWith(prefix)) {
        names.add(key.substring(prefix.length()).split("[.\\[]", 2)[0]);
      }
    }
    return names;
  }

  private static Optional<String> nearest(String name, Set<String> names) {
    int least = Math.max(1, Math.min(name.length(), LONGEST) / 3) + 1;
    String nearest = null;
    for (String candidate : names) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Letters to insert, leave out, replace or swap with their neighbour. */
  static int distance(String a, String b) {
    if (a.length() > LONGEST) {
      return a.length();
    }
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] free = before;
      before = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }
}
