package io.jfalco.driver;

/**
 * Keeps more than {@code snaplen} bytes of the data of sockets: 16000 of what goes from or to a
 * range of ports, 2000 of statsd, HTTP, MySQL, PostgreSQL and MongoDB, 512 of DNS. It is the
 * dynamic snaplen of Falco's libraries, which no setting of Falco itself reaches.
 *
 * @param firstPort first port of the range
 * @param lastPort last port of the range; 0: there is none
 * @param statsdPort port of statsd
 */
public record DynamicSnaplen(int firstPort, int lastPort, int statsdPort) {
  /** The usual port of statsd. */
  public static final int STATSD_PORT = 8125;

  /** Checks the ranges. */
  public DynamicSnaplen {
    boolean backwards = lastPort != 0 && firstPort > lastPort;
    if (!isPort(firstPort) || !isPort(lastPort) || !isPort(statsdPort) || backwards) {
      throw new IllegalArgumentException(
          "not a range of ports: " + firstPort + " to " + lastPort + ", " + statsdPort);
    }
  }

  private static boolean isPort(int number) {
    return number >= 0 && number <= 65535;
  }
}
