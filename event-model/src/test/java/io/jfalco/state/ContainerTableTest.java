package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.state.ContainerInfo.Mount;
import io.jfalco.state.ContainerInfo.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerTableTest {
  private static final String ID = "0123456789ab";
  private static final String FULL = ID + "cdef".repeat(13);

  private final StateFixture host = new StateFixture();
  private final HostState state = host.state;

  private static ContainerInfo.Builder described(String id) {
    return new ContainerInfo.Builder().text(Text.ID, id).text(Text.NAME, "web");
  }

  private Container container(String path) {
    return state.cgroups().intern(Bytes.of("cpu=" + path + "\0")).container();
  }

  /** Puts the shell into a container. */
  private ThreadInfo inContainer() {
    ThreadSpec spec = StateFixture.spec(100, 100, 1, "bash", "/");
    StateFixture.set(spec.cgroups(), "cpu=/docker/" + FULL + "\0");
    new StateBuilder(state).addLinked(spec);
    return state.thread(100);
  }

  private EventBuilder told(String name, String payload) {
    return host.event(EventType.ASYNCEVENT_E, -1).number(0).text(name).text(payload);
  }

  @Test
  void thePathTellsRuntimeAndId() {
    ContainerInfo info = container("/docker/" + FULL).info();
    assertThat(info.text(Text.TYPE)).hasToString("docker");
    assertThat(info.text(Text.FULL_ID)).hasToString(FULL);
    assertThat(info.text(Text.NAME)).isNull();
    assertThat(info.isComplete()).isFalse();
  }

  @Test
  void withoutLookupNothingIsKnown() {
    state.containers().lookup(ContainerLookup.NONE);
    assertThat(container("/docker/" + FULL).info()).isNull();
  }

  @Test
  void runtimesThatNobodyCanAskAreKnownByTheirPath() {
    state.containers().lookup(ContainerLookup.NONE);
    ContainerInfo info = container("/bpm-web.scope").info();
    assertThat(info.text(Text.ID)).hasToString("web");
    assertThat(info.text(Text.TYPE)).hasToString("bpm");
    assertThat(info.text(Text.NAME)).hasToString("");
    assertThat(info.isComplete()).isTrue();
  }

  @Test
  void thereIsOneObjectForEachContainer() {
    assertThat(container("/docker/" + FULL))
        .isSameAs(container("/system.slice/docker-" + FULL + ".scope"));
  }

  @Test
  void metadataMayComeBeforeOrAfterThePathIsSeen() {
    state.containers().put(described(ID).build());
    Container early = container("/docker/" + FULL);
    assertThat(early.info().text(Text.NAME)).hasToString("web");
    state.containers().put(described(ID).text(Text.NAME, "db").build());
    assertThat(early.info().text(Text.NAME)).hasToString("db");
    state.containers().remove(described(ID).build());
    assertThat(early.info()).isNull();
    assertThat(state.containers().find(ID)).isNull();
  }

  @Test
  void theHostStaysTheHost() {
    state.containers().put(described("").build());
    assertThat(state.containers().find("")).isSameAs(Container.HOST.info());
    assertThat(Container.HOST.info().text(Text.NAME)).hasToString("host");
  }

  @Test
  void resultsKeptOfThreadsInContainersAreNoLongerGood() {
    ThreadInfo thread = inContainer();
    long own = thread.generation();
    long ofHost = state.thread(1).generation();
    state.containers().put(described(ID).build());
    assertThat(thread.generation()).isNotEqualTo(own);
    assertThat(state.thread(1).generation()).isEqualTo(ofHost);
  }

  @Test
  void eventsTellOfContainers() {
    ThreadInfo thread = inContainer();
    state.containers().reader(payload -> described(payload.toString()).build());

    EventContext context = host.apply(told("container", ID));
    assertThat(context.tellsOfContainer()).isTrue();
    assertThat(context.containerInfo().text(Text.ID)).hasToString(ID);
    assertThat(thread.container().info().text(Text.NAME)).hasToString("web");

    context = host.apply(host.close(100, 3));
    assertThat(context.tellsOfContainer()).isFalse();
    assertThat(context.containerInfo()).isSameAs(thread.container().info());

    context = host.apply(told("other", "x"));
    assertThat(context.containerInfo()).isNull();

    context = host.apply(told("container_removed", ID));
    assertThat(context.containerInfo().text(Text.ID)).hasToString(ID);
    assertThat(thread.container().info()).isNull();

    host.run(host.event(EventType.CONTAINER_JSON_2_E, -1).text(ID));
    assertThat(thread.container().info().text(Text.NAME)).hasToString("web");
  }

  @Test
  void whatNoReaderUnderstandsChangesNothing() {
    ThreadInfo thread = inContainer();
    ContainerInfo before = thread.container().info();
    assertThat(host.apply(told("container", "?")).tellsOfContainer()).isFalse();
    assertThat(thread.container().info()).isSameAs(before);
  }

  @Test
  void anEventToldInAThreadOfAnotherContainerLeavesNothingBehind() {
    ThreadInfo thread = inContainer();
    state.containers().reader(payload -> described(payload.toString()).build());
    EventBuilder event =
        host.event(EventType.ASYNCEVENT_E, 100).number(0).text("container").text("x");
    ContainerInfo own = thread.container().info();
    assertThat(host.apply(event).containerInfo().text(Text.ID)).hasToString("x");
    host.updater.finish(host.context);
    EventContext context = host.apply(host.close(100, 3));
    assertThat(context.tellsOfContainer()).isFalse();
    assertThat(context.containerInfo()).isSameAs(own);
  }

  @Test
  void theOldestIsForgottenWhenTheTableIsFull() {
    state.containers().put(described("first").build());
    for (int i = 0; i < 8192; i++) {
      state.containers().put(described("id" + i).build());
    }
    assertThat(state.counters().evictedContainers()).isEqualTo(1);
    assertThat(state.containers().find("first")).isNull();
    assertThat(state.containers().find("id0")).isNotNull();
  }

  @Test
  void whatFollowsFromMetadataIsReady() {
    ContainerInfo info =
        described(ID)
            .label("b", "")
            .label("a", "1")
            .label("io.kubernetes.pod.name", "pod")
            .label("annotation.x", "y")
            .podLabel("app", "shop")
            .mount(new Mount("/a", "/b", "rw", true, "private"))
            .mount(new Mount("/c", "/d", "", false, ""))
            .text(Text.FULL_SANDBOX_ID, FULL)
            .build();
    assertThat(info.text(Text.LABELS)).hasToString("a:1, b");
    assertThat(info.text(Text.POD_LABELS)).hasToString("app:shop");
    assertThat(info.text(Text.POD_NAME)).hasToString("pod");
    assertThat(info.text(Text.POD_UID)).isNull();
    assertThat(info.text(Text.MOUNTS)).hasToString("/a:/b:rw:true:private,/c:/d::false:");
    assertThat(info.text(Text.SANDBOX_ID)).hasToString(ID);
    assertThat(info.sandboxId()).isEqualTo(ID);
    assertThat(info.label("a")).hasToString("1");
    assertThat(info.label("c")).isNull();
    assertThat(info.environment()).isEqualTo(List.of());
  }
}
