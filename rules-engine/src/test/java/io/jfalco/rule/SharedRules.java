package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.FileReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The upstream rules, which lie beside the project. */
public final class SharedRules {
  static final LoadOptions OPTIONS = LoadOptions.of(FieldCatalog.standard());

  private SharedRules() {}

  static RuleFile file(String name) throws IOException {
    Path path =
        Path.of(System.getProperty("jfalco.root", ".."), "..", "shared", "rules", name).normalize();
    boolean present = Files.isRegularFile(path);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("%s is needed for this test", path).isTrue();
    }
    assumeTrue(present, path + " is needed for this test");
    return new RuleFile(name, Files.readAllBytes(path));
  }

  /** Loads some of them; skips the test when they are not there. */
  public static RuleSet load(String... names) throws IOException {
    List<RuleFile> files = new ArrayList<>();
    for (String name : names) {
      files.add(file(name));
    }
    LoadResult result = RuleLoader.load(files, OPTIONS);
    for (FileReport report : result.reports()) {
      assertThat(report.verbose()).isEqualTo(report.name() + ": Ok");
    }
    assertThat(result.failure()).isEmpty();
    return result.rules().orElseThrow();
  }
}
