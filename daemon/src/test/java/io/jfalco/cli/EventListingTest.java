package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jfalco.issue.PrettyJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventListingTest {
  private final EventListing listing = new EventListing();

  @Test
  void textHasFalcosGroupsAndCounts() {
    List<String> lines = listing.text().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("The events below are valid for Falco *Schema Version*: 4.5.1");
    int tracepoints = lines.indexOf("## Tracepoint events");
    int plugins = lines.indexOf("## Plugin events");
    int meta = lines.indexOf("## Metaevents");
    assertThat(lines.get(1)).isEqualTo("## Syscall events");
    assertThat(count(lines.subList(0, tracepoints), "< ")).isEqualTo(434);
    assertThat(count(lines.subList(0, tracepoints), "> ")).isEqualTo(277);
    assertThat(count(lines.subList(tracepoints, plugins), "")).isEqualTo(4);
    assertThat(count(lines.subList(plugins, meta), "")).isEqualTo(1);
    assertThat(count(lines.subList(meta, lines.size()), "")).isEqualTo(13);
    assertThat(lines)
        .contains(
            "< chdir(ERRNO **res**, CHARBUF **path**)",
            "> acct(SYSCALLID **ID**, UINT16 **nativeID**)",
            "< shutdown(ERRNO **res**, FD **fd**, ENUMFLAGS8 **how**: SHUT_UNKNOWN,"
                + " SHUT_RDWR, SHUT_WR, SHUT_RD)");
  }

  private static long count(List<String> lines, String start) {
    return lines.stream()
        .filter(line -> line.startsWith("< ") || line.startsWith("> "))
        .filter(line -> line.startsWith(start))
        .count();
  }

  @Test
  void markdownIsATable() {
    assertThat(listing.markdown())
        .contains("Default | Dir | Name | Params \n:-------|:----|:-----|:-----\n")
        .contains("Yes | `<` | `chdir` | ERRNO **res**, CHARBUF **path**\n")
        .contains("No | `<` | `read` | ")
        .contains("ENUMFLAGS8 **how**: *SHUT_UNKNOWN*, *SHUT_RDWR*, *SHUT_WR*, *SHUT_RD*\n");
  }

  @Test
  void jsonHoldsTheSame() throws Exception {
    String text = PrettyJson.write(listing.json());
    assertThat(text).startsWith("{\n  \"Metaevents\": [\n    {\n      \"available\": true,");
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.get("schema_version").asText()).isEqualTo("4.5.1");
    assertThat(json.get("Syscall events")).hasSize(711);
  }
}
