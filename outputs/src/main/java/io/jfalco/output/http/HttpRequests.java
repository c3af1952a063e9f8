package io.jfalco.output.http;

import io.jfalco.output.OutputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to one server, one after the other, on connections that are kept. Owned by one
 * thread.
 */
public final class HttpRequests implements AutoCloseable {
  private static final Timeout CONNECT = Timeout.ofSeconds(5);

  /** For the whole of a request, however slowly the server trickles. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So much of an answer is read. */
  private static final int ANSWER_BYTES = 65536;

  /**
   * What the server said.
   *
   * @param status of HTTP
   * @param body the first 64 KiB, taken as UTF-8
   * @param retryAfter how long to wait, if it said that
   * @param location where it wants the request, if it said that
   */
  record Answer(int status, String body, Optional<Duration> retryAfter, Optional<String> location) {
    boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  private final String userAgent;
  private final ContentType type;
  private final boolean keepAlive;
  private final Optional<TlsSettings> tls;
  private final Duration patience;
  private final ScheduledThreadPoolExecutor clock;
  private CloseableHttpClient client;
  private Optional<String> proxyAuthorization = Optional.empty();

  /**
   * Nothing is opened yet.
   *
   * @param userAgent header User-Agent
   * @param type header Content-Type
   * @param keepAlive TCP keep-alive
   * @param tls for https
   */
  public HttpRequests(String userAgent, String type, boolean keepAlive, Optional<TlsSettings> tls) {
    this(userAgent, type, keepAlive, tls, PATIENCE);
  }

  HttpRequests(
      String userAgent,
      String type,
      boolean keepAlive,
      Optional<TlsSettings> tls,
      Duration patience) {
    this.patience = patience;
    this.userAgent = userAgent;
    this.type = ContentType.parse(type);
    this.keepAlive = keepAlive;
    this.tls = tls;
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "output-http-deadline");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Reads the certificates and opens the client; connections come with the first request. A second
   * call does it again.
   *
   * @throws OutputException when a file cannot be used
   */
  void open(HttpEndpoint endpoint) throws OutputException {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultSocketConfig(
                SocketConfig.custom()
                    .setSoKeepAlive(keepAlive)
                    .setSoTimeout(Timeout.of(patience))
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(Timeout.of(patience))
                    .build());
    if (tls.isPresent()) {
      connections.setTlsSocketStrategy(strategy(tls.get()));
    }
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections.build())
            .setUserAgent(userAgent)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(Timeout.of(patience))
                    .setConnectionRequestTimeout(CONNECT)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching();
    Optional<HttpEndpoint> proxy = ProxyEnvironment.proxy(endpoint.uri(), System::getenv);
    if (proxy.isPresent()) {
      builder.setProxy(HttpHost.create(proxy.get().uri()));
      proxyAuthorization = proxy.get().authorization();
    }
    CloseableHttpClient opened = builder.build();
    close();
    client = opened;
  }

  private static DefaultClientTlsStrategy strategy(TlsSettings settings) throws OutputException {
    return settings.insecure()
        ? new DefaultClientTlsStrategy(
            TlsContexts.client(settings),
            HostnameVerificationPolicy.CLIENT,
            NoopHostnameVerifier.INSTANCE)
        : new DefaultClientTlsStrategy(
            TlsContexts.client(settings),
            HostnameVerificationPolicy.BOTH,
            HttpsSupport.getDefaultHostnameVerifier());
  }

  /**
   * Posts a body.
   *
   * @throws SocketTimeoutException when connecting took 5 s, or the whole 10 s
   * @throws IOException when there is no answer for another reason
   */
  Answer post(HttpEndpoint endpoint, byte[] body, boolean compressed) throws IOException {
    HttpPost request = new HttpPost(endpoint.uri());
    endpoint.authorization().ifPresent(value -> request.setHeader("Authorization", value));
    proxyAuthorization.ifPresent(value -> request.setHeader("Proxy-Authorization", value));
    request.setEntity(new ByteArrayEntity(body, type, compressed ? "gzip" : null));
    ScheduledFuture<?> deadline =
        clock.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, HttpRequests::answer);
    } catch (IOException | CancellationException e) {
      throw failure(e, request.isCancelled());
    } finally {
      deadline.cancel(false);
    }
  }

  private static IOException failure(Exception e, boolean late) {
    if (late) {
      SocketTimeoutException timeout = new SocketTimeoutException("no answer in time");
      timeout.initCause(e);
      return timeout;
    }
    if (e instanceof IOException failure) {
      return failure;
    }
    // The client ends like this when its thread is interrupted.
    Thread.currentThread().interrupt();
    return new IOException("given up", e);
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    String body = "";
    if (response.getEntity() != null) {
      try (InputStream in = response.getEntity().getContent()) {
        body = new String(in.readNBytes(ANSWER_BYTES), StandardCharsets.UTF_8);
        if (in.read() >= 0) {
          // Too much to read for a connection: it is given up with the rest.
          response.close();
        }
      }
    }
    return new Answer(
        response.getCode(),
        body,
        header(response, HttpHeaders.RETRY_AFTER).flatMap(HttpRequests::wait),
        header(response, HttpHeaders.LOCATION));
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /** Seconds, or a date. */
  private static Optional<Duration> wait(String value) {
    try {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
    } catch (NumberFormatException e) {
      Instant date = DateUtils.parseStandardDate(value);
      return Optional.ofNullable(date).map(end -> Duration.between(Instant.now(), end));
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
      client = null;
    }
  }

  /** Ends the thread of the deadlines too; nothing can be sent any more. */
  void end() {
    close();
    clock.shutdownNow();
  }
}
