package io.jfalco.output;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Log levels that slf4j does not know, as markers by Falco's names; whoever configures logging may
 * look at them.
 */
final class OutputMarkers {
  static final Marker CRITICAL = MarkerFactory.getMarker("critical");
  static final Marker NOTICE = MarkerFactory.getMarker("notice");

  private OutputMarkers() {}
}
