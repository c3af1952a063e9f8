package io.jfalco.daemon;

import io.jfalco.rule.RuleFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds and reads rules files. */
public final class RulesFiles {
  private RulesFiles() {}

  /**
   * The files that the names stand for: directories give their files in order of their names. Only
   * names that end in {@code .yaml} or {@code .yml} count, and as in Falco only those whose first
   * {@code .yaml} or {@code .yml} it is.
   */
  public static List<String> expand(List<String> names) throws FatalException {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      if (Files.isDirectory(Path.of(name))) {
        files.addAll(list(Path.of(name)));
      } else if (isRules(name)) {
        files.add(name);
      } else {
        Log.warning(
            "Rules file "
                + name
                + " is left out: its path does not end in its first .yaml or .yml");
      }
    }
    return files;
  }

  private static boolean isRules(String name) {
    return RuleSelection.matches("*.yaml", name) || RuleSelection.matches("*.yml", name);
  }

  private static List<String> list(Path directory) throws FatalException {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry) && isRules(entry.toString())) {
          files.add(entry.toString());
        }
      }
    } catch (IOException e) {
      throw new FatalException("Could not read directory " + directory, e);
    }
    Collections.sort(files);
    return files;
  }

  /** Reads files, in order. */
  public static List<RuleFile> read(List<String> names) throws FatalException {
    List<RuleFile> files = new ArrayList<>();
    for (String name : names) {
      try {
        files.add(new RuleFile(name, Files.readAllBytes(Path.of(name))));
      } catch (IOException e) {
        throw new FatalException("Could not open file " + name + " for reading", e);
      }
    }
    return files;
  }
}
