package io.jfalco.condition.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListSubstitutionTest {
  private static final ListSubstitution.Items LIST =
      ListSubstitution.Items.of("l", List.of("a", "b c", "'d e'", "\"47.240.167.128\""));
  private static final ListSubstitution.Items EMPTY = ListSubstitution.Items.of("l", List.of());

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          proc.name in (l) -> proc.name in ( a, "b c", 'd e', "47.240.167.128" )
          proc.name in (x, l, y) -> proc.name in (x, a, "b c", 'd e', "47.240.167.128" , y)
          proc.name=l -> proc.name= a, "b c", 'd e', "47.240.167.128"\
          """)
  void putsItemsInPlaceOfTheName(String condition, String expected) {
    assertThat(ListSubstitution.substitute(condition, LIST).strip()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          proc.name in (l) -> proc.name in (  )
          proc.name in (l, x) -> proc.name in (   x)
          proc.name in (x, l) -> proc.name in (x  )
          proc.name in (x, l, y) -> proc.name in (x  , y)
          """)
  void anEmptyListTakesItsCommaAlong(String condition, String expected) {
    assertThat(ListSubstitution.substitute(condition, EMPTY)).isEqualTo(expected);
  }

  @Test
  void onlyWholeWordsAreNames() {
    String condition = "proc.name in (\"l\", ll, /l, l.x) and l[1] and xl";
    assertThat(ListSubstitution.substitute(condition, LIST)).isSameAs(condition);
  }

  @Test
  void replacesEveryOccurrenceOnce() {
    ListSubstitution.Items self = ListSubstitution.Items.of("l", List.of("l", "l"));
    assertThat(ListSubstitution.substitute("l (l) l", self)).isEqualTo("l, l ( l, l ) l, l ");
    assertThat(ListSubstitution.substitute("(l l=l", self)).isEqualTo("( l, l l, l = l, l ");
  }

  @Test
  void growthIsLimited() {
    ListSubstitution.Items large =
        ListSubstitution.Items.of("l", List.of("x".repeat(ListSubstitution.MAX_LENGTH / 2)));
    assertThatThrownBy(() -> ListSubstitution.substitute("(l l l)", large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exceeds");
  }
}
