package io.jfalco.output.http;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority made for a test, and certificates that it signs, as PEM files. */
public final class TestCertificates {
  private final Path dir;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private int serial = 1;

  private TestCertificates(Path dir, KeyPair keys) throws Exception {
    this.dir = dir;
    this.keys = keys;
    certificate = sign("CN=Test authority", "CN=Test authority", keys, keys, true, "ca");
  }

  /** A new authority whose files go into a directory. */
  public static TestCertificates authority(Path dir) throws Exception {
    return new TestCertificates(dir, keyPair());
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /** PEM file with the authority's certificate. */
  public Path file() throws IOException {
    return write("authority-" + serial++ + ".pem", certificate);
  }

  /** Signs a certificate for a host; files {@code NAME.crt} and {@code NAME.key} hold it. */
  public TlsSettings.Identity issue(String name, String host) throws Exception {
    KeyPair own = keyPair();
    X509Certificate made = sign("CN=Test authority", "CN=" + name, own, keys, false, host);
    return new TlsSettings.Identity(
        write(name + ".crt", made), write(name + ".key", own.getPrivate()));
  }

  private X509Certificate sign(
      String issuer, String subject, KeyPair own, KeyPair signer, boolean authority, String host)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(serial++),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Name(subject),
            own.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    int kind = host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
    builder.addExtension(
        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, host)));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
  }

  private Path write(String name, Object item) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(item);
    }
    return Files.writeString(dir.resolve(name), text.toString());
  }
}
