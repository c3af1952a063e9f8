/**
 * The state of the host: processes, file descriptors, users and containers, and what updates it.
 * Written by the event-loop thread only. Depends on {@code io.jfalco.event} only.
 */
package io.jfalco.state;
