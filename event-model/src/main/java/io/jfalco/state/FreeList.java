package io.jfalco.state;

import java.util.Arrays;
import java.util.function.Supplier;

/** Objects that wait to be used again; makes new ones, many at a time, when there are none. */
final class FreeList<T> {
  private static final int SLAB = 64;

  private final Supplier<T> maker;
  private Object[] free = new Object[SLAB];
  private int size;
  private int used;

  FreeList(Supplier<T> maker) {
    this.maker = maker;
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
    if (size == free.length) {
      free = Arrays.copyOf(free, size * 2);
    }
    free[size++] = object;
  }
}
