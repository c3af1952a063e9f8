/**
 * Numbers about the daemon and the host, with Falco's names: for Prometheus, as an internal alert,
 * and in a file. What the numbers are is told by the daemon.
 */
package io.jfalco.daemon.metrics;
