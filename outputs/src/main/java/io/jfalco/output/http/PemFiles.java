package io.jfalco.output.http;

import io.jfalco.output.OutputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Certificates and private keys in PEM form, as openssl writes them. */
public final class PemFiles {
  private static final String HASHED = "[0-9a-f]{8}\\.[0-9]+";

  private PemFiles() {}

  /**
   * The certificates of a file, in order, or of all files of a directory.
   *
   * @throws OutputException when there is none, or the file cannot be read
   */
  public static List<X509Certificate> certificates(Path path) throws OutputException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      if (Files.isDirectory(path)) {
        for (Path file : files(path)) {
          addCertificates(file, found);
        }
      } else {
        addCertificates(path, found);
      }
    } catch (IOException | CertificateException e) {
      throw unreadable("certificates", path, e);
    }
    if (found.isEmpty()) {
      throw new OutputException("no certificate in " + path + ": it must hold some in PEM form");
    }
    return found;
  }

  /** A directory made by {@code openssl rehash} names each file by its hash; else all PEM files. */
  private static List<Path> files(Path directory) throws IOException {
    List<Path> hashed = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.matches(HASHED) && Files.isRegularFile(entry)) {
          hashed.add(entry);
        } else if (name.matches(".*\\.(pem|crt|cer)") && Files.isRegularFile(entry)) {
          others.add(entry);
        }
      }
    }
    List<Path> files = hashed.isEmpty() ? others : hashed;
    Collections.sort(files);
    return files;
  }

  private static void addCertificates(Path file, List<X509Certificate> found)
      throws IOException, CertificateException {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
        if (item instanceof X509CertificateHolder holder) {
          found.add(converter.getCertificate(holder));
        }
      }
    }
  }

  /**
   * The first private key of a file: PKCS#8, or openssl's older forms for RSA and EC.
   *
   * @throws OutputException when there is none, it is encrypted, or the file cannot be read
   */
  public static PrivateKey key(Path file) throws OutputException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
        if (item instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
        if (item instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (item instanceof PEMEncryptedKeyPair || item instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw new OutputException(
              "the private key in " + file + " has a pass phrase: store it without one");
        }
      }
    } catch (OutputException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable("private key", file, e);
    }
    throw new OutputException("no private key in " + file + ": it must hold one in PEM form");
  }

  private static OutputException unreadable(String what, Path path, Exception cause) {
    return new OutputException(
        "cannot read " + what + " from " + path + ": " + reason(cause), cause);
  }

  private static String reason(Exception e) {
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    return String.valueOf(e.getMessage());
  }
}
