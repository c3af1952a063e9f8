package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.field.KernelFields;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rules that are switched on, and the system calls that are captured for them.
 *
 * @param rules in the order of their loading
 * @param interest system calls
 * @param kernelNames names of the rules that ask for what the kernel used of arguments
 */
record ActiveRules(List<Rule> rules, InterestSet interest, List<String> kernelNames) {
  private static final String SYSCALL = "syscall";

  /** What Falco prints, outside the log, when rules need what is not captured. */
  private static final String UNHEARD =
      """
      Loaded rules match syscalls that are not activated (e.g. were removed via config settings such \
      as no -A flag or negative base_syscalls elements) or unsupported with current configuration: \
      warning (unsupported-evttype): %s
      If syscalls in rules include high volume syscalls (-> activate via `-A` flag), else syscalls \
      may have been removed via base_syscalls option or might be associated with syscalls undefined \
      on your architecture (https://marcin.juszkiewicz.com.pl/download/tables/syscalls.html)
      """;

  /** Chooses them, and warns of rules that will not see all of their events. */
  static ActiveRules of(RuleSet all, Config config) {
    List<Rule> loaded = all.rules(SYSCALL);
    BitSet enabled =
        RuleSelection.enabled(loaded, config.rules().minimum(), config.rules().selection());
    List<Rule> rules = loaded.stream().filter(rule -> enabled.get(rule.index())).toList();
    BitSet wanted = new BitSet();
    rules.forEach(rule -> wanted.or(rule.syscalls()));
    List<String> kernelNames =
        rules.stream()
            .filter(rule -> KernelFields.anyOf(all.fields(rule)))
            .map(Rule::name)
            .toList();
    ActiveRules active =
        new ActiveRules(rules, InterestSet.choose(wanted, config.syscalls()), kernelNames);
    BitSet missing = InterestSet.minus(active.interest.rules(), active.interest.selected());
    if (!missing.isEmpty()) {
      Console.err(UNHEARD.formatted(SyscallNames.text(missing)));
      Log.warning("Rules that do not see all of their events: " + active.names(missing));
    }
    return active;
  }

  /** No rules, but all events of these system calls. */
  static ActiveRules ofEvents(BitSet syscalls, Config config) {
    InterestSet interest = InterestSet.choose(syscalls, config.syscalls());
    BitSet missing = InterestSet.minus(interest.rules(), interest.selected());
    if (!missing.isEmpty() && !InterestSet.isAll(syscalls)) {
      Log.warning("Not captured (see base_syscalls): " + SyscallNames.text(missing));
    }
    return new ActiveRules(List.of(), interest, List.of());
  }

  /** Names of the rules that need one of these system calls. */
  String names(BitSet codes) {
    List<String> names = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.syscalls().intersects(codes)) {
        names.add(rule.name());
      }
    }
    return String.join(", ", names);
  }

  /** One line for people. */
  String status() {
    return "Working with "
        + rules.size()
        + " rules on "
        + interest.selected().cardinality()
        + " system calls";
  }

  /** Tells, at level debug, which they are. */
  void log() {
    Log.debug(() -> "Enabled rules:");
    rules.forEach(rule -> Log.debug(() -> "   " + rule.name()));
    Log.debug(() -> "(" + rules.size() + ") enabled rules in total");
  }
}
