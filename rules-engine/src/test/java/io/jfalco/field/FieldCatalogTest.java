package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FieldCatalogTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();

  @Test
  void hasAllFieldsOfTheReference() throws IOException {
    Path facts = Path.of(System.getProperty("jfalco.root"), "../shared/facts/fields.tsv");
    if (!Files.exists(facts) && "true".equals(System.getenv("CI"))) {
      fail("%s is missing", facts);
    }
    assumeTrue(Files.exists(facts), facts + " is missing");
    List<String> differences = new ArrayList<>();
    for (String line : Files.readAllLines(facts).stream().skip(1).toList()) {
      String[] row = line.split("\t", -1);
      Optional<Field> field = CATALOG.find(row[0]);
      if (field.isEmpty()) {
        differences.add(row[0] + " is missing");
      } else if (!describe(field.get()).equals(row[1] + " " + row[2] + " " + argument(row[3]))) {
        differences.add(line + ": " + describe(field.get()));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String argument(String text) {
    return text.startsWith("required") ? "required" : "";
  }

  private static String describe(Field field) {
    String type = field.type().name().equals("DYN") ? "DYNAMIC" : field.type().name();
    String argument = field.is(FieldFlag.ARG_REQUIRED) ? "required" : "";
    return type + " " + field.is(FieldFlag.LIST) + " " + argument;
  }

  @Test
  void countsByFamily() {
    Map<String, Long> counts =
        CATALOG.fields().stream()
            .collect(
                Collectors.groupingBy(
                    field -> field.family().name() + field.family().title(),
                    Collectors.counting()));
    assertThat(counts)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("evtAll event types", 18L),
                Map.entry("evtSyscall events only", 58L),
                Map.entry("process", 90L),
                Map.entry("user", 6L),
                Map.entry("group", 2L),
                Map.entry("fd", 46L),
                Map.entry("fs.path", 6L),
                Map.entry("util", 1L),
                Map.entry("fdlist", 6L),
                Map.entry("container (plugin)", 61L),
                Map.entry("kernelJFalco only", 5L)));
  }

  @Test
  void everyFieldIsDescribed() {
    assertThat(CATALOG.fields())
        .allSatisfy(field -> assertThat(field.description()).isNotBlank().endsWith("."));
  }

  @Test
  void listsNames() {
    FieldListing listing = new FieldListing(CATALOG, List.of("syscall"));
    List<String> names = listing.names(Optional.empty()).lines().toList();
    assertThat(names).hasSize(207 + 61 + 5).contains("proc.name", "fd.net", "container.id");
    assertThat(names).doesNotContain("evt.dir", "evt.buflen.in", "util.cnt", "evt.outputtime");
    assertThat(listing.names(Optional.of("k8s_audit"))).doesNotContain("proc.name");
  }

  @Test
  void listsText() {
    String text = new FieldListing(CATALOG, List.of("syscall")).text(Optional.empty(), true);
    assertThat(text)
        .startsWith(
            """
            -------------------------------
            Field Class:                  evt (All event types)
            Description:                  These fields exist for the events of every source\s
            Event Sources:                syscall\s

            evt.num                       (Type: UINT64) running number of the event.\s
            """)
        .contains(
            "\nproc.aname                    (Type: CHARBUF)"
                + " (ARG_ALLOWED,EPF_NO_RHS,EPF_NO_TRANSFORMER) proc.name of")
        .contains(
            "\nproc.exe_ino.ctime_duration_pidns_start\n                              (Type: ")
        .contains("(EPF_NO_RHS,EPF_NO_TRANSFORMER,FILTER_ONLY) address of the client");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @Test
  void listsMarkdownAndJson() {
    FieldListing listing = new FieldListing(CATALOG, List.of("syscall"));
    assertThat(listing.markdown(Optional.of("syscall")))
        .contains("`proc.name` | CHARBUF | name of")
        .contains("`fd.types` | LIST(CHARBUF) | ");
    assertThat(listing.json(Optional.empty()))
        .startsWith("{\n  \"fieldclasses\": [\n    {\n      \"desc\": \"These fields")
        .contains("\"name\": \"container.mount.dest\"")
        .contains("\"argument\": {\n            \"required\": true,\n            \"type\": [\n");
    assertThat(listing.jsonNames(Optional.empty()))
        .startsWith("{\n  \"fieldnames\": [\n    \"evt.num\",\n");
  }

  @Test
  void takesMoreFields() {
    Field field =
        new FieldRows(new FieldFamily("static", "", "", List.of("syscall"), true))
            .text("static.team", "static value.", Extractors.NONE)
            .rows()
            .get(0);
    assertThat(CATALOG.with(List.of(field)).find("static.team")).contains(field);
  }
}
