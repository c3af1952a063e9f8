package io.jfalco.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IssuePageTest {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root"));

  @Test
  void committedPageIsWhatTheCodesGenerate() throws IOException {
    Path file = ROOT.resolve("docs/reference/rule-errors.md");
    String text = IssuePage.text(raised());
    if (Boolean.getBoolean("generate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void tellsCodesThatNothingRaises() throws IOException {
    assertThat(raised()).contains(IssueCode.LOAD_ERR_VALIDATE, IssueCode.LOAD_UNKNOWN_KEY);
    assertThat(IssuePage.text(EnumSet.complementOf(EnumSet.of(IssueCode.LOAD_UNUSED_LIST))))
        .containsOnlyOnce("Not raised by this version");
  }

  /** Codes that a source file besides the enumeration itself names. */
  private static Set<IssueCode> raised() throws IOException {
    Set<IssueCode> raised = EnumSet.noneOf(IssueCode.class);
    for (String module : new String[] {"rules-engine", "daemon"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(IssuePageTest::mayRaise).toList()) {
          String source = Files.readString(file);
          for (IssueCode code : IssueCode.values()) {
            if (Pattern.compile("IssueCode\\." + code + "\\b").matcher(source).find()) {
              raised.add(code);
            }
          }
        }
      }
    }
    return raised;
  }

  private static boolean mayRaise(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".java") && !name.equals("IssueCode.java");
  }
}
