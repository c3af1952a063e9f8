package io.jfalco.output.http;

import io.jfalco.output.OutputException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes TLS contexts of PEM files. */
public final class TlsContexts {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsContexts() {}

  /**
   * A context for a client.
   *
   * @throws OutputException when a file cannot be used
   */
  public static SSLContext client(TlsSettings settings) throws OutputException {
    TrustManager[] trusted =
        settings.insecure()
            ? new TrustManager[] {new TrustAnyone()}
            : trust(PemFiles.certificates(settings.authorities()));
    KeyManager[] keys = null;
    if (settings.identity().isPresent()) {
      TlsSettings.Identity own = settings.identity().get();
      keys = identity(PemFiles.certificates(own.certificate()), PemFiles.key(own.key()));
    }
    return context(keys, trusted);
  }

  /**
   * A context for a server.
   *
   * @param chain its certificate, then those between it and its authority
   * @param key private key of the first
   * @throws OutputException when they cannot be used
   */
  public static SSLContext server(List<X509Certificate> chain, PrivateKey key)
      throws OutputException {
    return context(identity(chain, key), null);
  }

  private static SSLContext context(KeyManager[] keys, TrustManager[] trusted)
      throws OutputException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new OutputException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(List<X509Certificate> authorities) throws OutputException {
    try {
      KeyStore store = store();
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new OutputException("cannot use the authorities: " + e.getMessage(), e);
    }
  }

  private static KeyManager[] identity(List<X509Certificate> chain, PrivateKey key)
      throws OutputException {
    try {
      KeyStore store = store();
      store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new OutputException("cannot use the certificate with its key: " + e.getMessage(), e);
    }
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** For {@code insecure: true}. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
