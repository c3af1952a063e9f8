package io.jfalco.daemon.web;

/**
 * What a client may take of the server. The JDK's server reads its limits from system properties,
 * once, when its first class is loaded; those that somebody has set stay as they are.
 */
final class WebLimits {
  /** Connections at a time; more are closed at once. */
  static final int CONNECTIONS = 64;

  private WebLimits() {}

  /** To be called before the server of the JDK is touched. */
  static void apply() {
    limit("jdk.httpserver.maxConnections", CONNECTIONS);
    limit("sun.net.httpserver.maxIdleConnections", CONNECTIONS / 2);
    limit("sun.net.httpserver.maxReqHeaders", 100);
    limit("sun.net.httpserver.maxReqHeaderSize", 16_384);
    limit("sun.net.httpserver.drainAmount", 65_536);
    // Seconds.
    limit("sun.net.httpserver.maxReqTime", 5);
    limit("sun.net.httpserver.maxRspTime", 10);
    limit("sun.net.httpserver.idleInterval", 5);
    // Milliseconds between two looks at the above.
    limit("sun.net.httpserver.clockTick", 1000);
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }
}
