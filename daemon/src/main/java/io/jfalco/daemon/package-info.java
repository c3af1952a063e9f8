/**
 * The life of the daemon: start in order, the event loop, signals, the end with its statistics; and
 * its log. Wires the other modules together by hand.
 */
package io.jfalco.daemon;
