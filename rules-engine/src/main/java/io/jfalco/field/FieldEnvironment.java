package io.jfalco.field;

import io.jfalco.event.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What fields need beside events and state.
 *
 * @param params shows parameters as text
 * @param hostname value of {@code evt.hostname}
 * @param domains resolves the names that {@code fd.sip.name} and its like are compared with
 */
public record FieldEnvironment(ParamText params, Bytes hostname, DomainNames domains) {
  /** Checks that all parts are there. */
  public FieldEnvironment {
    Objects.requireNonNull(params);
    Objects.requireNonNull(hostname);
    Objects.requireNonNull(domains);
  }

  /** This host: name from FALCO_HOSTNAME or the system, domain names from the system's resolver. */
  public static FieldEnvironment ofHost() {
    return new FieldEnvironment(ParamText.standard(), Bytes.of(hostName()), DomainNames.ofHost());
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
