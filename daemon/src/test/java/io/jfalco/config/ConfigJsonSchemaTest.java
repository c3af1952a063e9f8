package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ConfigJsonSchemaTest {
  private final JsonNode schema = new ObjectMapper().valueToTree(ConfigJsonSchema.json());

  @Test
  void everyKeyIsInItWithItsType() {
    for (ConfigKey key : ConfigKeys.all().values()) {
      JsonNode node = schema;
      for (String step : key.name().split("\\.")) {
        node = node.path("properties").path(step.replace("[]", ""));
        if (step.endsWith("[]")) {
          assertThat(node.path("type").asText()).as(key.name()).isEqualTo("array");
          node = node.path("items");
        }
      }
      String type =
          switch (key.type()) {
            case "bool" -> "boolean";
            case "text" -> "string";
            case "any" ->
                ConfigKeys.all().keySet().stream()
                        .anyMatch(other -> other.startsWith(key.name() + "."))
                    ? "object"
                    : "";
            case "map" -> "object";
            default -> key.type();
          };
      assertThat(node.isObject()).as(key.name()).isTrue();
      assertThat(node.path("type").asText()).as(key.name()).isEqualTo(type);
    }
  }

  @Test
  void objectsTakeNoOtherKeys() {
    assertThat(schema.path("$schema").asText()).contains("draft-06");
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    JsonNode bpf = schema.at("/properties/engine/properties/modern_ebpf");
    assertThat(bpf.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.at("/properties/rules/items/properties/enable/properties/tag/type").asText())
        .isEqualTo("string");
  }
}
