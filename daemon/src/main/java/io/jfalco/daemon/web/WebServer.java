package io.jfalco.daemon.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jfalco.config.Config;
import io.jfalco.output.OutputException;
import io.jfalco.output.http.PemFiles;
import io.jfalco.output.http.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * The web server. Each connection that sends something has a thread while it does, so that slow
 * clients hold up nobody else; time, size and number of all are limited ({@link WebLimits}).
 */
public final class WebServer implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 128;
  private static final long IDLE_SECONDS = 10;

  static {
    WebLimits.apply();
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private WebServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * A context for TLS, of the certificate that the configuration names.
   *
   * @throws WebException when it cannot be used
   */
  public static SSLContext tls(Path certificate) throws WebException {
    try {
      return TlsContexts.server(PemFiles.certificates(certificate), PemFiles.key(certificate));
    } catch (OutputException e) {
      throw new WebException("invalid webserver configuration: " + e.getMessage(), e);
    }
  }

  /**
   * Starts it.
   *
   * @param pages what is answered, by path
   * @throws WebException when it cannot listen, or the certificate cannot be used
   */
  public static WebServer start(Config.Web config, Map<String, Page> pages) throws WebException {
    HttpServer server = bind(config);
    ExecutorService threads = threads();
    server.setExecutor(threads);
    server.createContext("/", new PageHandler(Map.copyOf(pages), config.threads()));
    server.start();
    return new WebServer(server, threads);
  }

  private static HttpServer bind(Config.Web config) throws WebException {
    SSLContext context = null;
    if (config.certificate().isPresent()) {
      context = tls(Path.of(config.certificate().get()));
    }
    try {
      // A literal address: nothing is looked up.
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByName(config.address()), config.port());
      if (context == null) {
        return HttpServer.create(address, WAITING_CONNECTIONS);
      }
      HttpsServer server = HttpsServer.create(address, WAITING_CONNECTIONS);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      return server;
    } catch (IOException e) {
      throw new WebException(
          "an error occurred while starting webserver: cannot listen on "
              + config.address()
              + ":"
              + config.port()
              + " ("
              + e.getMessage()
              + "): another program may use that port, choose one with webserver.listen_port",
          e);
    }
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            WebLimits.CONNECTIONS,
            WebLimits.CONNECTIONS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "web-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Closes all connections. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
