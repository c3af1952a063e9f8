package io.jfalco.output.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom to trust, and who we are.
 *
 * @param insecure accept any certificate for any name
 * @param authorities PEM file with certificates, or a directory of such files
 * @param identity our own certificate
 */
public record TlsSettings(boolean insecure, Path authorities, Optional<Identity> identity) {
  /**
   * A certificate of our own.
   *
   * @param certificate PEM file with the certificate, then those between it and its authority
   * @param key PEM file with its private key
   */
  public record Identity(Path certificate, Path key) {}
}
