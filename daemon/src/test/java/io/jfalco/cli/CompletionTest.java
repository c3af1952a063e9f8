package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of shells is made of the options that there are. */
class CompletionTest {
  private static final Path BASH = Path.of("/bin/bash");
  private static final Path FILE =
      Path.of(System.getProperty("jfalco.root"), "etc/completion/falco.bash");

  @Test
  void scriptIsWhatTheOptionsGenerate() throws IOException {
    CommandLine parser = Options.parser();
    nameFiles(parser.getCommandSpec());
    nameFiles(parser.getSubcommands().get("events").getCommandSpec());
    String script = AutoComplete.bash("falco", parser);
    if (Boolean.getBoolean("generate")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, script);
    }
    assertThat(Files.readString(FILE)).isEqualTo(script);
    assertThat(script.lines()).noneMatch(line -> line.contains("unknown version"));
  }

  /** The names of files are texts to the program, which tells them as they were given. */
  private static void nameFiles(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      if (option.paramLabel().matches("<(path|.*_file)>")) {
        command.remove(option);
        command.addOption(OptionSpec.builder(option.names()).arity("1").type(File.class).build());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--li, --list --list-events --list-plugins",
    "--format m, markdown",
    "--list=, ''",
    "--enable-source s, syscall",
    "ev, events",
    "events --qu, --quiet",
    "-r pom.x, pom.xml",
    "events -w pom.x, pom.xml",
  })
  void completes(String words, String expected) throws Exception {
    List<String> typed = List.of(("falco " + words).split(" "));
    String program =
        ". '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='falco %s'; COMP_POINT=${#COMP_LINE};"
                .formatted(FILE, String.join(" ", typed), typed.size() - 1, words)
            + " _complete_falco; printf '%s\\n' \"${COMPREPLY[@]}\" | sort";
    Process process =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", program)
            .directory(new File(System.getProperty("jfalco.root")))
            // It says that no completion is going on.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out.strip().replaceAll("\\s+", " ")).isEqualTo(expected);
  }
}
