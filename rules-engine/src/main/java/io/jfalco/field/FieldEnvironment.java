package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.render.BufferFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What fields need beside events and state.
 *
 * @param bufferFormat how data buffers are shown
 * @param hostname value of {@code evt.hostname}
 * @param domains resolves the names that {@code fd.sip.name} and its like are compared with
 */
public record FieldEnvironment(BufferFormat bufferFormat, Bytes hostname, DomainNames domains) {
  /** Checks that all parts are there. */
  public FieldEnvironment {
    Objects.requireNonNull(bufferFormat);
    Objects.requireNonNull(hostname);
    Objects.requireNonNull(domains);
  }

  /** This host: name from FALCO_HOSTNAME or the system, domain names from the system's resolver. */
  public static FieldEnvironment ofHost() {
    return new FieldEnvironment(BufferFormat.TEXT, Bytes.of(hostName()), DomainNames.ofHost());
  }

  private static String hostName() {
    String chosen = System.getenv("FALCO_HOSTNAME");
    if (chosen != null && !chosen.isEmpty()) {
      return chosen;
    }
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
