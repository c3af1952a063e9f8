package io.jfalco.driver.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.ContainerInfo.Flag;
import io.jfalco.state.ContainerInfo.Mount;
import io.jfalco.state.ContainerInfo.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerJsonTest {
  private final ContainerJson json = new ContainerJson();

  private ContainerInfo read(String text) {
    return json.read(Bytes.of(text));
  }

  @Test
  void readsWhatAContainerIs() {
    ContainerInfo info =
        read(
            """
            {"container": {"type": 0, "id": "32a1026ccb88", "full_id": "32a1026ccb88a551",
             "name": "web", "image": "fedora:38", "imageid": "0ca0", "imagerepo": "fedora",
             "imagetag": "38", "imagedigest": "sha256:b9", "ip": "172.17.0.2", "User": "nobody",
             "cni_json": "{}", "privileged": true, "host_pid": false, "host_network": true,
             "host_ipc": false, "is_pod_sandbox": false, "pod_sandbox_id": "aabbccddeeff0011",
             "labels": {"maintainer": "me"}, "pod_sandbox_labels": {"app": "shop"},
             "env": ["A=1"], "port_mappings": null, "cpu_quota": 5,
             "Mounts": [{"Source": "/a", "Destination": "/b", "Mode": "rw", "RW": true,
                         "Propagation": "private"}]}}
            """);
    assertThat(info.text(Text.TYPE)).hasToString("docker");
    assertThat(info.text(Text.ID)).hasToString("32a1026ccb88");
    assertThat(info.text(Text.FULL_ID)).hasToString("32a1026ccb88a551");
    assertThat(info.text(Text.NAME)).hasToString("web");
    assertThat(info.text(Text.IMAGE)).hasToString("fedora:38");
    assertThat(info.text(Text.IMAGE_ID)).hasToString("0ca0");
    assertThat(info.text(Text.IMAGE_REPOSITORY)).hasToString("fedora");
    assertThat(info.text(Text.IMAGE_TAG)).hasToString("38");
    assertThat(info.text(Text.IMAGE_DIGEST)).hasToString("sha256:b9");
    assertThat(info.text(Text.IP)).hasToString("172.17.0.2");
    assertThat(info.text(Text.USER)).hasToString("nobody");
    assertThat(info.text(Text.CNI_JSON)).hasToString("{}");
    assertThat(info.text(Text.SANDBOX_ID)).hasToString("aabbccddeeff");
    assertThat(info.is(Flag.PRIVILEGED)).isTrue();
    assertThat(info.is(Flag.HOST_NETWORK)).isTrue();
    assertThat(info.is(Flag.HOST_PID)).isFalse();
    assertThat(info.label("maintainer")).hasToString("me");
    assertThat(info.podLabel("app")).hasToString("shop");
    assertThat(info.environment()).containsExactly("A=1");
    assertThat(info.mounts()).containsExactly(new Mount("/a", "/b", "rw", true, "private"));
  }

  @Test
  void whatIsMissingIsEmpty() {
    ContainerInfo info =
        read("{\"container\":{\"id\":\"a\",\"labels\":null,\"Mounts\":null,\"env\":null}}");
    assertThat(info.text(Text.NAME)).hasToString("");
    assertThat(info.text(Text.TYPE)).hasToString("");
    assertThat(info.text(Text.LABELS)).hasToString("");
    assertThat(info.mounts()).isEmpty();
  }

  @Test
  void theOldestFormHasNoWrapper() {
    ContainerInfo info = read("{\"id\":\"a\",\"type\":6,\"name\":\"n\",\"image\":\"i\"}");
    assertThat(info.text(Text.ID)).hasToString("a");
    assertThat(info.text(Text.TYPE)).hasToString("cri");
    assertThat(info.text(Text.IMAGE)).hasToString("i");
  }

  @Test
  void theLastOfTwoCounts() {
    assertThat(read("{\"id\":\"a\",\"name\":\"x\",\"name\":\"y\"}").text(Text.NAME))
        .hasToString("y");
  }

  @ParameterizedTest
  @CsvSource({
    "0, docker",
    "1, lxc",
    "2, libvirt-lxc",
    "3, mesos",
    "4, rkt",
    "5, ''",
    "6, cri",
    "7, containerd",
    "8, cri-o",
    "9, bpm",
    "10, ''",
    "11, podman",
    "65534, host",
    "65535, ''",
    "7.9, containerd"
  })
  void numbersOfRuntimes(String number, String name) {
    assertThat(read("{\"type\":" + number + "}").text(Text.TYPE)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "[]",
        "{",
        "{\"container\":5}",
        "{\"container\":{\"name\":null}}",
        "{\"container\":{\"id\":5}}",
        "{\"container\":{\"type\":\"docker\"}}",
        "{\"container\":{\"privileged\":\"yes\"}}",
        "{\"container\":{\"labels\":{\"a\":5}}}",
        "{\"container\":{\"labels\":[]}}",
        "{\"container\":{\"env\":[1]}}",
        "{\"container\":{\"Mounts\":[{\"Source\":5}]}}",
        "{\"container\":{}} more"
      })
  void aWrongTypeSpoilsTheWhole(String text) {
    assertThat(read(text)).isNull();
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(read("[".repeat(100_000))).isNull();
    assertThat(read("{\"a\":" + "[".repeat(100_000))).isNull();
  }
}
