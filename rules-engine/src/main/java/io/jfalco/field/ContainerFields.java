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
import io.jfalco.state.Container;
import io.jfalco.state.EventContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The container of the process. What only its runtime could tell has no value, except on the host,
 * where it is known that there is no container.
 */
final class ContainerFields {
  private static final FieldFamily FAMILY =
      FieldFamily.syscall("container", "", "The container that the process runs in.");
  private static final Bytes HOST = Bytes.of("host");
  private static final Map<String, Bytes> TYPES = new ConcurrentHashMap<>();

  private ContainerFields() {}

  static List<Field> rows() {
    FieldRows rows = new FieldRows(FAMILY, FieldFlag.PROCESS_STATE, FieldFlag.PLUGIN);
    rows.text(
            "container.id",
            "first 12 characters of the container's id; 'host' outside of containers.",
            (context, out) -> id(context, out, false))
        .text(
            "container.full_id",
            "the container's id; 'host' outside of containers.",
            (context, out) -> id(context, out, true))
        .text(
            "container.name",
            "name of the container; 'host' outside of containers.",
            ContainerFields::name);
    none(rows, "container.image", CHARBUF, "image, as the runtime was given it.");
    none(rows, "container.image.id", CHARBUF, "id of the image.");
    rows.text(
        "container.type",
        "runtime of the container, such as docker; 'host' outside of containers.",
        ContainerFields::type);
    none(rows, "container.privileged", BOOL, "true for a privileged container.");
    mounts(rows);
    images(rows);
    details(rows);
    pods(rows);
    legacy(rows);
    return rows.rows();
  }

  private static void none(
      FieldRows rows, String name, ParamType type, String description, FieldFlag... flags) {
    PrintFormat format = type == CHARBUF || type == BOOL ? PrintFormat.NA : PrintFormat.DEC;
    rows.row(name, type, format, description, Extractors.NONE, flags);
  }

  private static boolean id(EventContext context, Value out, boolean whole) {
    if (context.thread() == null) {
      return false;
    }
    Container container = context.thread().container();
    if (whole) {
      container.fullId(out.addText());
    } else {
      container.id(out.addText());
    }
    return true;
  }

  private static boolean name(EventContext context, Value out) {
    return context.thread() != null
        && context.thread().container().isHost()
        && Extractors.text(out, HOST);
  }

  private static boolean type(EventContext context, Value out) {
    if (context.thread() == null) {
      return false;
    }
    String type = context.thread().container().type();
    Bytes known = TYPES.get(type);
    if (known == null) {
      known = Bytes.of(type);
      TYPES.put(type, known);
    }
    return Extractors.text(out, known);
  }

  private static void mounts(FieldRows rows) {
    none(rows, "container.mounts", CHARBUF, "mounts, source:dest:mode:rdwr:propagation.");
    for (String part : List.of("", ".source", ".dest", ".mode", ".rdwr", ".propagation")) {
      none(
          rows,
          "container.mount" + part,
          CHARBUF,
          "one mount or a part of it, by number, source or destination.",
          ARG_REQUIRED,
          ARG_INDEX,
          ARG_KEY);
    }
  }

  private static void images(FieldRows rows) {
    none(rows, "container.image.repository", CHARBUF, "repository of the image.");
    none(rows, "container.image.tag", CHARBUF, "tag of the image.");
    none(rows, "container.image.digest", CHARBUF, "digest of the image.");
    none(rows, "container.healthcheck", CHARBUF, "never has a value.");
    none(rows, "container.liveness_probe", CHARBUF, "never has a value.");
    none(rows, "container.readiness_probe", CHARBUF, "never has a value.");
  }

  private static void details(FieldRows rows) {
    none(rows, "container.start_ts", ABSTIME, "start of the container, nanoseconds since 1970.");
    none(rows, "container.duration", RELTIME, "nanoseconds since the start of the container.");
    none(rows, "container.ip", CHARBUF, "address of the container.");
    none(rows, "container.cni.json", CHARBUF, "what the network plugin answered.");
    none(rows, "container.host_pid", BOOL, "true in the host's pid namespace.");
    none(rows, "container.host_network", BOOL, "true in the host's network namespace.");
    none(rows, "container.host_ipc", BOOL, "true in the host's ipc namespace.");
    none(rows, "container.label", CHARBUF, "one label by key.", ARG_REQUIRED, ARG_KEY);
    none(rows, "container.labels", CHARBUF, "labels, key:value, separated by commas.");
    none(rows, "proc.is_container_healthcheck", BOOL, "never has a value.");
    none(rows, "proc.is_container_liveness_probe", BOOL, "never has a value.");
    none(rows, "proc.is_container_readiness_probe", BOOL, "never has a value.");
  }

  private static void pods(FieldRows rows) {
    none(rows, "k8s.pod.name", CHARBUF, "name of the pod.");
    none(rows, "k8s.ns.name", CHARBUF, "namespace of the pod.");
    none(rows, "k8s.pod.id", CHARBUF, "the same as k8s.pod.uid.");
    none(rows, "k8s.pod.uid", CHARBUF, "unique id of the pod.");
    none(rows, "k8s.pod.sandbox_id", CHARBUF, "first 12 characters of the sandbox's id.");
    none(rows, "k8s.pod.full_sandbox_id", CHARBUF, "the sandbox's id.");
    none(rows, "k8s.pod.label", CHARBUF, "one label of the pod by key.", ARG_REQUIRED, ARG_KEY);
    none(rows, "k8s.pod.labels", CHARBUF, "labels of the pod.");
    none(rows, "k8s.pod.ip", CHARBUF, "address of the pod.");
    none(rows, "k8s.pod.cni.json", CHARBUF, "what the network plugin answered for the pod.");
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
