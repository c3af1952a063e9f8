package io.jfalco.daemon;

import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.rule.Rule;
import java.util.BitSet;
import java.util.List;

/** Which of the loaded rules are enabled: by themselves, by priority, by the configuration. */
final class RuleSelection {
  private RuleSelection() {}

  /** Indexes (of {@link Rule#index}) of the rules that are enabled. */
  static BitSet enabled(List<Rule> rules, Priority minimum, List<Config.Selection> selection) {
    BitSet enabled = new BitSet();
    for (Rule rule : rules) {
      enabled.set(rule.index(), rule.enabled());
    }
    for (Config.Selection step : selection) {
      String what = step.enable() ? "Enabling" : "Disabling";
      step.rule().ifPresent(name -> Log.info(what + " rules with name: " + name));
      step.tag().ifPresent(tag -> Log.info(what + " rules with tag: " + tag));
      for (Rule rule : rules) {
        boolean named = step.rule().map(name -> matches(name, rule.name())).orElse(false);
        if (named || step.tag().map(rule.tags()::contains).orElse(false)) {
          enabled.set(rule.index(), step.enable());
        }
      }
    }
    for (Rule rule : rules) {
      if (rule.priority().compareTo(minimum) > 0) {
        enabled.clear(rule.index());
      }
    }
    return enabled;
  }

  /**
   * True when the whole text matches; {@code *} stands for any text. As in Falco, the text behind a
   * star is looked for at its first place only.
   */
  static boolean matches(String pattern, String text) {
    int at = 0;
    boolean floating = false;
    for (String part : pattern.split("\\*", -1)) {
      if (!part.isEmpty()) {
        int found = floating ? text.indexOf(part, at) : text.startsWith(part, at) ? at : -1;
        if (found < 0) {
          return false;
        }
        at = found + part.length();
      }
      floating = true;
    }
    return at == text.length() || pattern.endsWith("*");
  }
}
