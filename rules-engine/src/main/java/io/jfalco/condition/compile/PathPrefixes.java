package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paths of which one must be a prefix of the value, by whole components. A component with a
 * wildcard is a shell pattern for that component only.
 *
 * <pre>
 *   /etc, /usr/lib, /home/*   root -- etc .
 *                                \--- usr -- lib .
 *                                 \-- home -- * .
 * </pre>
 */
final class PathPrefixes implements BytesMatcher {
  private final Node root;
  private final Optional<Alternatives> necessary;

  PathPrefixes(List<byte[]> paths) {
    Draft draft = new Draft();
    for (byte[] path : paths) {
      draft.add(new String(path, StandardCharsets.ISO_8859_1));
    }
    root = draft.finish();
    necessary = RequiredText.ofPaths(paths);
  }

  @Override
  public Optional<Alternatives> necessary() {
    return necessary;
  }

  @Override
  public boolean matches(Bytes value) {
    return root.matches(value, 0);
  }

  /** A tree while it is built. */
  private static final class Draft {
    private final Map<String, Draft> children = new LinkedHashMap<>();
    private boolean terminal;

    void add(String path) {
      Draft node = this;
      for (String part : path.split("/", -1)) {
        if (!part.isEmpty()) {
          node = node.children.computeIfAbsent(part, name -> new Draft());
        }
      }
      node.terminal = true;
    }

    Node finish() {
      List<byte[]> names = new ArrayList<>();
      List<Node> plain = new ArrayList<>();
      List<Glob> patterns = new ArrayList<>();
      List<Node> globs = new ArrayList<>();
      children.forEach(
          (name, child) -> {
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            if (name.contains("*") || name.contains("?") || name.contains("[")) {
              patterns.add(new Glob(bytes, false));
              globs.add(child.finish());
            } else {
              names.add(bytes);
              plain.add(child.finish());
            }
          });
      return new Node(terminal, names, plain, patterns, globs);
    }
  }

  /** One component of the tree. */
  private static final class Node {
    private final boolean terminal;
    private final byte[][] slots;
    private final Node[] children;
    private final Glob[] patterns;
    private final Node[] globs;

    Node(
        boolean terminal,
        List<byte[]> names,
        List<Node> plain,
        List<Glob> patterns,
        List<Node> globs) {
      this.terminal = terminal;
      this.patterns = patterns.toArray(new Glob[0]);
      this.globs = globs.toArray(new Node[0]);
      int capacity = Integer.highestOneBit(Math.max(2, names.size()) * 2 - 1) * 2;
      slots = new byte[capacity][];
      children = new Node[capacity];
      for (int i = 0; i < names.size(); i++) {
        byte[] name = names.get(i);
        int at = Bytes.hash(name, 0, name.length) & capacity - 1;
        while (slots[at] != null) {
          at = (at + 1) & capacity - 1;
        }
        slots[at] = name;
        children[at] = plain.get(i);
      }
    }

    boolean matches(Bytes value, int from) {
      if (terminal) {
        return true;
      }
      int start = from;
      while (start < value.length() && value.at(start) == '/') {
        start++;
      }
      if (start == value.length()) {
        return false;
      }
      int slash = value.indexOf('/', start);
      int end = slash < 0 ? value.length() : slash;
      Node child = child(value, start, end);
      if (child != null && child.matches(value, end)) {
        return true;
      }
      for (int i = 0; i < globs.length; i++) {
        if (patterns[i].matches(value, start, end) && globs[i].matches(value, end)) {
          return true;
        }
      }
      return false;
    }

    private Node child(Bytes value, int start, int end) {
      int at = Bytes.hash(value.array(), value.offset() + start, end - start) & slots.length - 1;
      while (slots[at] != null) {
        if (isSame(slots[at], value, start, end)) {
          return children[at];
        }
        at = (at + 1) & slots.length - 1;
      }
      return null;
    }

    private static boolean isSame(byte[] name, Bytes value, int start, int end) {
      if (name.length != end - start) {
        return false;
      }
      for (int i = 0; i < name.length; i++) {
        if (name[i] != value.at(start + i)) {
          return false;
        }
      }
      return true;
    }
  }
}
