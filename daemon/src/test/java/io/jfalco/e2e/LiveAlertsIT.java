package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Live alerts of the daemon as a separate process: each trigger carries a marker that nothing else
 * on the host has, and the test asserts all alerts with that marker, no more and no fewer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveAlertsIT {
  private static final String CONTAINER_ID =
      UUID.randomUUID().toString().replace("-", "") + UUID.randomUUID().toString().replace("-", "");

  private Path work;
  private FalcoProcess falco;
  private RuncContainer container;

  @BeforeAll
  void startDaemon() throws Exception {
    LiveHost.require();
    LiveHost.joinRootCgroups();
    work = FalcoProcess.workDirectory("live");
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        log_syslog: false
        json_output: true
        json_include_message_property: true
        rule_matching: all
        append_output: [{suggested_output: true}]
        """);
    List<String> arguments = new ArrayList<>(List.of("-c", config.toString()));
    if (LiveHost.upstreamRules().isPresent()) {
      arguments.addAll(List.of("-r", LiveHost.upstreamRules().get().toString()));
    }
    for (String rules : new String[] {"probe_rules.yaml", "appended_rules.yaml"}) {
      Path copy = work.resolve(rules);
      Files.write(copy, getClass().getResourceAsStream("/e2e/" + rules).readAllBytes());
      arguments.addAll(List.of("-r", copy.toString()));
    }
    container = RuncContainer.start(work, CONTAINER_ID);
    falco = FalcoProcess.start(Map.of(), arguments);
    falco.awaitReady("probe ready", this::touchReady);
  }

  @AfterAll
  void stopDaemon() throws Exception {
    if (falco != null) {
      falco.close();
    }
    if (container != null) {
      container.close();
    }
    if (work != null) {
      Commands.run("rm", "-rf", work.toString());
    }
  }

  private void touchReady() throws Exception {
    Commands.run("touch", work.resolve("jfalco-ready-" + UUID.randomUUID()).toString());
  }

  /** Waits until everything that happened so far has gone through the daemon. */
  private void settle() throws Exception {
    String sentinel = "jfalco-ready-" + UUID.randomUUID();
    Commands.run("touch", work.resolve(sentinel).toString());
    falco.awaitAlert("probe ready", sentinel);
  }

  private static String marker() {
    return "mk" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A copy of a program under another name, so that {@code proc.name} is that name. */
  private Path program(String original, String name) throws IOException {
    Path copy = work.resolve(name);
    if (!Files.exists(copy)) {
      Path source = null;
      for (String dir : new String[] {"/usr/bin", "/bin", "/usr/sbin"}) {
        if (source == null && Files.exists(Path.of(dir, original))) {
          source = Path.of(dir, original).toRealPath();
        }
      }
      Files.copy(source, copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return copy;
  }

  /** Alerts with the marker, each as rule and the named fields. */
  private List<String> seen(String marker, String... fields) throws Exception {
    settle();
    List<String> seen = new ArrayList<>();
    for (JsonNode alert : falco.alerts(marker)) {
      StringBuilder text = new StringBuilder(alert.get("rule").asText());
      for (String field : fields) {
        JsonNode value = alert.get("output_fields").get(field);
        if (value != null) {
          text.append(' ').append(field).append('=').append(value.asText());
        }
      }
      seen.add(text.toString());
    }
    return seen;
  }

  private List<JsonNode> alertsOf(String rule, String marker) throws Exception {
    settle();
    return falco.alerts(marker).stream().filter(a -> a.get("rule").asText().equals(rule)).toList();
  }

  /** Rule and event type of all alerts with the marker. */
  private List<String> rulesAndTypes(String marker) throws Exception {
    return seen(marker, "evt.type");
  }

  @Test
  void sensitiveFileReadByUntrustedProgram() throws Exception {
    LiveHost.requireUpstreamRules();
    String marker = marker();
    Path reader = program("cat", "jf-reader");
    Commands.run(reader.toString(), "/etc/shadow", "/nonexistent/" + marker);
    assertThat(seen(marker, "evt.type", "fd.name", "proc.name", "proc.cmdline"))
        .containsExactly(
            "Read sensitive file untrusted evt.type=openat fd.name=/etc/shadow proc.name=jf-reader"
                + " proc.cmdline=jf-reader /etc/shadow /nonexistent/"
                + marker);

    String trusted = marker();
    Commands.run(program("cat", "passwd").toString(), "/etc/shadow", "/nonexistent/" + trusted);
    Commands.run(reader.toString(), "/etc/hostname", "/nonexistent/" + trusted);
    assertThat(seen(trusted)).isEmpty();
  }

  @Test
  void terminalShellInContainer() throws Exception {
    LiveHost.requireUpstreamRules();
    String marker = marker();
    container.execWithTerminal("true " + marker);
    List<JsonNode> alerts = alertsOf("Terminal shell in container", marker);
    assertThat(alerts).hasSize(1);
    JsonNode fields = alerts.get(0).get("output_fields");
    assertThat(fields.get("proc.tty").asLong()).isPositive();
    assertThat(fields.get("proc.name").asText()).isEqualTo("sh");
    assertThat(fields.get("proc.pname").asText()).startsWith("runc");
    assertThat(fields.get("container.id").asText()).isEqualTo(CONTAINER_ID.substring(0, 12));
    assertThat(fields.get("evt.arg.flags").asText()).contains("EXE_WRITABLE");

    String plain = marker();
    container.exec("true " + plain);
    assertThat(alertsOf("Terminal shell in container", plain)).as("no terminal").isEmpty();
    String host = marker();
    Commands.run("script", "-qec", "sh -c 'true " + host + "'", "/dev/null");
    assertThat(alertsOf("Terminal shell in container", host)).as("on the host").isEmpty();
  }

  @Test
  void setnsByNameListAndMacro() throws Exception {
    String marker = marker();
    Path other = program("nsenter", "jf-ns");
    Commands.run(other.toString(), "-u/proc/self/ns/uts", "/bin/true", marker);
    String command = "jf-ns -u/proc/self/ns/uts /bin/true " + marker;
    assertThat(seen(marker, "evt.type", "proc.name", "proc.cmdline"))
        .containsExactlyInAnyOrder(
            "setns plain evt.type=setns proc.name=jf-ns proc.cmdline=" + command,
            "setns list evt.type=setns proc.name=jf-ns proc.cmdline=" + command,
            "setns macro evt.type=setns proc.name=jf-ns proc.cmdline=" + command);

    String known = marker();
    Commands.run(
        program("nsenter", "docker").toString(), "-u/proc/self/ns/uts", "/bin/true", known);
    assertThat(seen(known)).isEmpty();
  }

  @Test
  void aSignalIsSeenWhereARuleAsksForSignals() throws Exception {
    String marker = marker();
    String shell = program("sh", "jf-sh").toString();
    Commands.run(shell, "-c", "trap : USR1; kill -USR1 $$; kill -0 $$", "jf-sh", marker);
    assertThat(seen(marker, "evt.type", "evt.arg.sig"))
        .containsExactly("signal arrives evt.type=signaldeliver evt.arg.sig=SIGUSR1");
  }

  @Test
  void fileByItsName() throws Exception {
    String marker = marker();
    Path directory = Files.createDirectory(work.resolve(marker));
    Commands.runIn(directory, "sh", "-c", "echo \"hello world\" > example.txt");
    assertThat(
            seen(
                marker,
                "evt.type",
                "fd.name",
                "fd.directory",
                "fd.filename",
                "proc.name",
                "evt.is_open_write",
                "evt.arg.flags"))
        .containsExactly(
            "example file evt.type=openat fd.name="
                + directory
                + "/example.txt fd.directory="
                + directory
                + " fd.filename=example.txt proc.name=sh evt.is_open_write=true"
                + " evt.arg.flags=O_TRUNC|O_CREAT|O_WRONLY|O_F_CREATED");
    assertThat(directory.resolve("example.txt")).hasContent("hello world");

    String near = marker();
    Path other = Files.createDirectory(work.resolve(near));
    Commands.runIn(other, "sh", "-c", "echo hello > example.txt.bak");
    assertThat(seen(near)).isEmpty();
  }

  @Test
  void childrenOfSh() throws Exception {
    String marker = marker();
    Path maker = program("mkdir", "jf-mkdir");
    Path directory = work.resolve("dir-" + marker);
    Commands.run("sh", "-c", maker + " " + directory + "; true");
    assertThat(seen(marker, "evt.type", "proc.name", "proc.pname", "proc.cmdline", "evt.res"))
        .containsExactlyInAnyOrder(
            "shell_in host proc.name=jf-mkdir proc.cmdline=jf-mkdir " + directory,
            "child of sh evt.type=execve proc.name=jf-mkdir proc.pname=sh proc.cmdline=jf-mkdir "
                + directory
                + " evt.res=SUCCESS",
            "child of sh evt.type=mkdir proc.name=jf-mkdir proc.pname=sh proc.cmdline=jf-mkdir "
                + directory
                + " evt.res=SUCCESS");

    String near = marker();
    Commands.run(maker.toString(), work.resolve("dir-" + near).toString());
    assertThat(seen(near)).isEmpty();
  }

  @Test
  void shellInContainerAndOnHost() throws Exception {
    String inside = marker();
    container.exec("/bin/cat /nonexistent/" + inside + "; true");
    assertThat(seen(inside, "proc.name", "container.id"))
        .containsExactlyInAnyOrder(
            "child of sh proc.name=cat container.id=" + CONTAINER_ID.substring(0, 12),
            "shell_in_container proc.name=cat container.id=" + CONTAINER_ID.substring(0, 12));

    String outside = marker();
    Commands.run("sh", "-c", "cat /nonexistent/" + outside + "; true");
    assertThat(seen(outside, "proc.name", "container.id", "container.name"))
        .containsExactlyInAnyOrder(
            "child of sh proc.name=cat container.id=host container.name=host",
            "shell_in host proc.name=cat container.id=host container.name=host");
  }

  @Test
  void listMacroAndConditionAppendedByASecondFile() throws Exception {
    String marker = marker();
    Path directory = Files.createDirectories(work.resolve(marker));
    Files.createDirectory(directory.resolve("ignored"));
    for (String file : new String[] {"mine-one.txt", "mine-two.txt", "ignored/mine-two.txt"}) {
      Files.writeString(directory.resolve(file), "x");
    }
    for (String name : new String[] {"jf-mine-one", "jf-mine-two", "jf-mine-three"}) {
      String path = program("cat", name).toString();
      Commands.run(path, directory.resolve("mine-one.txt").toString());
      Commands.run(path, directory.resolve("mine-two.txt").toString());
      Commands.run(path, directory.resolve("ignored/mine-two.txt").toString());
    }
    assertThat(seen(marker, "proc.name", "fd.name"))
        .containsExactlyInAnyOrder(
            "my programs proc.name=jf-mine-one fd.name=" + directory + "/mine-one.txt",
            "my programs proc.name=jf-mine-one fd.name=" + directory + "/mine-two.txt",
            "my programs proc.name=jf-mine-two fd.name=" + directory + "/mine-one.txt",
            "my programs proc.name=jf-mine-two fd.name=" + directory + "/mine-two.txt");
  }

  @Test
  void ruleAndOutputInChinese() throws Exception {
    String marker = marker();
    Path file = work.resolve("敏感" + marker);
    Files.writeString(file, "x");
    Path near = work.resolve("x敏感" + marker);
    Files.writeString(near, "x");
    Commands.run("cat", file.toString(), near.toString());
    settle();
    List<JsonNode> alerts = alertsOf("读取敏感文件", marker);
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).get("rule").asText()).isEqualTo("读取敏感文件");
    assertThat(alerts.get(0).get("message").asText()).startsWith("敏感文件被打开（文件=" + file + " 进程=cat）");
  }

  @Test
  void tcpConnectionsOutAndIn() throws Exception {
    byte[] body =
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 39217));
      Thread answering =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[512]);
                  socket.getOutputStream().write(body);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      answering.start();
      Path curl = program("curl", "jf-curl");
      assertThat(Commands.run(curl.toString(), "-s", "http://127.0.0.1:39217/")).isEqualTo("ok");
      answering.join();
    }
    Commands.run("curl", "-s", "http://127.0.0.1:39216/");
    assertThat(rulesAndTypes(":39216")).as("other program, other port").isEmpty();
    assertThat(rulesAndTypes(":39217"))
        .containsExactlyInAnyOrder("tcp evt.type=connect", "inbound evt.type=accept");
    List<JsonNode> out =
        falco.alerts(":39217").stream().filter(a -> a.get("rule").asText().equals("tcp")).toList();
    assertThat(out).hasSize(1);
    JsonNode fields = out.get(0).get("output_fields");
    String name = fields.get("fd.name").asText();
    assertThat(name).matches("127\\.0\\.0\\.1:\\d+->127\\.0\\.0\\.1:39217");
    assertThat(fields.get("evt.type").asText()).isEqualTo("connect");
    assertThat(fields.get("evt.args").asText())
        .contains("tuple=" + name)
        .contains("addr=127.0.0.1:39217");
    List<JsonNode> in =
        falco.alerts(":39217").stream()
            .filter(a -> a.get("rule").asText().equals("inbound"))
            .toList();
    assertThat(in).hasSize(1);
    JsonNode inbound = in.get(0).get("output_fields");
    assertThat(inbound.get("fd.name").asText()).isEqualTo(name);
    assertThat(inbound.get("fd.cip").asText()).isEqualTo("127.0.0.1");
    assertThat(inbound.get("fd.sip").asText()).isEqualTo("127.0.0.1");
    assertThat(inbound.get("fd.sport").asLong()).isEqualTo(39217);
    assertThat(name).startsWith("127.0.0.1:" + inbound.get("fd.cport").asLong() + "->");
  }

  @Test
  void udpDatagram() throws Exception {
    Path shell = program("bash", "jf-udp");
    Commands.run(shell.toString(), "-c", "echo hello > /dev/udp/127.0.0.1/39218");
    Commands.run("bash", "-c", "echo hello > /dev/udp/127.0.0.1/39215");
    assertThat(rulesAndTypes(":39215")).as("other program").isEmpty();
    assertThat(rulesAndTypes(":39218")).containsExactly("udp evt.type=connect");
    JsonNode fields = falco.alerts(":39218").get(0).get("output_fields");
    String name = fields.get("fd.name").asText();
    assertThat(name).matches("127\\.0\\.0\\.1:\\d+->127\\.0\\.0\\.1:39218");
    assertThat(fields.get("evt.args").asText())
        .matches("res=0 tuple=" + name + " fd=3\\(<4u>" + name + "\\) addr=127.0.0.1:39218 ?");
  }

  @Test
  void addressesInAList() throws Exception {
    Path shell = program("bash", "jf-addr");
    for (String address : new String[] {"127.0.0.2", "127.0.0.3", "127.0.0.4"}) {
      Commands.run(shell.toString(), "-c", "echo > /dev/udp/" + address + "/39219");
    }
    settle();
    assertThat(rulesAndTypes(":39219"))
        .containsExactlyInAnyOrder(
            "udp evt.type=connect",
            "udp evt.type=connect",
            "udp evt.type=connect",
            "connection to a bad address",
            "connection to a bad address");
    assertThat(falco.alerts(":39219"))
        .filteredOn(a -> a.get("rule").asText().equals("connection to a bad address"))
        .extracting(a -> a.get("output_fields").get("fd.sip").asText())
        .containsExactlyInAnyOrder("127.0.0.3", "127.0.0.4");
  }

  @Test
  void timesAndAncestors() throws Exception {
    String marker = marker();
    Path file = work.resolve("jf-times-" + marker);
    Files.writeString(file, "x");
    Path outer = program("bash", "jf-outer");
    long before = System.currentTimeMillis() * 1_000_000;
    Commands.run(outer.toString(), "-c", "sh -c 'sleep 0.2; cat " + file + "; true'; true");
    List<JsonNode> alerts = alertsOf("times", marker);
    long after = System.currentTimeMillis() * 1_000_000;
    assertThat(alerts).hasSize(1);
    JsonNode fields = alerts.get(0).get("output_fields");
    assertThat(fields.get("evt.time").asLong()).isBetween(before, after);
    assertThat(fields.get("evt.time.s").asLong()).isEqualTo(fields.get("evt.time").asLong());
    assertThat(fields.get("evt.datetime").asLong()).isEqualTo(fields.get("evt.time").asLong());
    assertThat(fields.get("proc.duration").asLong()).isBetween(1L, 5_000_000_000L);
    assertThat(fields.get("proc.aname[2]").asText()).isEqualTo("jf-outer");
    assertThat(fields.get("proc.pcmdline").asText())
        .isEqualTo("sh -c sleep 0.2; cat " + file + "; true");
    assertThat(fields.get("proc.exepath").asText()).endsWith("/cat");
    String loginUid = Files.readString(Path.of("/proc/self/loginuid")).strip();
    assertThat(fields.get("user.loginuid").asLong())
        .isEqualTo(loginUid.equals("4294967295") ? -1 : Long.parseLong(loginUid));
    String[] text = alerts.get(0).get("message").asText().split("\\|");
    assertThat(text[0]).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{9}");
    assertThat(text[1]).isEqualTo(text[0].substring(0, 8));
    assertThat(text[2]).matches("\\d{4}-\\d\\d-\\d\\d " + text[0].replace(".", "\\."));
  }

  @Test
  void undecodableBytesBreakNothing() throws Exception {
    String marker = marker();
    Path script = work.resolve("odd.sh");
    Files.write(
        script,
        ("f=\""
                + work
                + "/jf-times-"
                + marker
                + "$(printf '\\377\\001\\n\"\\\\x')\"; : > \"$f\"; cat \"$f\"")
            .getBytes(StandardCharsets.UTF_8));
    Commands.run("bash", script.toString());
    List<JsonNode> alerts = alertsOf("times", marker);
    assertThat(alerts).hasSize(1);
    String name = alerts.get(0).get("output_fields").get("fd.name").asText();
    assertThat(name).contains("jf-times-" + marker).contains("\uFFFD").contains("\"\\x");
    assertThat(alerts.get(0).get("output").asText().chars()).allMatch(c -> c >= ' ');
  }
}
