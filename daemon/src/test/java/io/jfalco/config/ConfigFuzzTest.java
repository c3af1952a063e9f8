package io.jfalco.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever falco.yaml, {@code -o} and the environment hold: a configuration, or one mistake for the
 * user.
 */
class ConfigFuzzTest {
  /** Behind a line of these come options, one on each line. */
  private static final String OPTIONS = "\n%%\n";

  @FuzzTest
  void reads(byte[] input) {
    String[] parts = new String(input, StandardCharsets.ISO_8859_1).split(OPTIONS, 2);
    List<String> options =
        parts.length == 1 ? List.of() : new ArrayList<>(Arrays.asList(parts[1].split("\n")));
    try {
      ConfigText.Document document =
          ConfigText.read(parts[0].getBytes(StandardCharsets.ISO_8859_1), name -> name + name);
      ConfigTree tree = ConfigTree.of(document.root());
      ConfigRemarks remarks = new ConfigRemarks();
      remarks.addFile("falco.yaml", tree, document, ConfigTree.Strategy.APPEND);
      for (String option : options) {
        tree.apply(option);
        remarks.addOption(option);
      }
      List<String> warnings = new ArrayList<>(remarks.complete(tree));
      ConfigDump.of(tree);
      tree.values();
      new ConfigMapping(tree, "falco.yaml", () -> true, warnings::add).config();
    } catch (ConfigException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new IllegalStateException("a mistake that is not told", e);
      }
    }
  }
}
