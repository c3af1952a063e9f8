package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FigureBoardTest {
  private final AtomicInteger made = new AtomicInteger();
  private final FigureBoard<Integer> board = new FigureBoard<>(made::incrementAndGet);

  @Test
  void figuresAreMadeOnlyWhenSomebodyAsks() {
    for (int i = 0; i < 100; i++) {
      board.serve();
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void theLoopMakesThem() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread loop =
        new Thread(
            () -> {
              while (!stop.get()) {
                board.serve();
                Thread.onSpinWait();
              }
            });
    loop.start();
    try {
      int first = board.fresh();
      assertThat(first).isGreaterThan(1);
      assertThat(board.fresh()).isGreaterThan(first);
    } finally {
      stop.set(true);
      loop.join();
    }
  }

  @Test
  void aLoopThatHangsLeavesTheLastOnes() {
    assertThat(board.fresh()).isEqualTo(1);
  }
}
