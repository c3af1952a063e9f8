package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.FileReport;
import io.jfalco.rule.LoadOptions;
import io.jfalco.rule.LoadResult;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleLoader;
import io.jfalco.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rules files of {@code etc/falco}, and those of Falco's project beside this one. */
final class ShippedRules {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root"));
  private static final Path OURS = ROOT.resolve("etc/falco");
  private static final Path CASES =
      ROOT.resolve("rules-engine/src/test/resources/io/jfalco/rules/cases");

  private ShippedRules() {}

  /** Names of the rules files that are shipped, the stable ones first, as they are to be loaded. */
  static List<String> files() throws IOException {
    try (Stream<Path> list = Files.list(OURS)) {
      return list.map(file -> file.getFileName().toString())
          .filter(name -> name.matches("falco(-[a-z]+)?_rules\\.yaml"))
          .sorted((a, b) -> a.replace('_', ' ').compareTo(b.replace('_', ' ')))
          .toList();
    }
  }

  /** Directory of the cases for a rules file: named after the set. */
  static Path cases(String file) {
    String set = file.replaceAll("^falco-?|_rules\\.yaml$", "");
    return CASES.resolve(set.isEmpty() ? "stable" : set);
  }

  /** The processes that every host has. */
  static Path host() {
    return CASES.resolve("host.yaml");
  }

  /** The domain names that rules ask about, with addresses. */
  static Path names() {
    return CASES.resolve("names.yaml");
  }

  static byte[] ours(String name) throws IOException {
    return Files.readAllBytes(OURS.resolve(name));
  }

  /** A file of Falco's project; skips the test when it is not there. */
  static byte[] upstream(String name) throws IOException {
    Path file = ROOT.resolve("../shared/rules").resolve(name).normalize();
    boolean present = Files.isRegularFile(file);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("%s is needed for this test", file).isTrue();
    }
    assumeTrue(present, file + " is needed for this test");
    return Files.readAllBytes(file);
  }

  /** Loads files, none of which may raise an error or a warning. */
  static RuleSet load(FieldCatalog catalog, List<RuleFile> files) {
    LoadResult result = RuleLoader.load(files, LoadOptions.of(catalog));
    List<String> reports = new ArrayList<>();
    List<String> clean = new ArrayList<>();
    for (FileReport report : result.reports()) {
      reports.add(report.verbose());
      clean.add(report.name() + ": Ok");
    }
    assertThat(reports).isEqualTo(clean);
    assertThat(result.failure()).isEmpty();
    return result.rules().orElseThrow();
  }
}
