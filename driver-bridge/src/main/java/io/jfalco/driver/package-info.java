/**
 * Where events come from: the sources, the one for this host's system calls (eBPF), and every
 * native call that it needs. Depends on {@code io.jfalco.event}; knows no rules and no outputs.
 */
package io.jfalco.driver;
