package io.jfalco.driver;

/**
 * How often an eBPF program ran.
 *
 * @param name name of the program
 * @param count runs since it was loaded, while {@code kernel.bpf_stats_enabled} was set
 * @param nanos time that these took
 */
public record ProgramRuns(String name, long count, long nanos) {}
