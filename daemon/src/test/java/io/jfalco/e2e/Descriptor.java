package io.jfalco.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Descriptors as a text that is the same for what {@code /proc} says and for what is known. */
final class Descriptor {
  private static final String ANONYMOUS = "anon_inode:";
  private static final Map<String, String> KINDS =
      Map.of(
          "[eventfd]", "event",
          "[eventpoll]", "eventpoll",
          "inotify", "inotify",
          "[signalfd]", "signalfd",
          "[timerfd]", "timerfd",
          "[pidfd]", "pidfd");

  private Descriptor() {}

  /** What is known of one. */
  static String known(JsonNode fd) {
    String type = fd.get("type").asText();
    String name = fd.get("name").asText();
    String text =
        switch (type) {
          case "file", "directory" -> name;
          case "pipe" -> type + " " + fd.path("inode").asText();
          case "ipv4" -> type + " " + ends(name);
          default -> type;
        };
    return text + (fd.has("cloexec") ? " closed by exec" : "");
  }

  /** The ends of a connection, or the own end of a listening socket; in no order. */
  private static List<String> ends(String name) {
    return java.util.Arrays.stream(name.split("->", -1))
        .filter(end -> !end.isEmpty())
        .sorted()
        .toList();
  }

  /** All of a thread, as {@code /proc} says, by number. */
  static Map<Integer, String> all(Path thread) throws IOException {
    Map<String, String> sockets = new HashMap<>();
    read(sockets, thread.resolve("net/tcp"));
    read(sockets, thread.resolve("net/udp"));
    Map<Integer, String> all = new TreeMap<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(thread.resolve("fd"))) {
      for (Path link : links) {
        String number = link.getFileName().toString();
        boolean closes = isCloseOnExec(thread.resolve("fdinfo").resolve(number));
        String text = text(Files.readSymbolicLink(link).toString(), sockets);
        all.put(Integer.parseInt(number), text + (closes ? " closed by exec" : ""));
      }
    }
    return all;
  }

  private static String text(String target, Map<String, String> sockets) {
    if (target.startsWith("pipe:[")) {
      return "pipe " + target.substring(6, target.length() - 1);
    }
    if (target.startsWith("socket:[")) {
      String inode = target.substring(8, target.length() - 1);
      return sockets.getOrDefault(inode, "unix");
    }
    if (target.startsWith(ANONYMOUS)) {
      String kind = target.substring(ANONYMOUS.length());
      return KINDS.getOrDefault(kind, kind);
    }
    if (target.startsWith("/memfd:")) {
      return "memfd";
    }
    return target.endsWith(" (deleted)") ? target.substring(0, target.length() - 10) : target;
  }

  private static boolean isCloseOnExec(Path info) throws IOException {
    for (String line : Files.readAllLines(info)) {
      if (line.startsWith("flags:")) {
        return (Long.parseLong(line.substring(6).strip(), 8) & 02000000) != 0;
      }
    }
    return false;
  }

  private static void read(Map<String, String> sockets, Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    for (String line : lines.subList(1, lines.size())) {
      String[] field = line.strip().split("\\s+", -1);
      List<String> ends = new ArrayList<>(List.of(end(field[1])));
      if (!field[2].endsWith(":0000")) {
        ends.add(end(field[2]));
      }
      sockets.put(field[9], "ipv4 " + ends.stream().sorted().toList());
    }
  }

  /** {@code 0100007F:1F90} */
  private static String end(String hex) {
    long ip = Long.parseLong(hex.substring(0, 8), 16);
    return "%d.%d.%d.%d:%d"
        .formatted(
            ip & 255,
            ip >> 8 & 255,
            ip >> 16 & 255,
            ip >> 24 & 255,
            Integer.parseInt(hex.substring(9), 16));
  }
}
