package io.jfalco.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root"));

  @Test
  void committedFilesAreWhatTheTableGenerates() throws IOException {
    if (Boolean.getBoolean("generate")) {
      EventTypeGenerator.write(ROOT);
    }
    for (Map.Entry<Path, String> file : EventTypeGenerator.files().entrySet()) {
      assertThat(ROOT.resolve(file.getKey()))
          .as(file.getKey().toString())
          .hasContent(file.getValue());
      assertThat(Files.readString(ROOT.resolve(file.getKey()))).isEqualTo(file.getValue());
    }
  }
}
