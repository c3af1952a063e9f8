package io.jfalco.daemon.web;

/** The web server cannot be started; the message says why. */
public final class WebException extends Exception {
  private static final long serialVersionUID = 1;

  WebException(String message, Throwable cause) {
    super(message, cause);
  }
}
