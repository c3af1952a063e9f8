package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Operator;
import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Texts of which one must be the value, begin it, end it or be in it. Two of them that are joined
 * by {@code or} are one again. Immutable; equal when the texts are.
 */
final class TextAlternatives implements BytesMatcher, Alternatives {
  /** So few texts are compared one by one. */
  private static final int FEW = 3;

  private final Map<TextPlace, Set<String>> texts;
  private final BytesMatcher[] matchers;

  private TextAlternatives(Map<TextPlace, Set<String>> texts) {
    this.texts = texts;
    List<BytesMatcher> made = new ArrayList<>();
    texts.forEach((place, some) -> made.add(matcher(place, bytes(some))));
    matchers = made.toArray(new BytesMatcher[0]);
  }

  /** What an operator with these constants, any of which may hold, asks for; empty if not this. */
  static Optional<TextAlternatives> of(Operator operator, List<byte[]> constants) {
    Optional<TextPlace> place = place(operator);
    if (place.isEmpty() || constants.isEmpty()) {
      return Optional.empty();
    }
    Set<String> set = new LinkedHashSet<>();
    constants.forEach(text -> set.add(new String(text, StandardCharsets.ISO_8859_1)));
    Map<TextPlace, Set<String>> texts = new EnumMap<>(TextPlace.class);
    texts.put(place.get(), set);
    return Optional.of(new TextAlternatives(texts));
  }

  private static Optional<TextPlace> place(Operator operator) {
    return switch (operator) {
      case EQ, EQ2, IN, INTERSECTS -> Optional.of(TextPlace.WHOLE);
      case STARTSWITH, BSTARTSWITH -> Optional.of(TextPlace.START);
      case ENDSWITH -> Optional.of(TextPlace.END);
      case CONTAINS, BCONTAINS -> Optional.of(TextPlace.ANYWHERE);
      default -> Optional.empty();
    };
  }

  private static List<byte[]> bytes(Collection<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  private static BytesMatcher matcher(TextPlace place, List<byte[]> texts) {
    if (place == TextPlace.WHOLE && texts.size() > 1) {
      return new ByteSet(texts);
    }
    if (texts.size() > FEW && texts.stream().mapToLong(t -> t.length).sum() < ByteTrie.MOST_BYTES) {
      ByteTrie trie = new ByteTrie(place, texts, new int[texts.size()]);
      return trie::matches;
    }
    BytesMatcher[] single = texts.stream().map(t -> single(place, t)).toArray(BytesMatcher[]::new);
    return single.length == 1 ? single[0] : value -> any(single, value);
  }

  private static BytesMatcher single(TextPlace place, byte[] text) {
    return TextMatchers.of(
        switch (place) {
          case WHOLE -> Operator.EQ;
          case START -> Operator.STARTSWITH;
          case END -> Operator.ENDSWITH;
          case ANYWHERE -> Operator.CONTAINS;
        },
        text);
  }

  @Override
  public TextAlternatives or(Alternatives other) {
    Map<TextPlace, Set<String>> all = new EnumMap<>(TextPlace.class);
    texts.forEach((place, some) -> all.put(place, new LinkedHashSet<>(some)));
    ((TextAlternatives) other)
        .texts.forEach(
            (place, some) -> all.computeIfAbsent(place, p -> new LinkedHashSet<>()).addAll(some));
    return new TextAlternatives(all);
  }

  @Override
  public Optional<Alternatives> necessary() {
    return Optional.of(this);
  }

  /** Bytes of all texts. */
  long size() {
    return texts.values().stream().flatMap(Set::stream).mapToLong(String::length).sum();
  }

  /** The texts for a place. */
  List<byte[]> texts(TextPlace place) {
    return bytes(texts.getOrDefault(place, Set.of()));
  }

  @Override
  public boolean matches(Bytes value) {
    return any(matchers, value);
  }

  private static boolean any(BytesMatcher[] matchers, Bytes value) {
    for (BytesMatcher matcher : matchers) {
      if (matcher.matches(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextAlternatives alternatives && texts.equals(alternatives.texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }
}
