package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.daemon.web.Page;
import io.jfalco.daemon.web.WebException;
import io.jfalco.daemon.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The web server over reloads: it is started anew only when its configuration has changed. */
final class WebService implements AutoCloseable {
  private final Map<String, Page> pages;
  private final Page health;
  private Config.Web config;
  private byte[] certificate = {};
  private Optional<WebServer> server = Optional.empty();

  /**
   * One that does not run yet.
   *
   * @param health the page whose path is configured
   * @param pages the others
   */
  WebService(Page health, Map<String, Page> pages) {
    this.health = health;
    this.pages = pages;
  }

  /** Makes sure that the certificate can be used. */
  static void check(Config.Web config) throws FatalException {
    if (config.enabled() && config.certificate().isPresent()) {
      try {
        WebServer.tls(Path.of(config.certificate().get()));
      } catch (WebException e) {
        throw new FatalException(e.getMessage(), e);
      }
    }
  }

  /** Starts it, if it is switched on. */
  synchronized void start(Config.Web wanted) throws FatalException {
    config = wanted;
    certificate = certificate(wanted);
    if (!wanted.enabled()) {
      return;
    }
    try {
      open(wanted);
    } catch (WebException e) {
      throw new FatalException(e.getMessage(), e);
    }
  }

  /** Goes on with another configuration. What does not work is logged. */
  synchronized void use(Config.Web wanted) {
    byte[] current = certificate(wanted);
    if (wanted.equals(config) && Arrays.equals(current, certificate)) {
      return;
    }
    config = wanted;
    certificate = current;
    close();
    if (wanted.enabled()) {
      try {
        open(wanted);
      } catch (WebException e) {
        Log.error("The web server is not running: " + e.getMessage());
      }
    }
  }

  private void open(Config.Web wanted) throws WebException {
    Map<String, Page> all = new HashMap<>(pages);
    all.put(wanted.healthPath(), health);
    WebServer opened = WebServer.start(wanted, all);
    server = Optional.of(opened);
    Log.info(
        "Starting health webserver with threadiness "
            + wanted.threads()
            + ", listening on "
            + wanted.address()
            + ":"
            + opened.port()
            + (wanted.certificate().isPresent() ? " (SSL)" : ""));
  }

  private static byte[] certificate(Config.Web config) {
    try {
      return config.enabled() && config.certificate().isPresent()
          ? Files.readAllBytes(Path.of(config.certificate().get()))
          : new byte[0];
    } catch (IOException e) {
      // Told when it is used.
      return new byte[0];
    }
  }

  @Override
  public synchronized void close() {
    server.ifPresent(WebServer::close);
    server = Optional.empty();
  }
}
