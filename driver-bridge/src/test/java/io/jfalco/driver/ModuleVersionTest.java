package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleVersionTest {
  @ParameterizedTest
  @CsvSource({
    "10, 0, 0, true",
    "10, 1, 0, true",
    "10, 0, 7, true",
    "9, 9, 9, false",
    "11, 0, 0, false",
    "1, 0, 0, false",
  })
  void sameMajorAndNotOlder(int major, int minor, int patch, boolean satisfies) {
    ModuleVersion version = ModuleVersion.of(FakeModule.packed(major, minor, patch));
    assertThat(version).isEqualTo(new ModuleVersion(major, minor, patch));
    assertThat(version.satisfies(ModuleVersion.API)).isEqualTo(satisfies);
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 9, false", "4, 3, 0, true", "4, 3, 1, true", "5, 3, 0, false"})
  void minorAndPatchCount(int major, int minor, int patch, boolean satisfies) {
    assertThat(new ModuleVersion(major, minor, patch).satisfies(ModuleVersion.SCHEMA))
        .isEqualTo(satisfies);
  }
}
