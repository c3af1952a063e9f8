package io.jfalco.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tells whether what was put into the kernel is still there: whoever has the rights can empty the
 * maps of a running daemon, which then sees nothing and does not notice. Used under the lock of its
 * source.
 */
final class KernelWatch {
  /** An element that has been put into a map of programs or of maps. */
  private record Element(String map, int fd, int key, int id, String meaning) {}

  private final NativeBpf bpf;
  private final List<Element> elements = new ArrayList<>();
  private final Map<Integer, Integer> programIds = new HashMap<>();

  KernelWatch(NativeBpf bpf) {
    this.bpf = bpf;
  }

  /** Watches a program in a map of programs. */
  void program(String map, int fd, int key, int programFd, String meaning) {
    Integer id = programIds.get(programFd);
    if (id == null) {
      try {
        id = (int) bpf.programInfo(programFd)[0];
      } catch (BpfError untold) {
        id = 0;
      }
      programIds.put(programFd, id);
    }
    add(new Element(map, fd, key, id, meaning));
  }

  /** Watches a map in a map of maps. */
  void map(String map, int fd, int key, int innerFd, String meaning) {
    try {
      add(new Element(map, fd, key, bpf.mapId(innerFd), meaning));
    } catch (BpfError untold) {
      // An older kernel: it cannot be watched.
    }
  }

  /** Only where the kernel answers now, a missing answer will mean something later. */
  private void add(Element element) {
    try {
      if (element.id() != 0 && bpf.idAt(element.fd(), element.key()) == element.id()) {
        elements.add(element);
      }
    } catch (BpfError untold) {
      // It cannot be watched.
    }
  }

  /** What is gone, in sentences. Enters native code for each element. */
  List<String> problems(KernelMaps maps) {
    List<String> problems = new ArrayList<>();
    for (String program : bpf.lost()) {
      problems.add("eBPF program '" + program + "' is no longer attached");
    }
    Map<String, TreeSet<String>> gone = new HashMap<>();
    for (Element element : elements) {
      if (!isThere(element)) {
        gone.computeIfAbsent(element.map(), map -> new TreeSet<>()).add(element.meaning());
      }
    }
    gone.forEach(
        (map, meanings) ->
            problems.add(
                "eBPF map '"
                    + map
                    + "' has been emptied: no events of "
                    + String.join(", ", meanings)));
    for (String map : maps.changed()) {
      problems.add("eBPF map '" + map + "' has been changed by somebody else");
    }
    return problems;
  }

  private boolean isThere(Element element) {
    try {
      return bpf.idAt(element.fd(), element.key()) == element.id();
    } catch (BpfError error) {
      return false;
    }
  }
}
