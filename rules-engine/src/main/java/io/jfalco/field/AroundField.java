package io.jfalco.field;

import io.jfalco.state.EventContext;

/**
 * {@code evt.around}: as in Falco, only a comparison with {@code =} means anything, and nothing has
 * a value: {@code exists} never matches.
 *
 * @param time in nanoseconds since 1970, unsigned
 */
public record AroundField(long time) implements Extractor {
  @Override
  public boolean extract(EventContext context, Value out) {
    return false;
  }
}
