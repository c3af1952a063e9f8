package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one check of several in a group that compare the same value with constants: {@code fd.name
 * = a or fd.name in (b, c) or fd.name startswith /d}, or the same with {@code and not}. Nothing but
 * checks that hold for any of their constants is merged, so for missing values and for fields with
 * several values the result is that of the single checks.
 */
final class SiblingChecks {
  /** Checks that may become one. */
  private record Subject(Reading reading, Class<?> kind) {}

  private record Check(Subject subject, Object alternatives) {}

  private final Map<Check, Condition> made = new HashMap<>();

  /** The parts of a group, with as few checks as can be. */
  List<Condition> merge(boolean and, List<Condition> parts) {
    Map<Object, List<Condition>> merged = new LinkedHashMap<>();
    for (Condition part : parts) {
      Subject subject = subject(and ? positive(part) : part);
      merged.computeIfAbsent(subject == null ? part : subject, k -> new ArrayList<>()).add(part);
    }
    if (merged.size() == parts.size()) {
      return parts;
    }
    List<Condition> result = new ArrayList<>();
    merged.forEach(
        (key, same) -> result.add(key instanceof Subject ? one(and, same) : same.get(0)));
    return result;
  }

  /** What a part of an {@code and} denies; null when it denies nothing. */
  private static Condition positive(Condition part) {
    return part instanceof Nodes.Not not ? not.part() : null;
  }

  private static Subject subject(Condition check) {
    if (check instanceof Nodes.BytesCheck text && text.matcher() instanceof TextAlternatives) {
      return new Subject(text.reading(), Nodes.BytesCheck.class);
    }
    if (check instanceof Nodes.AnyBytes text && text.matcher() instanceof TextAlternatives) {
      return new Subject(text.reading(), Nodes.AnyBytes.class);
    }
    if (check instanceof Nodes.NumberCheck number && number.matcher() instanceof LongSet) {
      return new Subject(number.reading(), Nodes.NumberCheck.class);
    }
    if (check instanceof Nodes.AnyNumber number && number.matcher() instanceof LongSet) {
      return new Subject(number.reading(), Nodes.AnyNumber.class);
    }
    return null;
  }

  private Condition one(boolean and, List<Condition> same) {
    if (same.size() == 1) {
      return same.get(0);
    }
    List<Condition> checks = and ? same.stream().map(SiblingChecks::positive).toList() : same;
    Condition check = one(checks);
    return and ? new Nodes.Not(check) : check;
  }

  private Condition one(List<Condition> checks) {
    Subject subject = subject(checks.get(0));
    Object alternatives = alternatives(checks);
    Check key = new Check(subject, alternatives);
    Condition known = made.get(key);
    if (known == null) {
      known = check(subject, alternatives);
      made.put(key, known);
    } else if (known instanceof SharedNode node) {
      node.share();
    }
    return known;
  }

  private static Object alternatives(List<Condition> checks) {
    Object all = matcher(checks.get(0));
    for (Condition check : checks.subList(1, checks.size())) {
      all =
          all instanceof TextAlternatives texts
              ? texts.or((TextAlternatives) matcher(check))
              : ((LongSet) all).or((LongSet) matcher(check));
    }
    return all;
  }

  private static Object matcher(Condition check) {
    if (check instanceof Nodes.BytesCheck text) {
      return text.matcher();
    }
    if (check instanceof Nodes.AnyBytes text) {
      return text.matcher();
    }
    return check instanceof Nodes.NumberCheck number
        ? number.matcher()
        : ((Nodes.AnyNumber) check).matcher();
  }

  private static Condition check(Subject subject, Object alternatives) {
    Reading reading = subject.reading();
    if (alternatives instanceof TextAlternatives texts) {
      return subject.kind() == Nodes.BytesCheck.class
          ? new Nodes.BytesCheck(reading, texts)
          : new Nodes.AnyBytes(reading, texts);
    }
    LongSet numbers = (LongSet) alternatives;
    return subject.kind() == Nodes.NumberCheck.class
        ? new Nodes.NumberCheck(reading, numbers)
        : new Nodes.AnyNumber(reading, numbers);
  }
}
