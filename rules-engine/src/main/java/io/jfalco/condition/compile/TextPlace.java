package io.jfalco.condition.compile;

/** Where in a value a text must be. */
enum TextPlace {
  /** It is the value. */
  WHOLE,
  START,
  END,
  ANYWHERE
}
