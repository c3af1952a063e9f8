package io.jfalco.field;

import static io.jfalco.event.ParamType.ABSTIME;
import static io.jfalco.event.ParamType.BOOL;
import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.RELTIME;
import static io.jfalco.field.FieldFlag.ARG_INDEX;
import static io.jfalco.field.FieldFlag.ARG_KEY;
import static io.jfalco.field.FieldFlag.ARG_REQUIRED;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.ContainerInfo.Flag;
import io.jfalco.state.ContainerInfo.Mount;
import io.jfalco.state.ContainerInfo.Text;
import io.jfalco.state.EventContext;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The container of the process, or the one that the event itself tells of. Only the id is known
 * without metadata.
 */
final class ContainerFields {
  private static final FieldFamily FAMILY = FieldFamily.syscall(FieldFamily.CONTAINER, "", "");

  private ContainerFields() {}

  static List<Field> rows() {
    FieldRows rows = new FieldRows(FAMILY, FieldFlag.PROCESS_STATE, FieldFlag.PLUGIN);
    rows.text(
        "container.id",
        "first 12 characters of the container's id; 'host' outside of containers.",
        ContainerFields::id);
    text(
        rows,
        "container.full_id",
        "the container's id; 'host' outside of containers.",
        Text.FULL_ID);
    text(rows, "container.name", "name of the container; 'host' outside of containers.", Text.NAME);
    text(rows, "container.image", "image, as the runtime was given it.", Text.IMAGE);
    text(rows, "container.image.id", "id of the image.", Text.IMAGE_ID);
    text(
        rows,
        "container.type",
        "runtime of the container, such as docker; 'host' outside of containers.",
        Text.TYPE);
    flag(rows, "container.privileged", "true for a privileged container.", Flag.PRIVILEGED);
    mounts(rows);
    images(rows);
    details(rows);
    pods(rows);
    legacy(rows);
    return rows.rows();
  }

  private static void text(FieldRows rows, String name, String description, Text text) {
    rows.text(
        name,
        description,
        (context, out) -> {
          ContainerInfo info = context.containerInfo();
          return info != null && put(out, info.text(text));
        });
  }

  private static boolean put(Value out, Bytes value) {
    return value != null && Extractors.text(out, value);
  }

  private static void flag(FieldRows rows, String name, String description, Flag flag) {
    rows.bool(
        name,
        description,
        (context, out) -> {
          ContainerInfo info = context.containerInfo();
          return info != null && info.isComplete() && Extractors.bool(out, info.is(flag));
        });
  }

  private static void none(
      FieldRows rows, String name, ParamType type, String description, FieldFlag... flags) {
    rows.row(name, type, PrintFormat.NA, description, Extractors.NONE, flags);
  }

  private static boolean id(EventContext context, Value out) {
    ContainerInfo info = context.containerInfo();
    if (info != null && info.text(Text.ID) != null) {
      return put(out, info.text(Text.ID));
    }
    if (context.thread() == null) {
      return false;
    }
    context.thread().container().id(out.addText());
    return true;
  }

  private static void mounts(FieldRows rows) {
    text(
        rows,
        "container.mounts",
        "mounts, source:dest:mode:rdwr:propagation, separated by commas.",
        Text.MOUNTS);
    mount(rows, "", Mount::source, Mount::text);
    mount(rows, ".source", Mount::destination, Mount::source);
    mount(rows, ".dest", Mount::source, Mount::destination);
    mount(rows, ".mode", Mount::source, Mount::mode);
    mount(rows, ".rdwr", Mount::source, mount -> String.valueOf(mount.writable()));
    mount(rows, ".propagation", Mount::source, Mount::propagation);
  }

  private static void mount(
      FieldRows rows, String suffix, Function<Mount, String> key, Function<Mount, String> part) {
    String name = "container.mount" + suffix;
    rows.bound(
        name,
        CHARBUF,
        PrintFormat.NA,
        "one mount or a part of it, by number, source or destination.",
        argument -> new MountField(key, part, argument.orElse("")),
        ARG_REQUIRED,
        ARG_INDEX,
        ARG_KEY);
  }

  private static void images(FieldRows rows) {
    text(rows, "container.image.repository", "repository of the image.", Text.IMAGE_REPOSITORY);
    text(rows, "container.image.tag", "tag of the image.", Text.IMAGE_TAG);
    text(rows, "container.image.digest", "digest of the image.", Text.IMAGE_DIGEST);
    none(rows, "container.healthcheck", CHARBUF, "never has a value.");
    none(rows, "container.liveness_probe", CHARBUF, "never has a value.");
    none(rows, "container.readiness_probe", CHARBUF, "never has a value.");
  }

