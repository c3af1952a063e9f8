package io.jfalco.output.http;

import io.jfalco.output.OutputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Where to post to.
 *
 * @param uri address without the user
 * @param authorization value of the header of that name, from {@code user:password@} in the URL
 */
public record HttpEndpoint(URI uri, Optional<String> authorization) {
  /** True for https. */
  public boolean isHttps() {
    return uri.getScheme().equals("https");
  }

  /** The address without user, password and query, as logs show it. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  /** What is wrong with a URL. */
  public static Optional<String> problem(String url) {
    try {
      parse(url);
      return Optional.empty();
    } catch (OutputException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Reads a URL. Quotes around it are taken off; without a scheme it is http, as curl has it.
   *
   * @throws OutputException when it is no http or https URL
   */
  public static HttpEndpoint parse(String url) throws OutputException {
    String text = unquoted(url.strip());
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text).parseServerAuthority();
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
        throw wrong("it must begin with http:// or https:// and a host");
      }
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return new HttpEndpoint(
          new URI(scheme + "://" + uri.getHost() + port + path + query),
          Optional.ofNullable(uri.getUserInfo()).map(HttpEndpoint::basic));
    } catch (URISyntaxException e) {
      // The URL may hold a password: only the reason is told.
      throw wrong(e.getReason());
    }
  }

  private static OutputException wrong(String reason) {
    return new OutputException("http_output.url is not a URL that can be used: " + reason);
  }

  private static String unquoted(String text) {
    int last = text.length() - 1;
    boolean quoted =
        last > 0
            && text.charAt(0) == text.charAt(last)
            && (text.charAt(0) == '"' || text.charAt(0) == '\'');
    return quoted ? text.substring(1, last) : text;
  }

  static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
