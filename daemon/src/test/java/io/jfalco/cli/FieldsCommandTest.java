package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jfalco.field.FieldCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsCommandTest {
  private static String list(String... arguments) throws UsageException {
    return new FieldsCommand(FieldCatalog.standard(), Options.parse(arguments)).text();
  }

  @Test
  void textHasFamiliesWithTheirFieldsBelow() throws Exception {
    String text = list("--list=syscall");
    assertThat(text)
        .contains("-------------------------------\nField Class:                  process")
        .contains("\nEvent Sources:                syscall \n\n")
        .containsPattern("\nevt\\.arg {23}\\(ARG_REQUIRED\\) ")
        .containsPattern("\nproc\\.name {21}[a-z]");
    assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(121);
  }

  @Test
  void verboseShowsTypes() throws Exception {
    assertThat(list("--list", "-v")).containsPattern("\nproc\\.pid {22}\\(Type: PID|INT64\\) ");
  }

  @Test
  void namesStandAlone() throws Exception {
    List<String> names = list("--list", "-N").lines().toList();
    assertThat(names)
        .contains("evt.num", "proc.name", "fd.name", "container.id")
        .doesNotContain("evt.dir", "evt.latency", "evt.buflen.in", "evt.outputtime")
        .doesNotHaveDuplicates();
    JsonNode json =
        new ObjectMapper().readTree(list("--list", "-N", "--format", "json")).get("fieldnames");
    assertThat(json).hasSameSizeAs(names);
  }

  @Test
  void jsonTellsTypesAndArguments() throws Exception {
    JsonNode json = new ObjectMapper().readTree(list("--list", "--format", "json"));
    JsonNode aname = null;
    JsonNode types = null;
    for (JsonNode family : json.get("fieldclasses")) {
      for (JsonNode field : family.get("fields")) {
        aname = field.get("name").asText().equals("proc.aname") ? field : aname;
        types = field.get("name").asText().equals("fd.types") ? field : types;
      }
    }
    assertThat(aname).isNotNull();
    assertThat(aname.get("type").asText()).isEqualTo("CHARBUF");
    assertThat(aname.get("argument").get("required").asBoolean()).isFalse();
    assertThat(types).isNotNull();
    assertThat(types.get("is_list").asBoolean()).isTrue();
  }

  @Test
  void markdownIsATable() throws Exception {
    assertThat(list("--list", "--markdown"))
        .contains("## Field Class: process\n")
        .contains("Name | Type | Description\n:----|:-----|:-----------\n")
        .contains("`fd.types` | LIST(CHARBUF) | ");
  }

  @Test
  void unknownSourceIsRefused() {
    assertThatThrownBy(() -> list("--list=k8s_audit"))
        .isInstanceOf(UsageException.class)
        .hasMessage("Value for --list must be a valid source type");
  }
}
