package io.jfalco.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code webserver}. */
final class WebMapping {
  /** Falco listens on all addresses unless told otherwise; see docs/differences.md. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final int PORT = 8765;
  private static final int MOST_THREADS = 1024;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?");

  private final ConfigTree tree;

  WebMapping(ConfigTree tree) {
    this.tree = tree;
  }

  /**
   * The section.
   *
   * @throws ConfigException with the reason alone, when it cannot be used
   */
  Config.Web web() throws ConfigException {
    boolean tls = tree.truth("webserver.ssl_enabled", false);
    String certificate = tree.text("webserver.ssl_certificate", "/etc/falco/falco.pem");
    return new Config.Web(
        tree.truth("webserver.enabled", false),
        address(),
        port(),
        threads(),
        path(),
        tree.truth("webserver.prometheus_metrics_enabled", false),
        tls ? Optional.of(certificate) : Optional.empty());
  }

  private String address() throws ConfigException {
    String text = tree.text("webserver.listen_address", LOOPBACK);
    if (!isLiteral(text.strip())) {
      throw new ConfigException(
          "webserver listen address \"" + text + "\" is not a valid IP address");
    }
    return text.strip();
  }

  private static boolean isLiteral(String text) {
    if (IPV4.matcher(text).matches()) {
      return true;
    }
    if (!IPV6.matcher(text).matches()) {
      return false;
    }
    try {
      // Text with a colon is never looked up.
      return InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private int port() throws ConfigException {
    long port = tree.number("webserver.listen_port", PORT);
    if (port < 0 || port > 65535) {
      throw new ConfigException("webserver.listen_port must be 0 to 65535");
    }
    return (int) port;
  }

  private int threads() throws ConfigException {
    long threads = tree.number("webserver.threadiness", 0);
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ConfigException("webserver.threadiness must be 0 to " + MOST_THREADS);
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : (int) threads;
  }

  private String path() throws ConfigException {
    String path = tree.text("webserver.k8s_healthz_endpoint", "/healthz");
    if (!path.startsWith("/")) {
      throw new ConfigException(
          "webserver.k8s_healthz_endpoint \"" + path + "\" does not begin with a slash");
    }
    return path;
  }
}
