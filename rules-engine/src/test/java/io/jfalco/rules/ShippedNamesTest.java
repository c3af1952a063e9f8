package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.Macro;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleDetails;
import io.jfalco.rule.RuleFile;
import io.jfalco.rule.RuleList;
import io.jfalco.rule.RuleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The shipped rules can take the place of those of Falco's project: names that local files and
 * tools go by are there, and mean the same. What they say is their own.
 */
class ShippedNamesTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();
  private static final Pattern FIELD = Pattern.compile("%[a-z0-9_.]+(\\[[^]]*])?");

  private static RuleSet ours(String file) throws IOException {
    return ShippedRules.load(CATALOG, List.of(new RuleFile(file, ShippedRules.ours(file))));
  }

  private static RuleSet upstream(String file) throws IOException {
    return ShippedRules.load(CATALOG, List.of(new RuleFile(file, ShippedRules.upstream(file))));
  }

  @Test
  void loadTogetherWithoutComplaint() throws IOException {
    List<RuleFile> files = new ArrayList<>();
    int rules = 0;
    for (String file : ShippedRules.files()) {
      files.add(new RuleFile(file, ShippedRules.ours(file)));
      rules += ours(file).rules().size();
    }
    files.add(new RuleFile("local", ShippedRules.ours("falco_rules.local.yaml")));
    assertThat(ShippedRules.load(CATALOG, files).rules()).hasSize(rules);
  }

  /** The last file that defines a name decides for all of them. */
  @Test
  void sharedNamesMeanTheSameInAllFiles() throws IOException {
    Map<String, String> known = new HashMap<>();
    for (String file : ShippedRules.files()) {
      RuleSet set = ours(file);
      for (Macro macro : set.macros()) {
        String text = plain(macro.condition());
        String before = known.putIfAbsent("macro " + macro.name(), text);
        assertThat(before).as("macro %s in %s", macro.name(), file).isIn(null, text);
      }
      for (RuleList list : set.lists()) {
        String text = list.items().toString();
        String before = known.putIfAbsent("list " + list.name(), text);
        assertThat(before).as("list %s in %s", list.name(), file).isIn(null, text);
      }
    }
  }

  @Test
  void rulesHaveNamePriorityStateAndTagsOfUpstream() throws IOException {
    for (String file : ShippedRules.files()) {
      assertThat(keys(ours(file))).as(file).isEqualTo(keys(upstream(file)));
    }
  }

  private static Set<String> keys(RuleSet set) {
    Set<String> keys = new TreeSet<>();
    for (Rule rule : set.rules()) {
      keys.add(
          String.join(
              " | ",
              rule.name(),
              rule.priority().name(),
              String.valueOf(rule.enabled()),
              rule.source(),
              rule.tags().toString()));
    }
    return keys;
  }

  @Test
  void macrosAndListsOfUpstreamExist() throws IOException {
    for (String file : ShippedRules.files()) {
      RuleSet ours = ours(file);
      RuleSet upstream = upstream(file);
      assertThat(ours.macros().stream().map(Macro::name))
          .containsAll(upstream.macros().stream().map(Macro::name).toList());
      assertThat(ours.lists().stream().map(RuleList::name))
          .containsAll(upstream.lists().stream().map(RuleList::name).toList());
      assertThat(ours.requiredEngineVersion()).isEqualTo(upstream.requiredEngineVersion());
      assertThat(ours.requiredPlugins()).isEqualTo(upstream.requiredPlugins());
    }
  }

  @Test
  void outputsCarryTheFieldsOfUpstream() throws IOException {
    for (String file : ShippedRules.files()) {
      RuleSet upstream = upstream(file);
      for (Rule rule : ours(file).rules()) {
        assertThat(fields(rule))
            .as(rule.name())
            .containsAll(fields(upstream.find(rule.name()).orElseThrow()));
      }
    }
  }

  /** Fields with the key before them, as programs that read alerts look for them. */
  private static Set<String> fields(Rule rule) {
    Set<String> fields = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\S+=" + FIELD.pattern()).matcher(rule.output());
    while (matcher.find()) {
      fields.add(matcher.group());
    }
    return fields;
  }

  @Test
  void textsAreNotThoseOfUpstream() throws IOException {
    for (String file : ShippedRules.files()) {
      Map<String, String> theirs = texts(upstream(file));
      texts(ours(file))
          .forEach(
              (what, text) ->
                  assertThat(text).as("%s: %s", file, what).isNotEqualTo(theirs.get(what)));
    }
  }

  /** A macro of one comparison can hardly be written in two ways. */
  private static Map<String, String> texts(RuleSet set) {
    Map<String, String> texts = new HashMap<>();
    for (Rule rule : set.rules()) {
      RuleDetails details = set.details(rule);
      texts.put("description of " + rule.name(), plain(rule.description()));
      texts.put("condition of " + rule.name(), plain(details.condition()));
      texts.put("output of " + rule.name(), sentence(details.output()));
    }
    for (Macro macro : set.macros()) {
      if (Pattern.compile(" (and|or) ").matcher(macro.condition()).find()) {
        texts.put("macro " + macro.name(), plain(macro.condition()));
      }
    }
    return texts;
  }

  private static String plain(String text) {
    return text.replaceAll("[\\s'\"]+", "").toLowerCase(Locale.ROOT);
  }

  private static String sentence(String output) {
    return plain(output.substring(0, output.indexOf('|')));
  }
}
