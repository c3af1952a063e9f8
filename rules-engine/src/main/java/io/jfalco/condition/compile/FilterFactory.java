package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds what conditions have in common, and makes filters of it. */
final class FilterFactory {
  /** Shared parts that are tested before the conditions themselves, at most. */
  private static final int MOST_SHARED = 8;

  /** A shared part must belong to one of so many conditions. */
  private static final int FEWEST_SHARE = 20;

  /** One look at a value must answer so many different checks to be worth it. */
  private static final int FEWEST_CHECKS = 3;

  /** A part with the numbers of the conditions that need it. */
  private record Shared(Condition part, List<Integer> users) {
    int cost() {
      if (part instanceof KnownNode || part instanceof Nodes.NumberCheck) {
        return 1;
      }
      return part instanceof Nodes.Or ? 3 : 2;
    }
  }

  /** What conditions require of subjects, by their numbers. */
  private static final class Checks {
    private final Map<Subject, Map<Integer, Alternatives>> checks = new LinkedHashMap<>();
    private long size;

    void add(Requirement requirement, int number) {
      for (Alternatives all : requirement.checks().values()) {
        size += all instanceof TextAlternatives texts ? texts.size() : 0;
      }
      if (size < ByteTrie.MOST_BYTES) {
        requirement
            .checks()
            .forEach(
                (subject, all) ->
                    checks.computeIfAbsent(subject, s -> new TreeMap<>()).putIfAbsent(number, all));
      }
    }
  }

  private final int count;
  private final int words;
  private final Map<Condition, Shared> parts = new LinkedHashMap<>();
  private final Checks single = new Checks();
  private final Map<Integer, Requirement> choices = new TreeMap<>();

  private FilterFactory(int count) {
    this.count = count;
    this.words = ConditionSets.words(count);
  }

  /** Filters for these conditions. */
  static Filter[] filters(List<Condition> conditions) {
    FilterFactory factory = new FilterFactory(conditions.size());
    for (int i = 0; i < conditions.size(); i++) {
      factory.add(conditions.get(i), i);
    }
    return factory.make();
  }

  private void add(Condition condition, int number) {
    Set<Condition> needed = new LinkedHashSet<>();
    collect(condition, needed);
    for (Condition part : needed) {
      if (!(part instanceof Nodes.Not)) {
        parts.computeIfAbsent(part, p -> new Shared(p, new ArrayList<>())).users().add(number);
      }
      Optional<Requirement> required = Requirement.of(part);
      if (required.isPresent() && required.get().checks().size() == 1) {
        single.add(required.get(), number);
      } else if (required.isPresent()) {
        choices.putIfAbsent(number, required.get());
      }
    }
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

  private Filter[] make() {
    Map<Dependence, List<Filter>> filters = new EnumMap<>(Dependence.class);
    for (Dependence dependence : Dependence.values()) {
      filters.put(dependence, shared(dependence));
    }
    Set<Integer> found = new HashSet<>();
    single.checks.forEach(
        (subject, checks) -> {
          if (Set.copyOf(checks.values()).size() >= FEWEST_CHECKS) {
            filters.get(subject.reading().dependence()).add(lookup(subject, checks));
            found.addAll(checks.keySet());
          }
        });
    List<Filter> made = filters.get(Dependence.EVENT);
    for (Dependence kept : List.of(Dependence.PROCESS, Dependence.LINEAGE)) {
      if (!filters.get(kept).isEmpty()) {
        made.add(new KeptFilter(Filter.All.of(filters.get(kept), words), kept));
      }
    }
    Checks open = new Checks();
    choices.forEach(
        (number, requirement) -> {
          if (!found.contains(number)) {
            open.add(requirement, number);
          }
        });
    if (!open.checks.isEmpty()) {
      made.add(choice(open));
    }
    return made.toArray(new Filter[0]);
  }

  /** Filters of the parts that most conditions share. */
  private List<Filter> shared(Dependence dependence) {
    int fewest = Math.max(2, count / FEWEST_SHARE);
    List<Filter> filters = new ArrayList<>();
    parts.values().stream()
        .filter(part -> Dependence.of(part.part()) == dependence)
        .filter(part -> part.users().size() >= fewest)
        .sorted(
            Comparator.comparingInt(Shared::cost).thenComparingInt(part -> -part.users().size()))
        .limit(MOST_SHARED)
        .map(part -> new Filter.Shared(part.part(), ConditionSets.of(part.users(), words)))
        .forEach(filters::add);
    return filters;
  }

  private Filter choice(Checks open) {
    Set<Integer> numbers = new LinkedHashSet<>();
    List<Filter> filters = new ArrayList<>();
    open.checks.forEach(
        (subject, checks) -> {
          numbers.addAll(checks.keySet());
          Filter filter = lookup(subject, checks);
          Dependence dependence = subject.reading().dependence();
          boolean kept = dependence != Dependence.EVENT;
          filters.add(kept ? new KeptFilter(filter, dependence) : filter);
        });
    return new Filter.Choice(filters.toArray(new Filter[0]), ConditionSets.of(numbers, words));
  }

  private Filter lookup(Subject subject, Map<Integer, Alternatives> checks) {
    Alternatives kind = checks.values().iterator().next();
    if (kind instanceof TextAlternatives) {
      return new TextFilter(subject, all(checks, TextAlternatives.class), words);
    }
    return kind instanceof LongSet
        ? new NumberFilter(subject, all(checks, LongSet.class), words)
        : new NetworkFilter(subject, all(checks, NetworkSet.class), words);
  }

  private static <T> Map<Integer, T> all(Map<Integer, Alternatives> checks, Class<T> kind) {
    Map<Integer, T> all = new TreeMap<>();
    checks.forEach((number, each) -> all.put(number, kind.cast(each)));
    return all;
  }
}
