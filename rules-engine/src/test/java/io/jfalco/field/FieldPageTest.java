package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FieldPageTest {
  private static final Path FILE =
      Path.of(System.getProperty("jfalco.root"), "docs/reference/fields.md");
  private static final FieldCatalog CATALOG = FieldCatalog.standard();

  @Test
  void committedPageIsWhatTheCatalogueGenerates() throws IOException {
    String text = FieldPage.text(CATALOG);
    if (Boolean.getBoolean("generate")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  @Test
  void marksFieldsThatNothingFills() {
    assertThat(hasValue("proc.name")).isTrue();
    assertThat(hasValue("evt.arg")).as("argument required").isTrue();
    assertThat(hasValue("evt.pluginname")).isFalse();
    assertThat(hasValue("k8s.ns.label")).as("argument required").isFalse();
  }

  private static boolean hasValue(String name) {
    return FieldPage.hasValue(CATALOG.find(name).orElseThrow());
  }
}
