package io.jfalco.driver.capture;

/**
 * The machine that a capture was recorded on.
 *
 * @param cpus number of CPUs
 * @param memory bytes of memory
 * @param maxPid highest process id
 * @param hostname host name
 * @param bootTime time of the boot, nanoseconds since the epoch; 0 in old captures
 */
public record MachineInfo(long cpus, long memory, long maxPid, String hostname, long bootTime) {}
