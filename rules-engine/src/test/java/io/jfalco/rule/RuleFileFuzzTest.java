package io.jfalco.rule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.Json;
import java.util.List;

/** Whatever a rules file holds, loading it ends with a report that can be printed. */
class RuleFileFuzzTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.of(FieldCatalog.standard()).forValidation();

  @FuzzTest
  void loads(byte[] file) {
    LoadResult result = RuleLoader.load(List.of(new RuleFile("f.yaml", file)), OPTIONS);
    result
        .reports()
        .forEach(report -> Json.write(List.of(report.verbose(), report.summary(), report.json())));
    result.rules().map(RuleDescriptions::new).ifPresent(all -> Json.write(all.json()));
  }
}
