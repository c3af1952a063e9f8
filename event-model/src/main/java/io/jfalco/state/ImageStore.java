package io.jfalco.state;

/** Images, reused when nobody refers to them any more. */
final class ImageStore {
  private final FreeList<Image> free = new FreeList<>(Image::new);

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
    if (--image.references == 0) {
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
