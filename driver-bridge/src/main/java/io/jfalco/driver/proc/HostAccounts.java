package io.jfalco.driver.proc;

import io.jfalco.state.UserTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The host's own users and groups: read at start, and again whenever the files changed. */
final class HostAccounts {
  private static final int LIMIT = 16 << 20;

  private final Path passwd;
  private final Path group;
  private List<Optional<FileFacts>> seen = List.of();

  HostAccounts(Path hostRoot) {
    passwd = hostRoot.resolve("etc/passwd");
    group = hostRoot.resolve("etc/group");
  }

  /** Reads the files if they changed since the last time. Who is no longer in them keeps a name. */
  void refresh(UserTable into) {
    List<Optional<FileFacts>> now = List.of(ProcFiles.facts(passwd), ProcFiles.facts(group));
    if (!now.equals(seen)) {
      seen = now;
      Accounts.of(ProcFiles.read(passwd, LIMIT), ProcFiles.read(group, LIMIT)).addTo("", into);
    }
  }
}
