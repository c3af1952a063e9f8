package io.jfalco.state;

/** Images, reused when nobody refers to them any more. */
final class ImageStore {
  private static final int SIZE = 200;
  private static final int MOST_FREE = 512;
  private static final int LARGE = 16384;
  private static final int FEW_ARGUMENTS = 256;

  private final FreeList<Image> free = new FreeList<>(Image::new, MOST_FREE);
  private final StateCounters counters;
  private final StateBudget budget;

  ImageStore(StateCounters counters, StateBudget budget) {
    this.counters = counters;
    this.budget = budget;
  }

  /** An image has been filled: where memory is short, some of it is left out. */
  void filled(Image image) {
    if (budget.isFull() && image.references == 1) {
      image.shorten(FEW_ARGUMENTS);
      counters.shortenedImages++;
    }
    int weight = SIZE + image.capacity();
    budget.add(weight - image.weight);
    image.weight = weight;
  }

  /** An empty image with one reference. */
  Image take() {
    Image image = free.take();
    image.reset();
    image.references = 1;
    return image;
  }

  /** One more reference to the image. */
  Image share(Image image) {
    image.references++;
    return image;
  }

  void release(Image image) {
    if (--image.references > 0) {
      return;
    }
    budget.add(-image.weight);
    image.weight = 0;
    if (image.capacity() > LARGE) {
      free.forget();
    } else {
      free.give(image);
    }
  }

  /** The thread's image to be changed: a copy when others share it. */
  Image own(ThreadInfo thread) {
    Image image = thread.image;
    if (image.references == 1) {
      return image;
    }
    Image copy = take();
    copy.copyFrom(image);
    release(image);
    thread.image = copy;
    return copy;
  }

  /** Images in use. */
  int used() {
    return free.used();
  }
}
