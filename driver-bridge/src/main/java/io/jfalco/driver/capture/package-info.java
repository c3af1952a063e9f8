/**
 * Capture files ({@code .scap}) as event sources: plain or compressed, with the state of the host
 * that they begin with. Depends on {@code io.jfalco.event}, {@code io.jfalco.state} and {@code
 * io.jfalco.driver}.
 */
package io.jfalco.driver.capture;
