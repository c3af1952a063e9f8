package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FdTableTest {
  @Test
  void behavesLikeAMap() {
    FdTable table = new FdTable();
    Map<Long, FdInfo> model = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long number = random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(40);
      if (random.nextBoolean()) {
        FdInfo fd = new FdInfo();
        fd.number = (int) number;
        assertThat(table.put(number, fd)).isSameAs(model.put(number, fd));
      } else {
        assertThat(table.remove(number)).isSameAs(model.remove(number));
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    model.forEach((number, fd) -> assertThat(table.get(number)).isSameAs(fd));
    int[] visited = {0};
    table.forEach(fd -> visited[0]++);
    assertThat(visited[0]).isEqualTo(model.size());
    table.clear();
    assertThat(table.size()).isZero();
    assertThat(table.get(3)).isNull();
    assertThat(table.get(-1)).isNull();
  }
}
