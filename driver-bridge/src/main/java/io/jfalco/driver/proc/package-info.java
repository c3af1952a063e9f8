/**
 * Reads what exists on the host from {@code /proc}: processes, descriptors, sockets, users. JDK
 * only; depends on {@code io.jfalco.event} and {@code io.jfalco.state}. Everything read is taken as
 * bytes, because names need not be text, and nothing read can raise an exception: processes vanish
 * while they are looked at.
 */
package io.jfalco.driver.proc;
