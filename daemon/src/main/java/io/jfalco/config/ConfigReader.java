package io.jfalco.config;

import io.jfalco.rule.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Reads the configuration: main file, options that begin with {@code config_files}, included files,
 * then all options.
 */
public final class ConfigReader {
  private static final String INCLUDES = "config_files";
  private static final List<String> RULES = List.of("rules_files", "rules_file");

  private final UnaryOperator<String> environment;
  private final BooleanSupplier module;

  /**
   * A reader.
   *
   * @param environment value of an environment variable, or null
   * @param module whether Falco's kernel module is installed; asked when no engine is chosen
   */
  public ConfigReader(UnaryOperator<String> environment, BooleanSupplier module) {
    this.environment = environment;
    this.module = module;
  }

  /**
   * Reads.
   *
   * @param file main file; without one all keys have their defaults
   * @param options {@code key=value}, in order
   * @throws ConfigException when a file cannot be read, or a value is impossible
   */
  public LoadedConfig read(Optional<Path> file, List<String> options) throws ConfigException {
    TreeMap<String, String> files = new TreeMap<>();
    ConfigRemarks remarks = new ConfigRemarks();
    ConfigTree tree = ConfigTree.empty();
    if (file.isPresent()) {
      tree = parse(file.get(), ConfigTree.Strategy.OVERRIDE, files, remarks);
    }
    for (String option : options) {
      if (option.startsWith(INCLUDES)) {
        tree.apply(option);
      }
    }
    if (file.isPresent()) {
      include(tree, file.get(), files, remarks);
    }
    for (String option : options) {
      tree.apply(option);
      remarks.addOption(option);
    }
    List<String> warnings = new ArrayList<>(remarks.complete(tree));
    String name = file.map(Path::toString).orElse("");
    Config config;
    try {
      config = new ConfigMapping(tree, name, module, warnings::add).config();
    } catch (ConfigException e) {
      throw remarks.places().in(e);
    }
    return new LoadedConfig(
        config,
        Collections.unmodifiableSortedMap(files),
        List.copyOf(warnings),
        tree.values(),
        ConfigDump.of(tree),
        included(tree, file),
        places(tree, file));
  }

  private static List<Path> places(ConfigTree tree, Optional<Path> file) throws ConfigException {
    List<Path> places = new ArrayList<>();
    file.ifPresent(places::add);
    places.addAll(included(tree, file));
    for (String key : RULES) {
      places.addAll(tree.paths(key));
    }
    return List.copyOf(places);
  }

  private static List<Path> included(ConfigTree tree, Optional<Path> file) throws ConfigException {
    List<Path> included = new ArrayList<>();
    if (file.isPresent()) {
      for (Object entry : tree.list(INCLUDES)) {
        if (!target(entry).isEmpty()) {
          included.add(ConfigTree.path(INCLUDES, target(entry)));
        }
      }
    }
    return List.copyOf(included);
  }

  private static String target(Object entry) throws ConfigException {
    if (entry instanceof List || entry instanceof Map<?, ?> map && !map.containsKey("path")) {
      throw new ConfigException("Config error: an entry of '" + INCLUDES + "' has no path");
    }
    return entry instanceof Map<?, ?> map ? text(map, "path") : entry.toString();
  }

  private ConfigTree parse(
      Path file, ConfigTree.Strategy strategy, Map<String, String> files, ConfigRemarks remarks)
      throws ConfigException {
    try {
      ConfigText.Document document = ConfigText.read(bytes(file), environment);
      ConfigTree tree = ConfigTree.of(document.root());
      String name = file.toString();
      files.put(name, remarks.addFile(name, tree, document, strategy));
      return tree;
    } catch (IOException e) {
      throw new ConfigException("Cannot read config file (" + file + "): " + reason(e), e);
    } catch (ConfigException e) {
      throw new ConfigException("Cannot read config file (" + file + "): " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      // One more than may be, so that it is told.
      return in.readNBytes(YamlReader.MAX_LENGTH + 1);
    }
  }

  private static String reason(IOException e) {
    String text = e.getClass().getSimpleName();
    return e.getMessage() == null ? text : text + ": " + e.getMessage();
  }

  private void include(ConfigTree tree, Path main, Map<String, String> files, ConfigRemarks remarks)
      throws ConfigException {
    for (Object entry : tree.list(INCLUDES)) {
      ConfigTree.Strategy strategy =
          ConfigTree.Strategy.of(entry instanceof Map<?, ?> map ? text(map, "strategy") : "");
      if (target(entry).isEmpty()) {
        continue;
      }
      Path path = ConfigTree.path(INCLUDES, target(entry));
      if (path.equals(main)) {
        throw new ConfigException(
            "Config error: '"
                + INCLUDES
                + "' directive tried to recursively include main config file: "
                + main
                + ".");
      }
      for (Path file : expand(path)) {
        includeFile(tree, file, strategy, files, remarks);
      }
    }
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  /** The file, or the files of the directory in order of their names, or nothing. */
  private static List<Path> expand(Path path) throws ConfigException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isRegularFile)) {
        entries.forEach(files::add);
      } catch (IOException e) {
        throw new ConfigException("Cannot read config directory (" + path + "): " + reason(e), e);
      }
      Collections.sort(files);
    }
    return files;
  }

  private void includeFile(
      ConfigTree tree,
      Path file,
      ConfigTree.Strategy strategy,
      Map<String, String> files,
      ConfigRemarks remarks)
      throws ConfigException {
    ConfigTree included = parse(file, strategy, files, remarks);
    if (included.root().containsKey(INCLUDES)) {
      throw new ConfigException(
          "Config error: '" + INCLUDES + "' directive in included config file " + file + ".");
    }
    tree.merge(included, strategy);
  }
}
