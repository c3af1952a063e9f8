package io.jfalco.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The manual pages in {@code docs/man}, which tests hold to what generates them. */
public final class ManPages {
  private static final Path DIRECTORY = Path.of(System.getProperty("jfalco.root"), "docs/man");
  private static final Path GROFF = Path.of("/usr/bin/groff");

  private ManPages() {}

  /** Compares a page with what it should be; {@code -Dgenerate=true} writes it. */
  public static void check(String name, String page) throws IOException, InterruptedException {
    Path file = DIRECTORY.resolve(name);
    if (Boolean.getBoolean("generate")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).isEqualTo(page);
    assertThat(page.lines()).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    if (Files.isExecutable(GROFF)) {
      assertThat(warnings(file)).isEmpty();
    }
  }

  private static String warnings(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(GROFF.toString(), "-ww", "-man", "-Tascii", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String warnings = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return warnings;
  }
}