  private static void details(FieldRows rows) {
    rows.number(
        "container.start_ts",
        ABSTIME,
        "start of the container's pid namespace, nanoseconds since 1970.",
        (context, out) -> started(context) != 0 && Extractors.number(out, started(context)));
    rows.rows().add(duration());
    text(rows, "container.ip", "address of the container.", Text.IP);
    text(rows, "container.cni.json", "what the network plugin answered.", Text.CNI_JSON);
    flag(rows, "container.host_pid", "true in the host's pid namespace.", Flag.HOST_PID);
    flag(
        rows, "container.host_network", "true in the host's network namespace.", Flag.HOST_NETWORK);
    flag(rows, "container.host_ipc", "true in the host's ipc namespace.", Flag.HOST_IPC);
    label(rows, "container.label", "one label by key.", (context, key) -> label(context, key));
    text(rows, "container.labels", "labels, key:value, separated by commas.", Text.LABELS);
    none(rows, "proc.is_container_healthcheck", BOOL, "never has a value.");
    none(rows, "proc.is_container_liveness_probe", BOOL, "never has a value.");
    none(rows, "proc.is_container_readiness_probe", BOOL, "never has a value.");
  }

  /** Unlike the others not only of the process: it goes on from event to event. */
  private static Field duration() {
    Extractor extractor =
        (context, out) ->
            started(context) != 0
                && Extractors.number(out, context.event().timestamp() - started(context));
    return new Field(
        "container.duration",
        RELTIME,
        PrintFormat.DEC,
        Set.of(FieldFlag.PLUGIN),
        FAMILY,
        "nanoseconds since the start of the container's pid namespace.",
        argument -> extractor);
  }

  /** 0 when it is not known. */
  private static long started(EventContext context) {
    return context.thread() == null || context.tellsOfContainer()
        ? 0
        : context.thread().pidNamespaceStart();
  }

  private static void label(
      FieldRows rows,
      String name,
      String description,
      BiFunction<EventContext, String, Bytes> label) {
    rows.bound(
        name,
        CHARBUF,
        PrintFormat.NA,
        description,
        argument -> {
          String key = argument.orElse("");
          return (context, out) -> put(out, label.apply(context, key));
        },
        ARG_REQUIRED,
        ARG_KEY);
  }

  private static Bytes label(EventContext context, String key) {
    ContainerInfo info = context.containerInfo();
    return info == null ? null : info.label(key);
  }

  private static void pods(FieldRows rows) {
    text(rows, "k8s.pod.name", "name of the pod.", Text.POD_NAME);
    text(rows, "k8s.ns.name", "namespace of the pod.", Text.POD_NAMESPACE);
    text(rows, "k8s.pod.id", "the same as k8s.pod.uid.", Text.POD_UID);
    text(rows, "k8s.pod.uid", "unique id of the pod.", Text.POD_UID);
    text(rows, "k8s.pod.sandbox_id", "first 12 characters of the sandbox's id.", Text.SANDBOX_ID);
    text(rows, "k8s.pod.full_sandbox_id", "the sandbox's id.", Text.FULL_SANDBOX_ID);
    label(rows, "k8s.pod.label", "one label of the pod by key.", ContainerFields::podLabel);
    ofPod(rows, "k8s.pod.labels", "labels of the pod.", Text.POD_LABELS, info -> true);
    ofPod(rows, "k8s.pod.ip", "address of the pod.", Text.IP, ContainerFields::hasAnswer);
    ofPod(
        rows,
        "k8s.pod.cni.json",
        "what the network plugin answered for the pod.",
        Text.CNI_JSON,
        ContainerFields::hasAnswer);
  }

  /** True when the network plugin's answer for the pod is known of the container itself. */
  private static boolean hasAnswer(ContainerInfo info) {
    return !info.text(Text.CNI_JSON).isEmpty();
  }

  /** What is known of the pod's sandbox, where the container does not have it; may be null. */
  private static ContainerInfo sandbox(EventContext context, ContainerInfo info) {
    return hasAnswer(info) ? null : context.state().containers().find(info.sandboxId());
  }

  private static Bytes podLabel(EventContext context, String key) {
    ContainerInfo info = context.containerInfo();
    if (info == null || !info.isComplete()) {
      return null;
    }
    ContainerInfo sandbox = sandbox(context, info);
    Bytes label = sandbox == null ? null : sandbox.podLabel(key);
    return label == null ? info.podLabel(key) : label;
  }

  /**
   * A text of the pod's sandbox, or where there is none of the container if it may stand for it.
   */
  private static void ofPod(
      FieldRows rows, String name, String description, Text text, Predicate<ContainerInfo> own) {
    rows.text(
        name,
        description,
        (context, out) -> {
          ContainerInfo info = context.containerInfo();
          if (info == null || !info.isComplete()) {
            return false;
          }
          ContainerInfo sandbox = sandbox(context, info);
          if (sandbox != null) {
            return put(out, sandbox.text(text));
          }
          return own.test(info) && put(out, info.text(text));
        });
  }

  private static void legacy(FieldRows rows) {
    for (String kind : List.of("rc", "svc", "ns", "rs", "deployment")) {
      for (String part : List.of("name", "id", "label", "labels")) {
        if (kind.equals("ns") && part.equals("name")) {
          continue;
        }
        FieldFlag[] flags =
            part.equals("label") ? new FieldFlag[] {ARG_REQUIRED, ARG_KEY} : new FieldFlag[0];
        none(
            rows,
            "k8s." + kind + "." + part,
            CHARBUF,
            "kept for old rules, never has a value.",
            flags);
      }
    }
  }
}
