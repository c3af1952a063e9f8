package io.jfalco.daemon;

import io.jfalco.rule.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums (SHA-256, hexadecimal) of the files that were read, by their names without directories.
 *
 * @param rules of rules files
 * @param configs of configuration files
 */
public record FileSums(SortedMap<String, String> rules, SortedMap<String, String> configs) {

  /** Sums up rules that were read, and configuration files by their names. */
  public static FileSums of(List<RuleFile> rules, Collection<String> configs) {
    TreeMap<String, String> ofRules = new TreeMap<>();
    for (RuleFile file : rules) {
      ofRules.put(name(file.name()), sum(file.toBytes()));
    }
    TreeMap<String, String> ofConfigs = new TreeMap<>();
    for (String file : configs) {
      try {
        ofConfigs.put(name(file), sum(Files.readAllBytes(Path.of(file))));
      } catch (IOException gone) {
        // It was there when it was read; the next reload tells.
      }
    }
    return new FileSums(ofRules, ofConfigs);
  }

  private static String name(String file) {
    Path name = Path.of(file).getFileName();
    return name == null ? file : name.toString();
  }

  private static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
