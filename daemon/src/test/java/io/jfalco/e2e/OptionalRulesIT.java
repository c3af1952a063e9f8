package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The shipped rules that are not read by default, on this host's kernel: what some of each kind are
 * for is done, and something like it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OptionalRulesIT {
  private ShippedDaemon daemon;

  @BeforeAll
  void startDaemon() throws Exception {
    daemon =
        ShippedDaemon.start("optional", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");
  }

  @AfterAll
  void stopDaemon() throws Exception {
    if (daemon != null) {
      daemon.close();
    }
  }

  private Path program(String name) throws Exception {
    Path directory = Files.createDirectory(daemon.work().resolve(ShippedDaemon.marker()));
    return ShippedDaemon.copy("true", directory.resolve(name));
  }

  private static void shell(String command) throws Exception {
    Commands.run("sh", "-c", command);
  }

  @Test
  void keyAdded() throws Exception {
    String marker = ShippedDaemon.marker();
    Path keys = Files.createDirectories(daemon.work().resolve(marker).resolve(".ssh"));
    shell(": >> " + keys.resolve("authorized_keys"));
    assertThat(daemon.rules(marker))
        .containsExactly("Adding ssh keys to authorized_keys", "Write below monitored dir");
    shell(": >> " + keys.resolve("known_hosts"));
    assertThat(daemon.rules("known_hosts")).containsExactly("Write below monitored dir");
  }

  @Test
  void historyRemoved() throws Exception {
    Path home = Files.createDirectory(daemon.work().resolve(ShippedDaemon.marker()));
    Files.createFile(home.resolve(".bash_history"));
    Files.createFile(home.resolve(".bash_other"));
    Commands.runIn(home, "rm", ".bash_other");
    assertThat(daemon.rules(home.toString())).isEmpty();
    Commands.runIn(home, "rm", ".bash_history");
    assertThat(daemon.rules(home.toString())).containsExactly("Delete or rename shell history");
  }

  @Test
  void setuidBit() throws Exception {
    Path program = program("tool");
    Commands.run("chmod", "g+w", program.toString());
    assertThat(daemon.rules(program.toString())).isEmpty();
    Commands.run("chmod", "u+s", program.toString());
    assertThat(daemon.rules(program.toString())).containsExactly("Set Setuid or Setgid bit");
  }

  @Test
  void configurationWritten() throws Exception {
    String marker = ShippedDaemon.marker();
    Path file = Path.of("/etc", marker);
    shell(": > " + file + "; rm " + file);
    assertThat(daemon.rules(marker)).containsExactly("Write below etc");
  }

  @Test
  void fileInDev() throws Exception {
    String marker = ShippedDaemon.marker();
    Path file = Path.of("/dev", marker);
    shell(": > " + file + "; rm " + file);
    assertThat(daemon.rules(marker)).containsExactly("Create files below dev");
  }

  @Test
  void environment() throws Exception {
    String proxy = ShippedDaemon.marker();
    shell("HTTPS_PROXY=http://" + proxy + ".example " + program("curl"));
    assertThat(daemon.rules(proxy)).containsExactly("Program run with disallowed http proxy env");
    String tuned = ShippedDaemon.marker();
    shell("GLIBC_TUNABLES=glibc.malloc.mxfast=0 /usr/bin/true " + tuned);
    assertThat(daemon.rules(tuned))
        .containsExactly("Potential Local Privilege Escalation via Environment Variables Misuse");
    String plain = ShippedDaemon.marker();
    shell("NO_PROXY=http://" + plain + ".example " + program("curl"));
    assertThat(daemon.rules(plain)).isEmpty();
  }

  @Test
  void jobs() throws Exception {
    Path crontab = program("crontab");
    String listed = ShippedDaemon.marker();
    Commands.run(crontab.toString(), "-u", listed, "-l");
    assertThat(daemon.rules(listed)).isEmpty();
    String set = ShippedDaemon.marker();
    Commands.run(crontab.toString(), set);
    assertThat(daemon.rules(set)).containsExactly("Schedule Cron Jobs");
  }

  @Test
  void miners() throws Exception {
    String marker = ShippedDaemon.marker();
    Commands.run(program("xmrig").toString(), "-o", "stratum+tcp://" + marker + ".example:3333");
    assertThat(daemon.rules(marker))
        .containsExactly(
            "Detect crypto miners using the Stratum protocol",
            "Known Cryptominer Process Executed");
  }

  @Test
  void exploitOfSudo() throws Exception {
    Path sudoedit = program("sudoedit");
    String edited = ShippedDaemon.marker();
    Commands.run(sudoedit.toString(), "-s", edited);
    assertThat(daemon.rules(edited)).isEmpty();
    String exploited = ShippedDaemon.marker();
    Commands.run(sudoedit.toString(), "-s", "\\", exploited);
    assertThat(daemon.rules(exploited)).containsExactly("Sudo Potential Privilege Escalation");
  }

  @Test
  void shellOfAWebServer() throws Exception {
    Path directory = Files.createDirectory(daemon.work().resolve(ShippedDaemon.marker()));
    Path server = ShippedDaemon.copy("bash", directory.resolve("php-fpm8.2"));
    String marker = ShippedDaemon.marker();
    Commands.run(server.toString(), "-c", "sh -c 'true " + marker + " /dev/tcp/'; true");
    assertThat(daemon.rules(marker))
        .containsExactly("Web Server Spawned Shell", "Reverse Shell from Web Server");
    String other = ShippedDaemon.marker();
    Path tool = ShippedDaemon.copy("bash", directory.resolve("jf-other"));
    Commands.run(tool.toString(), "-c", "sh -c 'true " + other + " /dev/tcp/'; true");
    assertThat(daemon.rules(other)).isEmpty();
  }

  @Test
  void insideAContainer() throws Exception {
    String decoded = ShippedDaemon.marker();
    daemon.container().exec("busybox base64 -d /nonexistent/" + decoded);
    assertThat(daemon.rules(decoded)).contains("Decoding Payload in Container");
    String secrets = ShippedDaemon.marker();
    daemon.container().exec("cat /nonexistent/" + secrets + " /proc/1/environ");
    assertThat(daemon.rules(secrets)).containsExactly("Read environment variable from /proc files");
    String space = ShippedDaemon.marker();
    daemon.container().exec("busybox unshare -U true " + space);
    assertThat(daemon.rules(space)).containsExactly("Change namespace privileges via unshare");
    String plain = ShippedDaemon.marker();
    daemon.container().exec("cat /nonexistent/" + plain + " /proc/1/cmdline");
    assertThat(daemon.rules(plain)).isEmpty();
  }
}
