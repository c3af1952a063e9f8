package io.jfalco.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A container run by runc from a busybox root. Its cgroup path is the one that docker gives its
 * containers, so that it has a container id that can be told from the path.
 */
final class RuncContainer implements AutoCloseable {
  /** A user that only the container knows, and the group of that user. */
  static final String USER = "jfalco-web";

  static final String GROUP = "jfalco-staff";
  static final String USER_AND_GROUP_IDS = "61234:61235";

  private final Path bundle;
  private final String id;

  private RuncContainer(Path bundle, String id) {
    this.bundle = bundle;
    this.id = id;
  }

  /** Starts a container that sleeps; {@code id} is 64 hexadecimal digits. */
  static RuncContainer start(Path directory, String id) throws Exception {
    Path bundle = Files.createDirectory(directory.resolve("bundle"));
    Path bin = Files.createDirectories(bundle.resolve("rootfs/bin"));
    for (String dir : new String[] {"proc", "sys", "dev", "tmp", "etc"}) {
      Files.createDirectory(bundle.resolve("rootfs").resolve(dir));
    }
    Files.writeString(
        bundle.resolve("rootfs/etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\n" + USER + ":x:61234:61235::/srv/web:/bin/none\n");
    Files.writeString(bundle.resolve("rootfs/etc/group"), "root:x:0:\n" + GROUP + ":x:61235:\n");
    Files.copy(busybox(), bin.resolve("busybox"));
    Files.setPosixFilePermissions(
        bin.resolve("busybox"), PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String applet : new String[] {"sh", "sleep", "cat", "ls", "true", "mkdir"}) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Commands.runIn(bundle, "runc", "spec");
    ObjectMapper json = new ObjectMapper();
    Path config = bundle.resolve("config.json");
    ObjectNode spec = (ObjectNode) json.readTree(config.toFile());
    ObjectNode process = (ObjectNode) spec.get("process");
    process.put("terminal", false);
    ArrayNode args = process.putArray("args");
    args.add("sleep").add("600");
    ((ObjectNode) spec.get("linux")).put("cgroupsPath", "/docker/" + id);
    json.writeValue(config.toFile(), spec);
    String output =
        Commands.run(
            "sh", "-c", "runc run -d -b '" + bundle + "' " + id + " >/dev/null 2>&1; echo $?");
    if (!output.strip().equals("0")) {
      throw new IOException("runc did not start the container: " + output);
    }
    return new RuncContainer(bundle, id);
  }

  /** Runs a command in the container without a terminal. */
  void exec(String command) throws Exception {
    Commands.run("runc", "exec", id, "sh", "-c", command);
  }

  /** Runs a command in the container as {@link #USER}. */
  void execAsUser(String command) throws Exception {
    Commands.run("runc", "exec", "-u", USER_AND_GROUP_IDS, id, "sh", "-c", command);
  }

  /** Runs a command in the container in a shell with a terminal. */
  void execWithTerminal(String command) throws Exception {
    Commands.run("script", "-qec", "runc exec -t " + id + " sh -c '" + command + "'", "/dev/null");
  }

  @Override
  public void close() throws IOException {
    try {
      Commands.run("runc", "delete", "-f", id);
      Commands.run("rm", "-rf", bundle.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path busybox() throws IOException {
    for (String path : new String[] {"/bin/busybox", "/usr/bin/busybox"}) {
      if (Files.isExecutable(Path.of(path))) {
        return Path.of(path);
      }
    }
    throw new IOException("busybox is missing: apt-get install busybox-static");
  }
}
