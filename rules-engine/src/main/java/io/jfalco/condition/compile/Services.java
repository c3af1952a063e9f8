package io.jfalco.condition.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Ports by the name of their service, from the host's table of services. */
final class Services {
  private static final Map<String, Integer> PORTS = read(Path.of("/etc/services"));

  private Services() {}

  static Optional<Integer> port(String name) {
    return Optional.ofNullable(PORTS.get(name));
  }

  private static Map<String, Integer> read(Path file) {
    Map<String, Integer> ports = new HashMap<>();
    try {
      for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
        int comment = line.indexOf('#');
        String[] words = (comment < 0 ? line : line.substring(0, comment)).trim().split("\\s+");
        if (words.length >= 2 && words[1].matches("[0-9]{1,5}/[a-z0-9-]+")) {
          int port = Integer.parseInt(words[1].substring(0, words[1].indexOf('/')));
          ports.putIfAbsent(words[0], port);
          for (int i = 2; i < words.length; i++) {
            ports.putIfAbsent(words[i], port);
          }
        }
      }
    } catch (IOException e) {
      // A host without the file still knows the services below.
      ports.clear();
    }
    common().forEach(ports::putIfAbsent);
    return ports;
  }

  private static Map<String, Integer> common() {
    return Map.ofEntries(
        Map.entry("ftp", 21),
        Map.entry("ssh", 22),
        Map.entry("telnet", 23),
        Map.entry("smtp", 25),
        Map.entry("domain", 53),
        Map.entry("http", 80),
        Map.entry("pop3", 110),
        Map.entry("ntp", 123),
        Map.entry("imap2", 143),
        Map.entry("ldap", 389),
        Map.entry("https", 443),
        Map.entry("mysql", 3306),
        Map.entry("postgresql", 5432));
  }
}
