package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerMatcherTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  private static Container match(String... paths) {
    StringBuilder text = new StringBuilder();
    for (String path : paths) {
      text.append("cpu=").append(path).append('\0');
    }
    return ContainerMatcher.match(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String id(Container container) {
    Bytes id = new Bytes();
    container.id(id);
    return id.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "docker, /docker/ID",
    "docker, /system.slice/docker-ID.scope",
    "docker, /kubepods/besteffort/pod1/ID",
    "cri, /kubepods.slice/crio-ID.scope",
    "cri, /kubepods/crio-ID",
    "cri, /kubepods.slice/cri-containerd-ID.scope",
    "cri, /system.slice/x:cri-containerd:ID",
    "cri, /default/nerdctl-ID.scope",
    "podman, /machine.slice/libpod-ID.scope",
    "podman, /machine.slice/libpod-ID.scope/container",
    "podman, /libpod_parent/libpod-ID",
    "podman, /user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope",
    "podman, /user.slice/libpod-payload-ID"
  })
  void wholeIdsAreShownShort(String type, String layout) {
    Container container = match(layout.replace("ID", ID));
    assertThat(container.type()).isEqualTo(type);
    assertThat(id(container)).isEqualTo("0123456789ab");
    assertThat(container.fullId()).isEqualTo(ID);
    assertThat(container.isHost()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "containerd, /default/busybox, busybox",
    "containerd, /default/a-name-longer-than-twelve, a-name-longe",
    "containerd, /lxc/web, web",
    "lxc, /lxc/web/init.scope, web",
    "lxc, /lxc.payload/web/init.scope, web",
    "lxc, /lxc.payload.web/init.scope, web",
    "libvirt-lxc, /web.libvirt-lxc, web",
    "libvirt-lxc, '/machine-lxc\\x2d22\\x2dweb.scope', '22\\x2dweb'",
    "libvirt-lxc, '/machine-lxc\\x2d22\\x2dweb.scope/libvirt', '22\\x2dweb'",
    "lxc, /x/libvirt/lxc/web.slice, web.slice",
    "bpm, /bpm-job.name.scope, job.name"
  })
  void namesOfOtherRuntimes(String type, String path, String id) {
    Container container = match(path);
    assertThat(id(container)).isEqualTo(id);
    assertThat(container.type()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "/user.slice",
    "/system.slice/ssh.service",
    "/user.slice/user-0.slice/session-1.scope",
    "/init.scope",
    "/0123456789abcdef"
  })
  void hostPaths(String path) {
    assertThat(match(path)).isSameAs(Container.HOST);
  }

  @Test
  void theFirstPathThatNamesAContainerCounts() {
    assertThat(id(match("/", "/user.slice", "/docker/" + ID))).isEqualTo("0123456789ab");
    assertThat(match()).isSameAs(Container.HOST);
  }

  @Test
  void setsAreInternedAndSubsystemsRenamed() {
    CgroupTable table = new HostState().cgroups();
    Bytes raw = Bytes.of("perf=/a\0mem_cgroup=/b\0io=/c\0cpu=/d\0");
    Cgroups first = table.intern(raw);
    assertThat(table.intern(Bytes.of(raw.toString()))).isSameAs(first);
    Bytes text = new Bytes();
    first.text(text);
    assertThat(text).hasToString("perf_event=/a\0memory=/b\0blkio=/c\0cpu=/d\0");
  }

  @Test
  void theTableIsBounded() {
    HostState state = new HostState();
    CgroupTable table = state.cgroups();
    for (int i = 0; i < 5000; i++) {
      table.intern(Bytes.of("cpu=/" + i + "\0"));
    }
    assertThat(state.counters().evictedCgroups()).isEqualTo(4096);
  }
}
