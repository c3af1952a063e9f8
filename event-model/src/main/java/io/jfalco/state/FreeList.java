package io.jfalco.state;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Objects that wait to be used again, a bounded number of them; makes new ones, many at a time,
 * when there are none.
 */
final class FreeList<T> {
  private static final int SLAB = 64;

  private final Supplier<T> maker;
  private final int most;
  private Object[] free = new Object[SLAB];
  private int size;
  private int used;

  /** Keeps at most so many objects. */
  FreeList(Supplier<T> maker, int most) {
    this.maker = maker;
    this.most = most;
  }

  /** Objects handed out and not given back. */
  int used() {
    return used;
  }

  @SuppressWarnings("unchecked") // the array only ever holds T
  T take() {
    if (size == 0) {
      for (int i = 0; i < SLAB; i++) {
        free[i] = maker.get();
      }
      size = SLAB;
    }
    used++;
    size--;
    T object = (T) free[size];
    free[size] = null;
    return object;
  }

  /** One object that was handed out will not come back. */
  void forget() {
    used--;
  }

  void give(T object) {
    used--;
    if (size >= most) {
      return;
    }
    if (size == free.length) {
      free = Arrays.copyOf(free, size * 2);
    }
    free[size++] = object;
  }
}
