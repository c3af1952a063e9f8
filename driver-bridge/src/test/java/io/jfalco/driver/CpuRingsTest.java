package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class CpuRingsTest {
  private static String layout(int possible, String online, int cpusForEachBuffer) {
    CpuRings rings = CpuRings.group(possible, CpuRings.parse(online), cpusForEachBuffer);
    StringBuilder text = new StringBuilder().append(rings.rings()).append(':');
    for (int cpu = 0; cpu < possible; cpu++) {
      text.append(' ').append(rings.ringOf(cpu));
    }
    return text.toString();
  }

  @Test
  void groupsCpus() {
    assertThat(layout(4, "0-3", 1)).isEqualTo("4: 0 1 2 3");
    assertThat(layout(4, "0-3", 2)).isEqualTo("2: 0 0 1 1");
    assertThat(layout(5, "0-4", 2)).isEqualTo("3: 0 0 1 1 2");
    assertThat(layout(4, "0-3", 0)).isEqualTo("1: 0 0 0 0");
    assertThat(layout(4, "0-3", 100)).isEqualTo("1: 0 0 0 0");
    assertThat(layout(1, "0", 2)).isEqualTo("1: 0");
  }

  @Test
  void cpusThatAreOffShareTheRingsOfTheOthers() {
    assertThat(layout(8, "0-1,6", 1)).isEqualTo("3: 0 1 2 0 1 2 2 1");
    assertThat(layout(4, "0-1", 2)).isEqualTo("1: 0 0 0 0");
  }

  @Test
  void parsesRanges() {
    BitSet expected = new BitSet();
    expected.set(0);
    expected.set(2, 5);
    expected.set(7);
    assertThat(CpuRings.parse("0,2-4,7")).isEqualTo(expected);
  }

  @Test
  void thisHostHasCpus() {
    assertThat(CpuRings.online(4096).cardinality()).isPositive();
  }
}
