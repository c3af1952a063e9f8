package io.jfalco.daemon.metrics;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The host, as far as it stays the same.
 *
 * @param kernelRelease as {@code uname -r} prints it
 * @param bootTime nanoseconds since the epoch; 0: not told
 * @param cpus that are online
 */
public record HostIdentity(String kernelRelease, long bootTime, int cpus) {
  private static final String BOOT = "btime ";

  /** Reads it. */
  public static HostIdentity read(Path hostRoot) {
    List<String> stat = lines(hostRoot.resolve("proc/stat"));
    long boot = 0;
    int cpus = 0;
    for (String line : stat) {
      if (line.startsWith(BOOT)) {
        boot = TimeUnit.SECONDS.toNanos(Long.parseLong(line.substring(BOOT.length()).strip()));
      } else if (line.matches("cpu\\d+ .*")) {
        cpus++;
      }
    }
    List<String> release = lines(Path.of("/proc/sys/kernel/osrelease"));
    return new HostIdentity(release.isEmpty() ? "" : release.get(0), boot, cpus);
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of();
    }
  }

  /** Addresses of the interfaces but the loopback, by Falco's names. */
  static Map<String, String> addresses() {
    Map<String, String> all = new LinkedHashMap<>();
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (!one.getName().equals("lo")) {
          for (InetAddress address : Collections.list(one.getInetAddresses())) {
            String version = address instanceof Inet4Address ? "ipv4" : "ipv6";
            String name =
                "falco.host_netinfo.interfaces.%s.protocols.%s.addresses"
                    .formatted(one.getName(), version);
            all.merge(name, text(address), (before, after) -> before + "," + after);
          }
        }
      }
    } catch (SocketException untold) {
      // They are left out.
    }
    return all;
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
