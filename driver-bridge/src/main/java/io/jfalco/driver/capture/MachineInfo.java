package io.jfalco.driver.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that a capture was recorded on.
 *
 * @param cpus number of CPUs
 * @param memory bytes of memory
 * @param maxPid highest process id
 * @param hostname host name
 * @param bootTime time of the boot, nanoseconds since the epoch; 0 in old captures
 */
public record MachineInfo(long cpus, long memory, long maxPid, String hostname, long bootTime) {
  private static final long KIB = 1024;

  /**
   * This machine; what {@code /proc} does not tell is 0.
   *
   * @param bootTime nanoseconds since the epoch
   */
  public static MachineInfo ofHost(String hostname, long bootTime) {
    return new MachineInfo(
        Runtime.getRuntime().availableProcessors(),
        firstNumber("/proc/meminfo") * KIB,
        firstNumber("/proc/sys/kernel/pid_max"),
        hostname,
        bootTime);
  }

  /** The first number in a file. */
  private static long firstNumber(String file) {
    try {
      String text = Files.readString(Path.of(file)).lines().findFirst().orElse("");
      String digits = text.replaceAll("\\D", "");
      return digits.isEmpty() ? 0 : Long.parseLong(digits);
    } catch (IOException e) {
      return 0;
    }
  }
}
