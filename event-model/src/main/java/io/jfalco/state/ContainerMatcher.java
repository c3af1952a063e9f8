package io.jfalco.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the container that a set of cgroup paths names. Runtimes are asked in the order of {@link
 * #RUNTIMES} for the first path, then for the second and so on; the first answer counts. Runs once
 * for each set of cgroups, so it may allocate.
 */
final class ContainerMatcher {
  private static final int ID_LENGTH = 64;
  private static final int SHOWN_LENGTH = 12;
  private static final Pattern NAMESPACE = Pattern.compile("/[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*/");
  private static final Pattern BPM_ID = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern HEX_ID = Pattern.compile("[0-9a-fA-F]{" + ID_LENGTH + "}");

  /** How one runtime names containers in cgroup paths. */
  private interface RuntimeLayout {
    Optional<Container> match(String path);
  }

  /** An id of 64 hexadecimal digits between two texts. */
  private record Layout(String prefix, String suffix) {
    Optional<String> id(String path) {
      int from = path.lastIndexOf(prefix);
      if (from < 0) {
        return Optional.empty();
      }
      from += prefix.length();
      int to = path.lastIndexOf(suffix);
      if (to - from != ID_LENGTH || !HEX_ID.matcher(path.substring(from, to)).matches()) {
        return Optional.empty();
      }
      return Optional.of(path.substring(from, to));
    }
  }

  private static final List<RuntimeLayout> RUNTIMES =
      List.of(
          layouts(
              "podman",
              new Layout("/libpod-", ".scope"),
              new Layout("/libpod-", ".scope/container"),
              new Layout("/libpod-payload-", ""),
              new Layout("/libpod-", "")),
          layouts("docker", new Layout("/", ""), new Layout("/docker-", ".scope")),
          layouts(
              "cri",
              new Layout("/", ""),
              new Layout("/crio-", ""),
              new Layout("/cri-containerd-", ".scope"),
              new Layout("/crio-", ".scope"),
              new Layout(":cri-containerd:", ""),
              new Layout("/docker-", ".scope"),
              new Layout("/nerdctl-", ".scope")),
          ContainerMatcher::containerd,
          ContainerMatcher::lxc,
          ContainerMatcher::libvirtLxc,
          ContainerMatcher::bpm);

  private static final List<String> LXC_PREFIXES =
      List.of("/lxc/", "/lxc.payload/", "/lxc.payload.");

  private ContainerMatcher() {}

  /** The container; HOST when no path names one. */
  static Container match(byte[] cgroups) {
    String text = new String(cgroups, StandardCharsets.ISO_8859_1);
    int from = 0;
    while (from < text.length()) {
      int to = text.indexOf('\0', from);
      to = to < 0 ? text.length() : to;
      String path = text.substring(text.indexOf('=', from) + 1, to);
      for (RuntimeLayout runtime : RUNTIMES) {
        Optional<Container> container = runtime.match(path);
        if (container.isPresent()) {
          return container.get();
        }
      }
      from = to + 1;
    }
    return Container.HOST;
  }

  private static RuntimeLayout layouts(String type, Layout... layouts) {
    return path -> {
      for (Layout layout : layouts) {
        Optional<String> id = layout.id(path);
        if (id.isPresent()) {
          return Optional.of(new Container(type, shown(id.get()), id.get()));
        }
      }
      return Optional.empty();
    };
  }

  /** {@code /NAMESPACE/ID}, where the id may be any text that is not a unit of systemd. */
  private static Optional<Container> containerd(String path) {
    Matcher namespace = NAMESPACE.matcher(path);
    if (!namespace.find()) {
      return Optional.empty();
    }
    String prefix = namespace.group();
    String id = path.substring(path.lastIndexOf(prefix) + prefix.length());
    boolean unit = path.endsWith(".service") || path.endsWith(".slice") || path.endsWith(".scope");
    boolean whole = HEX_ID.matcher(id).matches();
    if (id.isEmpty() || id.length() > ID_LENGTH || unit && !whole) {
      return Optional.empty();
    }
    return Optional.of(new Container("containerd", shown(id), id));
  }

  private static Optional<Container> lxc(String path) {
    for (String prefix : LXC_PREFIXES) {
      int at = path.indexOf(prefix);
      if (at >= 0) {
        int from = at + prefix.length();
        int to = path.indexOf('/', from);
        return named("lxc", path.substring(from, to < 0 ? path.length() : to));
      }
    }
    return Optional.empty();
  }

  private static Optional<Container> libvirtLxc(String path) {
    int slash = path.lastIndexOf('/');
    if (slash >= 0 && path.endsWith(".libvirt-lxc")) {
      return named(
          "libvirt-lxc", path.substring(slash + 1, path.length() - ".libvirt-lxc".length()));
    }
    int escaped = path.indexOf("-lxc\\x2");
    String end = path.contains(".scope/libvirt") ? ".scope/libvirt" : ".scope";
    int from = escaped + "-lxc\\x2d".length();
    if (escaped >= 0 && path.endsWith(end) && path.length() - end.length() >= from) {
      return named("libvirt-lxc", path.substring(from, path.length() - end.length()));
    }
    int legacy = path.indexOf("/libvirt/lxc/");
    return legacy < 0
        ? Optional.empty()
        : named("libvirt-lxc", path.substring(legacy + "/libvirt/lxc/".length()));
  }

  private static Optional<Container> bpm(String path) {
    int at = path.indexOf("bpm-");
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + "bpm-".length();
    int to = path.indexOf(".scope", from);
    String id = path.substring(from, to < 0 ? path.length() : to);
    return BPM_ID.matcher(id).matches() ? named("bpm", id) : Optional.empty();
  }

  private static Optional<Container> named(String type, String id) {
    return Optional.of(new Container(type, id, id));
  }

  private static String shown(String id) {
    return id.length() <= SHOWN_LENGTH ? id : id.substring(0, SHOWN_LENGTH);
  }
}
