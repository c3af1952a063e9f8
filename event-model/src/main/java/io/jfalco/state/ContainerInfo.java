package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a runtime knows of a container: its metadata. Immutable; made once for each container, so
 * that what fields show of it is ready and costs no allocation.
 */
public final class ContainerInfo {
  /** Length of the ids that fields show. */
  static final int SHORT_ID = 12;

  private static final String POD_NAME = "io.kubernetes.pod.name";
  private static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
  private static final String POD_UID = "io.kubernetes.pod.uid";

  /** Metadata that are text. Those that were not told are empty, or have no value. */
  public enum Text {
    ID,
    FULL_ID,
    TYPE,
    NAME,
    IMAGE,
    IMAGE_ID,
    IMAGE_REPOSITORY,
    IMAGE_TAG,
    IMAGE_DIGEST,
    /** Address, IPv4. */
    IP,
    /** What the network plugin answered, JSON. */
    CNI_JSON,
    /** User that the container was told to run as. */
    USER,
    /** All labels, without those of Kubernetes itself. */
    LABELS,
    /** All labels of the pod, without those of Kubernetes itself. */
    POD_LABELS,
    /** All mounts. */
    MOUNTS,
    SANDBOX_ID,
    FULL_SANDBOX_ID,
    POD_NAME,
    POD_NAMESPACE,
    POD_UID
  }

  /** Metadata that are true or false. */
  public enum Flag {
    PRIVILEGED,
    HOST_PID,
    HOST_NETWORK,
    HOST_IPC,
    /** The container is the sandbox of a pod. */
    POD_SANDBOX
  }

  /**
   * A file system that is mounted into a container.
   *
   * @param source path on the host
   * @param destination path in the container
   * @param mode what the runtime calls the mode
   * @param writable true when the container may write
   * @param propagation how mounts below it are propagated
   */
  public record Mount(
      String source, String destination, String mode, boolean writable, String propagation) {
    /** All parts, separated by colons. */
    public String text() {
      return source + ":" + destination + ":" + mode + ":" + writable + ":" + propagation;
    }
  }

  private final Map<Text, Bytes> texts = new EnumMap<>(Text.class);
  private final Set<Flag> flags;
  private final boolean flagsAreKnown;
  private final List<Mount> mounts;
  private final List<String> environment;
  private final Map<String, Bytes> labels;
  private final Map<String, Bytes> podLabels;
  private final String sandboxId;

  private ContainerInfo(Builder builder) {
    builder.texts.forEach((text, value) -> texts.put(text, Bytes.of(value)));
    flags = Set.copyOf(builder.flags);
    flagsAreKnown = builder.complete;
    mounts = List.copyOf(builder.mounts);
    environment = List.copyOf(builder.environment);
    labels = bytes(builder.labels);
    podLabels = bytes(builder.podLabels);
    sandboxId = shortId(builder.texts.getOrDefault(Text.FULL_SANDBOX_ID, ""));
    if (builder.complete) {
      complete(builder);
    }
  }

  /** What has no value yet is empty, and what follows from other things is made. */
  private void complete(Builder builder) {
    for (Text text : EnumSet.range(Text.ID, Text.USER)) {
      texts.putIfAbsent(text, Bytes.of(""));
    }
    texts.put(Text.LABELS, Bytes.of(join(builder.labels)));
    texts.put(Text.POD_LABELS, Bytes.of(join(builder.podLabels)));
    texts.put(Text.MOUNTS, Bytes.of(String.join(",", mounts.stream().map(Mount::text).toList())));
    texts.putIfAbsent(Text.FULL_SANDBOX_ID, Bytes.of(""));
    texts.put(Text.SANDBOX_ID, Bytes.of(sandboxId));
    putLabel(Text.POD_NAME, POD_NAME);
    putLabel(Text.POD_NAMESPACE, POD_NAMESPACE);
    putLabel(Text.POD_UID, POD_UID);
  }

  private void putLabel(Text text, String label) {
    Bytes value = labels.get(label);
    if (value != null) {
      texts.put(text, value);
    }
  }

  static String shortId(String id) {
    return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
  }

  private static Map<String, Bytes> bytes(Map<String, String> labels) {
    Map<String, Bytes> map = new TreeMap<>();
    labels.forEach((label, value) -> map.put(label, Bytes.of(value)));
    return map;
  }

  private static String join(Map<String, String> labels) {
    StringBuilder joined = new StringBuilder();
    List<String> names = new ArrayList<>(labels.keySet());
    names.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    for (String name : names) {
      if (name.startsWith("annotation.") || name.startsWith("io.kubernetes.")) {
        continue;
      }
      if (joined.length() > 0) {
        joined.append(", ");
      }
      joined.append(name);
      String value = labels.get(name);
      if (!value.isEmpty()) {
        joined.append(':').append(value);
      }
    }
    return joined.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A text that must not be changed, or null when it has no value. */
  public Bytes text(Text text) {
    return texts.get(text);
  }

  /** True when flags, mounts and labels are known. */
  public boolean isComplete() {
    return flagsAreKnown;
  }

  /** True when the flag is set. */
  public boolean is(Flag flag) {
    return flags.contains(flag);
  }

  /** Mounts in the order of the runtime. */
  public List<Mount> mounts() {
    return mounts;
  }

  /** Environment that the container was given. */
  public List<String> environment() {
    return environment;
  }

  /** First 12 characters of the id of the pod's sandbox; empty without one. */
  public String sandboxId() {
    return sandboxId;
  }

  /** Labels by name, sorted. */
  public Map<String, Bytes> labels() {
    return Collections.unmodifiableMap(labels);
  }

  /** Labels of the pod by name, sorted. */
  public Map<String, Bytes> podLabels() {
    return Collections.unmodifiableMap(podLabels);
  }

  /** Value of a label, or null. */
  public Bytes label(String name) {
    return labels.get(name);
  }

  /** Value of a label of the pod, or null. */
  public Bytes podLabel(String name) {
    return podLabels.get(name);
  }

  /** Collects metadata. */
  public static final class Builder {
    private final Map<Text, String> texts = new EnumMap<>(Text.class);
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private final List<Mount> mounts = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> podLabels = new TreeMap<>();
    private boolean complete = true;

    /** Sets a text. */
    public Builder text(Text text, String value) {
      texts.put(text, value);
      return this;
    }

    /** Sets or clears a flag. */
    public Builder flag(Flag flag, boolean value) {
      if (value) {
        flags.add(flag);
      } else {
        flags.remove(flag);
      }
      return this;
    }

    /** Adds a mount. */
    public Builder mount(Mount mount) {
      mounts.add(mount);
      return this;
    }

    /** Adds a variable of the environment, {@code NAME=value}. */
    public Builder variable(String variable) {
      environment.add(variable);
      return this;
    }

    /** Adds a label. */
    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    /** Adds a label of the pod. */
    public Builder podLabel(String name, String value) {
      podLabels.put(name, value);
      return this;
    }

    /** Only what was set is known; everything else has no value, instead of an empty one. */
    public Builder incomplete() {
      complete = false;
      return this;
    }

    /** The metadata. */
    public ContainerInfo build() {
      return new ContainerInfo(this);
    }
  }
}
