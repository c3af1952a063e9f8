package io.jfalco.output.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:2801/, http://localhost:2801/",
    "HTTPS://Example.org, https://Example.org/",
    "localhost:2801/x?y=z, http://localhost:2801/x?y=z",
    "'\"http://a/\"', http://a/",
    "http://[::1]:5/, http://[::1]:5/",
    "http://me:secret@a/b, http://a/b",
  })
  void isRead(String url, String uri) throws Exception {
    assertThat(HttpEndpoint.parse(url).uri()).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a", "http://", "http:// a", "file:///etc/passwd", "http://:pw@"})
  void isRefused(String url) {
    assertThat(HttpEndpoint.problem(url)).isPresent();
  }

  @Test
  void secretsAreNotTold() throws Exception {
    HttpEndpoint endpoint = HttpEndpoint.parse("http://me:secret@a/b?token=t");
    assertThat(endpoint).hasToString("http://a/b");
    assertThat(HttpEndpoint.problem("http://me:secret@a b").orElseThrow()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/, http://p:1/",
    "https://a/, http://s:2/",
    "http://b.example/, ''",
    "http://sub.b.example/, ''",
    "http://xb.example/, http://p:1/",
  })
  void proxyOfTheEnvironment(String url, String proxy) throws Exception {
    Map<String, String> environment =
        Map.of("http_proxy", "p:1", "HTTPS_PROXY", "http://s:2", "no_proxy", "c, .b.example");
    Optional<HttpEndpoint> found =
        ProxyEnvironment.proxy(HttpEndpoint.parse(url).uri(), environment::get);
    assertThat(found.map(HttpEndpoint::toString).orElse("")).isEqualTo(proxy);
  }

  @Test
  void noProxy() throws Exception {
    var uri = HttpEndpoint.parse("http://a/").uri();
    assertThat(ProxyEnvironment.proxy(uri, name -> null)).isEmpty();
    assertThat(ProxyEnvironment.proxy(uri, Map.of("all_proxy", "p:1", "NO_PROXY", "*")::get))
        .isEmpty();
    assertThat(ProxyEnvironment.proxy(uri, Map.of("HTTP_PROXY", "p:1")::get)).isEmpty();
  }
}
