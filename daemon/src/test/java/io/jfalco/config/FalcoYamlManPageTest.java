package io.jfalco.config;

import io.jfalco.man.ManPages;
import io.jfalco.man.Roff;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** falco.yaml(5) is made of the same rows as the reference page. */
class FalcoYamlManPageTest {
  @Test
  void pageIsWhatTheKeysGenerate() throws Exception {
    ManPages.check("falco.yaml.5", page());
  }

  private static String page() {
    Roff roff =
        new Roff("falco.yaml", 5, "configuration of falco(8)")
            .section("Synopsis")
            .paragraph("`/etc/falco/falco.yaml`, `/etc/falco/config.d/*`")
            .section("Description")
            .paragraph(
                "A YAML file, whose keys are those of Falco 0.44. Another one is taken with `-c`"
                    + " FILE; `-o` KEY=VALUE sets one key, after all files.")
            .paragraph(
                "`${NAME}` in a value is replaced by the environment variable; `$${NAME}` stands for"
                    + " the text itself.")
            .paragraph(
                "A value of a wrong type counts as absent, and an unknown key is skipped; the log"
                    + " names each with line and column, and the key that may be meant.")
            .paragraph(
                "Types are `bool`, `integer`, `number`, `text`, `map` and `any`. `[]` behind a name"
                    + " is an entry of a list. The default holds when the key is in no file.");
    for (Map.Entry<String, String> section : ConfigKeys.sections().entrySet()) {
      roff.section(section.getKey());
      if (!section.getValue().isEmpty()) {
        roff.paragraph(section.getValue());
      }
      for (ConfigKey key : ConfigKeys.all().values()) {
        if (key.section().equals(section.getKey())) {
          roff.entry(term(key), key.text() + support(key));
        }
      }
    }
    merging(roff);
    roff.section("Keys of earlier versions")
        .paragraph(
            "Each is named in a warning with its place. Where a key of today took its place, that"
                + " gets the value, unless it is given too.");
    for (OldKeys.OldKey key : OldKeys.all().values()) {
      roff.entry("`" + key.name() + "`", "Up to Falco " + key.last() + ". " + taken(key));
    }
    return roff.section("See also").paragraph("`falco`(8), `falco_rules`(5)").page();
  }

  private static String term(ConfigKey key) {
    String absent = key.absent().isEmpty() ? "" : ", default " + key.absent();
    return "`" + key.name() + "` (" + key.type() + absent + ")";
  }

  private static String support(ConfigKey key) {
    return key.support().startsWith("yes") ? "" : " (Not supported yet: " + key.support() + ".)";
  }

  private static String taken(OldKeys.OldKey key) {
    String taken =
        key.replacements().isEmpty()
            ? ""
            : "Its value is taken for `" + String.join("` and `", key.replacements()) + "`: ";
    return taken + key.text() + ".";
  }

  private static void merging(Roff roff) {
    roff.section("How files are merged")
        .paragraph(
            "Files of `config_files` are merged in their order, those of a directory by name. The"
                + " `strategy` of an entry holds for keys of the top level, which are never merged"
                + " below it. An included file cannot include others.")
        .entry(
            "`append`", "Lists are joined; any other value replaces the one before. The default.")
        .entry("`override`", "The new value replaces the one before.")
        .entry("`add-only`", "Only keys that were not there yet are taken.");
  }
}
