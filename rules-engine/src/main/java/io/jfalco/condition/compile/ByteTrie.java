package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which of many texts a value begins with, ends with or contains, in one walk over the value.
 * For texts anywhere in it, the tree has the fallback links of Aho and Corasick. Immutable;
 * look-ups allocate nothing.
 */
final class ByteTrie {
  /** Most bytes of all texts together. */
  static final int MOST_BYTES = 1 << 22;

  private static final int NONE = -1;
  private static final int[] NO_IDS = {};

  private final TextPlace place;
  private final boolean[] begins = new boolean[256];
  private int[] keys = new int[64];
  private int[] children = new int[64];
  private int edges;
  private int[][] ids = new int[16][];
  private int nodes = 1;

  /** Of a node: the node of its longest proper suffix in the tree. */
  private int[] fallback;

  /** Of a node: the first node with a text, itself or on the way of its fallbacks. */
  private int[] output;

  /**
   * A tree of texts.
   *
   * @param ids number of each text, for {@link #mark}
   */
  ByteTrie(TextPlace place, List<byte[]> texts, int[] ids) {
    this.place = place;
    for (int i = 0; i < ids.length; i++) {
      add(texts.get(i), ids[i]);
    }
    if (place == TextPlace.ANYWHERE) {
      link();
    }
  }

  private void add(byte[] text, int id) {
    int node = 0;
    for (int i = 0; i < text.length; i++) {
      int next = text[place == TextPlace.END ? text.length - 1 - i : i] & 0xff;
      int child = child(node, next);
      if (child == NONE) {
        child = newChild(node, next);
      }
      node = child;
    }
    int[] before = ids[node] == null ? NO_IDS : ids[node];
    ids[node] = Arrays.copyOf(before, before.length + 1);
    ids[node][before.length] = id;
  }

  private int newChild(int node, int next) {
    if (edges * 2 >= keys.length) {
      int[] oldKeys = keys;
      int[] oldChildren = children;
      keys = new int[oldKeys.length * 2];
      children = new int[oldKeys.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          put(oldKeys[i], oldChildren[i]);
        }
      }
    }
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, nodes * 2);
    }
    if (node == 0) {
      begins[next] = true;
    }
    edges++;
    put(key(node, next), nodes);
    return nodes++;
  }

  private void put(int key, int child) {
    int at = slot(key);
    while (keys[at] != 0) {
      at = at + 1 & keys.length - 1;
    }
    keys[at] = key;
    children[at] = child;
  }

  private static int key(int node, int next) {
    return (node << 8 | next) + 1;
  }

  private int slot(int key) {
    int hash = key * 0x9E3779B9;
    return (hash ^ hash >>> 15) & keys.length - 1;
  }

  private int child(int node, int next) {
    int key = key(node, next);
    int at = slot(key);
    while (keys[at] != 0) {
      if (keys[at] == key) {
        return children[at];
      }
      at = at + 1 & keys.length - 1;
    }
    return NONE;
  }

  /** Links the nodes in order of their depth. */
  private void link() {
    fallback = new int[nodes];
    output = new int[nodes];
    output[0] = NONE;
    List<List<Integer>> below = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      below.add(new ArrayList<>(1));
    }
    for (int key : keys) {
      if (key != 0) {
        below.get(key - 1 >>> 8).add(key - 1 & 0xff);
      }
    }
    int[] queue = new int[nodes];
    int end = 1;
    for (int at = 0; at < end; at++) {
      int node = queue[at];
      for (int next : below.get(node)) {
        int child = child(node, next);
        fallback[child] = node == 0 ? 0 : step(fallback[node], next);
        output[child] = ids[child] == null ? output[fallback[child]] : child;
        queue[end++] = child;
      }
    }
  }

  private int step(int from, int next) {
    int node = from;
    int child = child(node, next);
    while (child == NONE && node != 0) {
      node = fallback[node];
      child = child(node, next);
    }
    return child == NONE ? 0 : child;
  }

  /** True when at least one of the texts is in its place. */
  boolean matches(Bytes value) {
    return ids[0] != null || walk(value, null);
  }

  /** Sets the bits of the numbers of all texts that are in their place. */
  void mark(Bytes value, long[] hits) {
    if (ids[0] != null) {
      set(ids[0], hits);
    }
    walk(value, hits);
  }

  private boolean walk(Bytes value, long[] hits) {
    return switch (place) {
      case START -> fromStart(value, hits);
      case END -> fromEnd(value, hits);
      default -> anywhere(value, hits);
    };
  }

  private boolean fromStart(Bytes value, long[] hits) {
    int node = 0;
    for (int i = 0; i < value.length(); i++) {
      node = child(node, value.at(i) & 0xff);
      if (node == NONE) {
        break;
      }
      if (ids[node] != null && !set(ids[node], hits)) {
        return true;
      }
    }
    return false;
  }

  private boolean fromEnd(Bytes value, long[] hits) {
    int node = 0;
    for (int i = value.length() - 1; i >= 0; i--) {
      node = child(node, value.at(i) & 0xff);
      if (node == NONE) {
        break;
      }
      if (ids[node] != null && !set(ids[node], hits)) {
        return true;
      }
    }
    return false;
  }

  private boolean anywhere(Bytes value, long[] hits) {
    int node = 0;
    for (int i = 0; i < value.length(); i++) {
      int next = value.at(i) & 0xff;
      if (node == 0 && !begins[next]) {
        continue;
      }
      node = step(node, next);
      int found = output[node];
      while (found != NONE) {
        if (!set(ids[found], hits)) {
          return true;
        }
        found = output[fallback[found]];
      }
    }
    return false;
  }

  /** False when there is nothing to set: to know that a text was found is enough. */
  private static boolean set(int[] found, long[] hits) {
    if (hits == null) {
      return false;
    }
    ConditionSets.add(found, hits);
    return true;
  }
}
