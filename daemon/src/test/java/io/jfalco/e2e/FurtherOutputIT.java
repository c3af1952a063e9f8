package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of output that somebody else has written: one class in a jar on the class path. */
class FurtherOutputIT {
  private static final Path TARGET = FalcoProcess.ROOT.resolve("daemon/target");
  private static final String CAPTURE = "daemon/src/demo/guest-shell.scap";

  @TempDir Path work;
  private String classPath;

  @BeforeEach
  void provider() throws IOException {
    Path source = work.resolve("ShoutProvider.java");
    Files.writeString(
        source,
        """
        import io.jfalco.output.*;
        import java.io.IOException;
        import java.nio.file.*;
        import java.util.*;

        public final class ShoutProvider implements OutputProvider {
          public String name() { return "shout"; }
          public int rank() { return 100; }
          public List<OutputKey> keys() {
            return List.of(
                OutputKey.enabled(false, "In capital letters."),
                OutputKey.text("where", "", "", "The file."));
          }
          public Output open(OutputSettings settings) {
            Path file = Path.of(settings.text("where"));
            return new Output() {
              public String name() { return "shout"; }
              public void write(OutputMessage message) throws IOException {
                Files.writeString(file, message.text().toUpperCase(Locale.ROOT) + "\\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              }
            };
          }
        }
        """);
    String ours = TARGET.resolve("classes") + ":" + jars();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", ours, "-d", work.toString(), source + "");
    assertThat(compiled).isZero();
    Path jar = work.resolve("shout.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(
          out,
          "META-INF/services/io.jfalco.output.OutputProvider",
          "ShoutProvider\n".getBytes(StandardCharsets.UTF_8));
      for (String name : List.of("ShoutProvider.class", "ShoutProvider$1.class")) {
        add(out, name, Files.readAllBytes(work.resolve(name)));
      }
    }
    classPath = ours + ":" + jar;
  }

  private static String jars() throws IOException {
    try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
      return files.map(Path::toString).collect(Collectors.joining(":"));
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  private String falco(String section) throws Exception {
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: replay, replay: {capture_file: %s}}
        log_stderr: true
        log_syslog: false
        rules_files: [%s]
        %s
        """
            .formatted(
                FalcoProcess.ROOT.resolve(CAPTURE),
                FalcoProcess.ROOT.resolve("etc/falco/falco_rules.yaml"),
                section));
    return Commands.run(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-cp",
        classPath,
        "-Djfalco.home=" + FalcoProcess.ROOT,
        "io.jfalco.cli.Falco",
        "-c",
        config.toString());
  }

  @Test
  void itIsFoundConfiguredAndGivenAlerts() throws Exception {
    Path where = work.resolve("shouted.txt");
    String printed = falco("shout_output: {enabled: true, where: " + where + "}");
    assertThat(where).as(printed).exists();
    assertThat(Files.readString(where)).contains("SENSITIVE FILE READ BY A PROGRAM");
    assertThat(printed).contains("falco.yaml | schema validation: ok");
  }

  @Test
  void itsKeysAreCheckedAsOthers() throws Exception {
    assertThat(falco("shout_output: {enabled: true, whre: x}\nstdout_output: {enabled: true}"))
        .contains("whre");
  }
}
