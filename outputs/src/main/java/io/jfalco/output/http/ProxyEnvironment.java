package io.jfalco.output.http;

import io.jfalco.output.OutputException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The proxy that the environment asks for, by curl's rules: {@code http_proxy} (lower case only),
 * {@code https_proxy}, {@code all_proxy} and {@code no_proxy} (any case). No addresses with a mask.
 */
final class ProxyEnvironment {
  private ProxyEnvironment() {}

  /**
   * The proxy for an address.
   *
   * @param environment value of a variable, or null
   * @throws OutputException when the variable does not name an http proxy
   */
  static Optional<HttpEndpoint> proxy(URI target, UnaryOperator<String> environment)
      throws OutputException {
    String proxy =
        target.getScheme().equals("https")
            ? either("https_proxy", environment)
            : value("http_proxy", environment);
    if (proxy.isEmpty()) {
      proxy = either("all_proxy", environment);
    }
    if (proxy.isEmpty() || isExempt(target.getHost(), either("no_proxy", environment))) {
      return Optional.empty();
    }
    Optional<String> problem = HttpEndpoint.problem(proxy);
    if (problem.isPresent()) {
      throw new OutputException(
          "the proxy in the environment (http_proxy, https_proxy, all_proxy) is none for http");
    }
    return Optional.of(HttpEndpoint.parse(proxy));
  }

  private static String either(String name, UnaryOperator<String> environment) {
    String value = value(name, environment);
    return value.isEmpty() ? value(name.toUpperCase(Locale.ROOT), environment) : value;
  }

  private static String value(String name, UnaryOperator<String> environment) {
    String value = environment.apply(name);
    return value == null ? "" : value.strip();
  }

  private static boolean isExempt(String host, String exempt) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String entry : List.of(exempt.toLowerCase(Locale.ROOT).split("[,\\s]+"))) {
      String suffix = entry.startsWith(".") ? entry.substring(1) : entry;
      if (entry.equals("*")
          || !suffix.isEmpty() && (name.equals(suffix) || name.endsWith("." + suffix))) {
        return true;
      }
    }
    return false;
  }
}
