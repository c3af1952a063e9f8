package io.jfalco.output.http;

import io.jfalco.output.OutputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Whether a server, or the proxy before it, is there; no request is sent. */
public final class HttpReach {
  private static final int PATIENCE_MILLIS = 5000;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private HttpReach() {}

  /**
   * Connects, and with TLS shakes hands.
   *
   * @param tls for https; the handshake is left out where a proxy is in between
   * @return what failed
   */
  public static Optional<String> obstacle(HttpEndpoint endpoint, Optional<TlsSettings> tls) {
    try {
      Optional<HttpEndpoint> proxy = ProxyEnvironment.proxy(endpoint.uri(), System::getenv);
      connect(proxy.orElse(endpoint), proxy.isPresent() ? Optional.empty() : tls);
      return Optional.empty();
    } catch (OutputException e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      return Optional.of(endpoint + " cannot be reached: " + e.getMessage());
    }
  }

  private static void connect(HttpEndpoint endpoint, Optional<TlsSettings> tls)
      throws OutputException, IOException {
    URI uri = endpoint.uri();
    int usual = endpoint.isHttps() ? HTTPS_PORT : HTTP_PORT;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host(uri), port);
      if (address.isUnresolved()) {
        throw new IOException("the name " + uri.getHost() + " has no address");
      }
      socket.connect(address, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (tls.isPresent()) {
        shakeHands(socket, uri, port, tls.get());
      }
    }
  }

  private static void shakeHands(Socket socket, URI uri, int port, TlsSettings settings)
      throws OutputException, IOException {
    SSLSocket secured =
        (SSLSocket)
            TlsContexts.client(settings)
                .getSocketFactory()
                .createSocket(socket, host(uri), port, /* autoClose= */ true);
    if (!settings.insecure()) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    secured.startHandshake();
  }

  /** Without the brackets of an IPv6 address. */
  private static String host(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
