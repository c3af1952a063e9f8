package io.jfalco.driver.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.jfalco.event.Bytes;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.ContainerInfo.Flag;
import io.jfalco.state.ContainerInfo.Mount;
import io.jfalco.state.ContainerInfo.Text;
import io.jfalco.state.ContainerReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the JSON in which Falco's container plugin, and sysdig before it, tell of a container. It
 * is all or nothing: when a value is of a wrong type, nothing is known.
 */
public final class ContainerJson implements ContainerReader {
  private static final int UNKNOWN = 0xffff;

  /** Names of the numbers that stand for runtimes; others have the empty name. */
  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(0, "docker"),
          Map.entry(1, "lxc"),
          Map.entry(2, "libvirt-lxc"),
          Map.entry(3, "mesos"),
          Map.entry(4, "rkt"),
          Map.entry(6, "cri"),
          Map.entry(7, "containerd"),
          Map.entry(8, "cri-o"),
          Map.entry(9, "bpm"),
          Map.entry(11, "podman"),
          Map.entry(0xfffe, "host"));

  private static final Map<String, Text> TEXTS =
      Map.ofEntries(
          Map.entry("id", Text.ID),
          Map.entry("full_id", Text.FULL_ID),
          Map.entry("name", Text.NAME),
          Map.entry("image", Text.IMAGE),
          Map.entry("imageid", Text.IMAGE_ID),
          Map.entry("imagerepo", Text.IMAGE_REPOSITORY),
          Map.entry("imagetag", Text.IMAGE_TAG),
          Map.entry("imagedigest", Text.IMAGE_DIGEST),
          Map.entry("ip", Text.IP),
          Map.entry("cni_json", Text.CNI_JSON),
          Map.entry("User", Text.USER),
          Map.entry("pod_sandbox_id", Text.FULL_SANDBOX_ID));

  private static final Map<String, Flag> FLAGS =
      Map.of(
          "privileged", Flag.PRIVILEGED,
          "host_pid", Flag.HOST_PID,
          "host_network", Flag.HOST_NETWORK,
          "host_ipc", Flag.HOST_IPC,
          "is_pod_sandbox", Flag.POD_SANDBOX);

  private final JsonFactory factory = new JsonFactory();

  @Override
  public ContainerInfo read(Bytes payload) {
    try (JsonParser parser =
        factory.createParser(payload.array(), payload.offset(), payload.length())) {
      JsonValue whole = JsonValue.read(parser);
      return info(whole.has("container") ? whole.object("container") : whole);
    } catch (IOException e) {
      // not a description: whoever wrote it meant something else
      return null;
    }
  }

  /** Writes a description that {@link #read} and Falco understand. */
  public static String write(ContainerInfo info) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart("container");
      for (Map.Entry<String, Text> text : new TreeMap<>(TEXTS).entrySet()) {
        json.writeStringField(text.getKey(), string(info.text(text.getValue())));
      }
      String type = string(info.text(Text.TYPE));
      for (Map.Entry<Integer, String> known : TYPES.entrySet()) {
        if (known.getValue().equals(type)) {
          json.writeNumberField("type", known.getKey());
        }
      }
      for (Map.Entry<String, Flag> flag : new TreeMap<>(FLAGS).entrySet()) {
        json.writeBooleanField(flag.getKey(), info.is(flag.getValue()));
      }
      labels(json, "labels", info.labels());
      labels(json, "pod_sandbox_labels", info.podLabels());
      writeLists(json, info);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
    return out.toString();
  }

  private static void writeLists(JsonGenerator json, ContainerInfo info) throws IOException {
    json.writeArrayFieldStart("env");
    for (String variable : info.environment()) {
      json.writeString(variable);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("Mounts");
    for (Mount mount : info.mounts()) {
      json.writeStartObject();
      json.writeStringField("Source", mount.source());
      json.writeStringField("Destination", mount.destination());
      json.writeStringField("Mode", mount.mode());
      json.writeBooleanField("RW", mount.writable());
      json.writeStringField("Propagation", mount.propagation());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void labels(JsonGenerator json, String name, Map<String, Bytes> labels)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Bytes> label : labels.entrySet()) {
      json.writeStringField(label.getKey(), label.getValue().toString());
    }
    json.writeEndObject();
  }

  private static String string(Bytes text) {
    return text == null ? "" : text.toString();
  }

  private static ContainerInfo info(JsonValue json) throws IOException {
    ContainerInfo.Builder builder = new ContainerInfo.Builder();
    for (Map.Entry<String, Text> text : TEXTS.entrySet()) {
      builder.text(text.getValue(), json.text(text.getKey()));
    }
    builder.text(Text.TYPE, TYPES.getOrDefault(json.number("type", UNKNOWN), ""));
    for (Map.Entry<String, Flag> flag : FLAGS.entrySet()) {
      builder.flag(flag.getValue(), json.flag(flag.getKey()));
    }
    json.texts("labels", builder::label);
    json.texts("pod_sandbox_labels", builder::podLabel);
    json.list("env", builder::variable);
    for (JsonValue mount : json.objects("Mounts")) {
      builder.mount(
          new Mount(
              mount.text("Source"),
              mount.text("Destination"),
              mount.text("Mode"),
              mount.flag("RW"),
              mount.text("Propagation")));
    }
    return builder.build();
  }
}
