package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what conditions have in common, and makes filters of it. */
final class FilterFactory {
  /** Shared parts that are tested before the conditions themselves, at most. */
  private static final int MOST_SHARED = 8;

  /** A look at a value must answer so many different checks to be worth it. */
  private static final int FEWEST_CHECKS = 3;

  /** The same where their results are kept for the process. */
  private static final int FEWEST_KEPT_CHECKS = 12;

  private record Subject(Reading reading, boolean anyValue) {}

  /** A part with the numbers of the conditions that need it. */
  private record Shared(Condition part, List<Integer> users) {
    int cost() {
      if (part instanceof KnownNode || part instanceof Nodes.NumberCheck) {
        return 1;
      }
      return part instanceof Nodes.Or ? 3 : 2;
    }
  }

  private final int words;
  private final Map<Condition, Shared> parts = new LinkedHashMap<>();
  private final Map<Subject, Map<Integer, TextAlternatives>> texts = new LinkedHashMap<>();
  private final Map<Subject, Long> sizes = new HashMap<>();
  private final Map<Subject, Map<Integer, LongSet>> numbers = new LinkedHashMap<>();

  private FilterFactory(int words) {
    this.words = words;
  }

  /** Filters for these conditions, in the order in which they are best applied. */
  static Filter[] filters(List<Condition> conditions) {
    FilterFactory factory = new FilterFactory(ConditionSets.words(conditions.size()));
    for (int i = 0; i < conditions.size(); i++) {
      Set<Condition> needed = new LinkedHashSet<>();
      collect(conditions.get(i), needed);
      for (Condition part : needed) {
        factory.add(part, i);
      }
    }
    return factory.make();
  }

  /** The parts that must all hold for a condition to hold. */
  private static void collect(Condition condition, Set<Condition> needed) {
    if (condition instanceof Nodes.And and) {
      for (Condition part : and.parts()) {
        collect(part, needed);
      }
    } else if (condition instanceof KnownNode known && known.part() instanceof Nodes.And and) {
      for (Condition part : and.parts()) {
        collect(part instanceof KnownNode ? part : known.sibling(part), needed);
      }
    } else {
      needed.add(condition);
    }
  }

  private void add(Condition part, int number) {
    Condition check = part instanceof KnownNode known ? known.part() : part;
    if (!(check instanceof Nodes.Not)) {
      parts.computeIfAbsent(part, p -> new Shared(p, new ArrayList<>())).users().add(number);
    }
    if (check instanceof Nodes.BytesCheck text) {
      addText(new Subject(text.reading(), false), text.matcher(), number);
    } else if (check instanceof Nodes.AnyBytes text) {
      addText(new Subject(text.reading(), true), text.matcher(), number);
    } else if (check instanceof Nodes.NumberCheck one) {
      addNumber(new Subject(one.reading(), false), one.matcher(), number);
    } else if (check instanceof Nodes.AnyNumber any) {
      addNumber(new Subject(any.reading(), true), any.matcher(), number);
    }
  }

  /** Of several checks that a condition makes of one value, the first is as good as any. */
  private void addText(Subject subject, BytesMatcher matcher, int number) {
    if (matcher instanceof TextAlternatives alternatives
        && sizes.merge(subject, alternatives.size(), Long::sum) < ByteTrie.MOST_BYTES) {
      texts.computeIfAbsent(subject, s -> new TreeMap<>()).putIfAbsent(number, alternatives);
    }
  }

  private void addNumber(Subject subject, NumberMatcher matcher, int number) {
    if (matcher instanceof LongSet set) {
      numbers.computeIfAbsent(subject, s -> new TreeMap<>()).putIfAbsent(number, set);
    }
  }

  private Filter[] make() {
    List<Filter> filters = new ArrayList<>();
    parts.values().stream()
        .filter(part -> part.users().size() > 1)
        .sorted(
            Comparator.comparingInt(Shared::cost).thenComparingInt(part -> -part.users().size()))
        .limit(MOST_SHARED)
        .forEach(
            part ->
                filters.add(new Filter.Shared(part.part(), ConditionSets.of(part.users(), words))));
    numbers.forEach(
        (subject, checks) -> {
          if (isWorth(subject, checks)) {
            filters.add(new NumberFilter(subject.reading(), subject.anyValue(), checks, words));
          }
        });
    texts.entrySet().stream()
        .filter(entry -> isWorth(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
        .forEach(
            entry ->
                filters.add(
                    new TextFilter(
                        entry.getKey().reading(),
                        entry.getKey().anyValue(),
                        entry.getValue(),
                        words)));
    return filters.toArray(new Filter[0]);
  }

  private static boolean isWorth(Subject subject, Map<Integer, ?> checks) {
    int different = Set.copyOf(checks.values()).size();
    boolean kept = subject.reading().dependence() != Dependence.EVENT;
    return different >= (kept ? FEWEST_KEPT_CHECKS : FEWEST_CHECKS);
  }
}
