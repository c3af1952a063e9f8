package io.jfalco.rule.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.issue.PrettyJson;
import io.jfalco.rule.yaml.YamlException;
import io.jfalco.rule.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema as printed, and what its check says; the reports of whole files show more. */
class RuleSchemaTest {
  private static List<String> check(String text) throws YamlException {
    return RuleSchema.check(YamlReader.readAll(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void printedAsCommitted() throws IOException {
    try (InputStream in = RuleSchemaTest.class.getResourceAsStream("schema.golden")) {
      assertThat(PrettyJson.write(RuleSchema.json()))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
    }
  }

  @Test
  void eachDocumentHasAResult() throws YamlException {
    assertThat(check("")).isEmpty();
    assertThat(check("- {list: l, items: [a, 5]}\n---\n[]\n")).containsExactly("ok", "ok");
    assertThat(check("- {}\n---\nfoo\n"))
        .containsExactly("ok", "failed for <root>: Value type not permitted by 'type' constraint.");
  }

  @Test
  void scalarsAreWhatTheyLookLike() throws YamlException {
    assertThat(check("- {enabled: 'true', capture_duration: \" +05\", desc: 5, rule: ~}"))
        .first()
        .isEqualTo("failed for <root>[0][rule]: Value type not permitted by 'type' constraint.");
    assertThat(check("- {enabled: yes}")).hasSize(3);
    assertThat(check("- {capture_duration: 5.0}")).hasSize(3);
    assertThat(check("- {capture_duration: 99999999999999999999}")).hasSize(3);
  }

  @Test
  void keysAreScalarsAndNotTwice() throws YamlException {
    assertThat(check("- {rule: a, rule: b}")).first().asString().endsWith("constraints: ''.");
    assertThat(check("- {~ : b}")).first().asString().endsWith("constraints: 'null'.");
    assertThatThrownBy(() -> check("- {[a]: b}"))
        .hasMessage("yaml-cpp: error at line 1, column 4: bad conversion");
  }

  @Test
  void complaintsHaveALimit() throws YamlException {
    assertThat(check("- x\n".repeat(20_000))).hasSize(SchemaCheck.MAX_COMPLAINTS);
    assertThat(check("--- x\n".repeat(20_000))).hasSize(SchemaCheck.MAX_COMPLAINTS);
  }
}
