package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.rule.AlertTemplate;
import io.jfalco.rule.OutputException;
import io.jfalco.rule.OutputTemplates;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.ContainerInfo.Flag;
import io.jfalco.state.ContainerInfo.Mount;
import io.jfalco.state.ContainerInfo.Text;
import io.jfalco.state.ContainerLookup;
import io.jfalco.state.ContainerTable;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What containers' fields show, with and without metadata; each field has a case. */
class ContainerFieldsTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();
  private static final String SHORT = TestHost.CONTAINER.substring(0, 12);
  private static final String SANDBOX = "5".repeat(64);

  static List<String> cases() throws IOException {
    try (InputStream in = ContainerFieldsTest.class.getResourceAsStream("containers.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static ContainerInfo.Builder described() {
    return new ContainerInfo.Builder()
        .text(Text.ID, SHORT)
        .text(Text.FULL_ID, TestHost.CONTAINER)
        .text(Text.TYPE, "containerd")
        .text(Text.NAME, "web")
        .text(Text.IMAGE, "docker.io/library/nginx:1.27")
        .text(Text.IMAGE_ID, "abc123")
        .text(Text.IMAGE_REPOSITORY, "docker.io/library/nginx")
        .text(Text.IMAGE_TAG, "1.27")
        .text(Text.IMAGE_DIGEST, "sha256:d9")
        .text(Text.IP, "10.1.2.3")
        .flag(Flag.PRIVILEGED, true)
        .flag(Flag.HOST_NETWORK, true)
        .mount(new Mount("/a", "/proc", "rw", true, "rprivate"))
        .mount(new Mount("/etc/x", "/tmp/y", "", false, ""))
        .label("b", "")
        .label("a", "1")
        .label("io.kubernetes.pod.name", "shop-1")
        .label("io.kubernetes.pod.namespace", "prod")
        .label("io.kubernetes.pod.uid", "3e41dc6b")
        .podLabel("app", "own");
  }

  private static ContainerInfo sandbox() {
    return new ContainerInfo.Builder()
        .text(Text.ID, SANDBOX.substring(0, 12))
        .text(Text.IP, "10.9.9.9")
        .text(Text.CNI_JSON, "{\"of\":\"sandbox\"}")
        .flag(Flag.POD_SANDBOX, true)
        .podLabel("app", "shop")
        .podLabel("io.kubernetes.x", "hidden")
        .build();
  }

  private static EventContext apply(String name) {
    TestHost host = new TestHost();
    ContainerTable containers = host.state().containers();
    switch (name) {
      case "described" -> containers.put(described().build());
      case "answered" ->
          containers.put(described().text(Text.CNI_JSON, "{\"of\":\"container\"}").build());
      case "pod" -> {
        containers.put(described().text(Text.FULL_SANDBOX_ID, SANDBOX).build());
        containers.put(sandbox());
      }
      case "no sandbox" -> containers.put(described().text(Text.FULL_SANDBOX_ID, SANDBOX).build());
      case "removed" -> {
        containers.put(described().build());
        containers.remove(described().build());
      }
      case "told" -> {
        containers.reader(payload -> described().text(Text.ID, payload.toString()).build());
        return host.apply(
            EventBuilder.of(EventType.ASYNCEVENT_E).number(0).text("container").text("new"), -1);
      }
      case "host" -> {
        return host.apply(TestHost.unlink(0, "/tmp/x"), 300);
      }
      case "path", "started" -> {
        // nobody told anything
      }
      default -> throw new IllegalArgumentException(name);
    }
    return host.apply(TestHost.unlink(0, "/tmp/x"), name.equals("started") ? 300 : 400);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheValue(String line) throws OutputException {
    String[] row = line.split("\t", -1);
    AlertTemplate template = new OutputTemplates(CATALOG).parse("%" + row[1]);
    EventContext context = apply(row[0]);
    assertThat(template.message(context)).isEqualTo(row[2]);
    Object value = template.fields(context).get(row[1]);
    assertThat(value == null ? "null" : value.getClass().getSimpleName() + " " + value)
        .isEqualTo(row[3]);
  }

  @Test
  void everyFieldOfContainersHasACase() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (Field field : CATALOG.fields()) {
      if (field.family().name().equals(FieldFamily.CONTAINER)) {
        missing.add(field.name());
      }
    }
    assertThat(missing).hasSize(61);
    cases().forEach(line -> missing.remove(line.split("\t", -1)[1].replaceFirst("\\[.*", "")));
    assertThat(missing).isEmpty();
  }

  @Test
  void withoutAnyMetadataOnlyTheIdIsKnown() throws OutputException {
    TestHost host = new TestHost();
    host.state().containers().lookup(ContainerLookup.NONE);
    host.state().containers().put(described().build());
    host.state().containers().remove(described().build());
    EventContext context = host.apply(TestHost.unlink(0, "/tmp/x"), 400);
    AlertTemplate template =
        new OutputTemplates(CATALOG).parse("%container.id %container.full_id %container.type");
    assertThat(template.message(context)).isEqualTo(SHORT + " <NA> <NA>");
  }
}
