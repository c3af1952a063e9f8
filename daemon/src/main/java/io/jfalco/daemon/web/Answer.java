package io.jfalco.daemon.web;

import java.nio.charset.StandardCharsets;

/**
 * What a request is answered.
 *
 * @param status of HTTP
 * @param type media type of the text
 * @param text what is sent
 */
public record Answer(int status, String type, String text) {
  private static final String JSON = "application/json";

  /** JSON text. */
  public static Answer json(int status, String text) {
    return new Answer(status, JSON, text);
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
