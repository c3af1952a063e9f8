package io.jfalco.event;

/** How a number prints in {@code evt.args}. */
public enum PrintFormat {
  NA,
  DEC,
  HEX,
  PADDED_DEC_10,
  ID,
  DIR,
  OCT;

  static PrintFormat parse(String text) {
    return text.equals("10_PADDED_DEC") ? PADDED_DEC_10 : valueOf(text);
  }
}
