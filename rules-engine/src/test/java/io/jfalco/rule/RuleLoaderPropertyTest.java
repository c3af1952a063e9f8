package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is in a file, the result says so: nothing is thrown. */
class RuleLoaderPropertyTest {
  private static final LoadOptions OPTIONS = LoadOptions.of(FieldCatalog.standard());
  private static final String FILE =
      """
      - required_engine_version: 0.57.0
      - required_plugin_versions: [{name: container, version: 0.4.0, alternatives: []}]
      - &a {list: l, items: [a, "b c", '"d"'], override: {items: replace}}
      - macro: m
        condition: >
          evt.type in (open, openat) and not proc.name in (l)
      - rule: 规则
        desc: "d\\n"
        condition: m and (fd.name startswith '/etc/' or proc.aname[2] = "x\\"y")
        output: "%proc.name %10fd.name %evt.arg[0]"
        priority: Warning
        tags: [t, u]
        exceptions: [{name: e, fields: [proc.name, proc.pid], comps: [in, "="], values: [[[x], 1]]}]
      - {rule: 规则, append: true, condition: and proc.pid >= 1 and len(proc.name) > 2}
      """;

  @Property(tries = 400)
  void damagedFilesAreReported(@ForAll long seed) {
    byte[] bytes = FILE.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(seed);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      int from = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(12), bytes.length - Math.max(at, from));
      if (random.nextBoolean()) {
        System.arraycopy(bytes, from, bytes, at, length);
      } else {
        bytes[at] = (byte) random.nextInt(256);
      }
    }
    LoadResult result = RuleLoader.load(List.of(new RuleFile("f", bytes)), OPTIONS);
    FileReport report = result.reports().get(0);
    assertThat(result.isSuccessful())
        .isEqualTo(report.isSuccessful() && result.failure().isEmpty());
    assertThat(report.verbose()).startsWith("f: ");
    assertThat(Json.write(report.json())).startsWith("{").doesNotContain("\n");
  }
}
