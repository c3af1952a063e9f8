package io.jfalco.output.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server on the loopback interface that keeps what it got. */
public final class Receiver implements AutoCloseable {
  /**
   * A request.
   *
   * @param headers by name in lower case
   * @param bytes the body, in full
   */
  public record Request(String method, Map<String, List<String>> headers, List<Byte> bytes) {
    public byte[] body() {
      byte[] body = new byte[bytes.size()];
      for (int i = 0; i < body.length; i++) {
        body[i] = bytes.get(i);
      }
      return body;
    }

    public String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  /** Answers a request, the n-th from 0. */
  @FunctionalInterface
  public interface Answers {
    void answer(int n, Request request, HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private Receiver(HttpServer server, Answers answers) {
    this.server = server;
    HttpHandler handler = exchange -> handle(exchange, answers);
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
  }

  public static Receiver http(int port, Answers answers) throws IOException {
    return new Receiver(HttpServer.create(address(port), 0), answers);
  }

  public static Receiver https(SSLContext context, boolean wantsClient, Answers answers)
      throws IOException {
    HttpsServer server = HttpsServer.create(address(0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(wantsClient);
            parameters.setSSLParameters(tls);
          }
        });
    return new Receiver(server, answers);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Answers with these statuses, the last again and again. */
  public static Answers statuses(int... statuses) {
    return (n, request, exchange) ->
        exchange.sendResponseHeaders(statuses[Math.min(n, statuses.length - 1)], -1);
  }

  private void handle(HttpExchange exchange, Answers answers) throws IOException {
    try (exchange) {
      List<Byte> bytes = new CopyOnWriteArrayList<>();
      for (byte b : exchange.getRequestBody().readAllBytes()) {
        bytes.add(b);
      }
      Map<String, List<String>> headers = new java.util.TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
      Request request = new Request(exchange.getRequestMethod(), headers, bytes);
      int n;
      synchronized (requests) {
        n = requests.size();
        requests.add(request);
      }
      answers.answer(n, request, exchange);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
