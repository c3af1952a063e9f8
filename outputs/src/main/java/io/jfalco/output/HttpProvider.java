package io.jfalco.output;

import io.jfalco.output.http.HttpEndpoint;
import io.jfalco.output.http.HttpOutput;
import io.jfalco.output.http.HttpReach;
import io.jfalco.output.http.HttpRequests;
import io.jfalco.output.http.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code http_output}. */
public final class HttpProvider implements OutputProvider {
  private static final int MOST_TIMEOUTS = 255;

  @Override
  public String name() {
    return "http";
  }

  @Override
  public int rank() {
    return 5;
  }

  @Override
  public List<OutputKey> keys() {
    return List.of(
        OutputKey.enabled(false, "POST to a URL, http or https."),
        OutputKey.text("url", "", "", "Each alert is the body of a POST to this URL."),
        OutputKey.text(
            "user_agent", "falcosecurity/falco", "falcosecurity/falco", "Header User-Agent."),
        OutputKey.flag("insecure", "HTTPS: accept any certificate. Not for production."),
        OutputKey.text(
            "ca_cert",
            "",
            "",
            "HTTPS: PEM file with the authority that the server's certificate must come from."),
        OutputKey.text("ca_bundle", "", "", "The same, used when ca_cert is empty."),
        OutputKey.text(
            "ca_path",
            "/etc/ssl/certs",
            "/etc/ssl/certs",
            "Directory with such files, used when both are empty."),
        OutputKey.flag("mtls", "HTTPS: show the server a certificate of our own."),
        OutputKey.text(
            "client_cert",
            "/etc/ssl/certs/client.crt",
            "/etc/ssl/certs/client.crt",
            "PEM file with that certificate and those between it and its authority."),
        OutputKey.text(
            "client_key",
            "/etc/ssl/certs/client.key",
            "/etc/ssl/certs/client.key",
            "PEM file with its private key, without a pass phrase."),
        OutputKey.flag("echo", "Print what the server answers on standard output."),
        OutputKey.flag(
            "compress_uploads", "Compress bodies (gzip), as long as the server takes that."),
        OutputKey.flag("keep_alive", "TCP keep-alive on connections that are kept open."),
        new OutputKey(
            "max_consecutive_timeouts",
            OutputKey.Type.NUMBER,
            "5",
            "5",
            "How often an alert is sent again after a time-out, 0 to 255."));
  }

  @Override
  public Optional<String> problem(OutputSettings settings) {
    if (settings.text("url").isEmpty()) {
      return Optional.of("http output enabled but no url in configuration block");
    }
    long timeouts = settings.number("max_consecutive_timeouts");
    if (timeouts < 0 || timeouts > MOST_TIMEOUTS) {
      return Optional.of("http_output.max_consecutive_timeouts must be 0 to 255");
    }
    return HttpEndpoint.problem(settings.text("url"));
  }

  @Override
  public Optional<Obstacle> obstacle(OutputSettings settings) {
    return unreached(settings)
        .map(text -> new Obstacle(text, "start the receiver, or change http_output"));
  }

  private static Optional<String> unreached(OutputSettings settings) {
    try {
      HttpEndpoint endpoint = HttpEndpoint.parse(settings.text("url"));
      return HttpReach.obstacle(
          endpoint, endpoint.isHttps() ? Optional.of(tls(settings)) : Optional.empty());
    } catch (OutputException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public Output open(OutputSettings settings) throws OutputException {
    HttpEndpoint endpoint = HttpEndpoint.parse(settings.text("url"));
    return new HttpOutput(
        endpoint,
        new HttpRequests(
            settings.text("user_agent"),
            settings.json() ? "application/json" : "text/plain",
            settings.truth("keep_alive"),
            endpoint.isHttps() ? Optional.of(tls(settings)) : Optional.empty()),
        settings.truth("compress_uploads"),
        settings.truth("echo") ? Optional.of(System.out) : Optional.empty(),
        (int) settings.number("max_consecutive_timeouts"));
  }

  private static TlsSettings tls(OutputSettings settings) {
    String authority =
        settings.text("ca_cert").isEmpty() ? settings.text("ca_bundle") : settings.text("ca_cert");
    return new TlsSettings(
        settings.truth("insecure"),
        Path.of(authority.isEmpty() ? settings.text("ca_path") : authority),
        settings.truth("mtls")
            ? Optional.of(
                new TlsSettings.Identity(
                    Path.of(settings.text("client_cert")), Path.of(settings.text("client_key"))))
            : Optional.empty());
  }
}
