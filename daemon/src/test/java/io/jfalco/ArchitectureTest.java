package io.jfalco;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrows point down: daemon, then driver, rules and outputs, then event model. */
class ArchitectureTest {
  private static final String[] EVENT_MODEL = {
    "io.jfalco.event..", "io.jfalco.state..", "io.jfalco.alert..", "io.jfalco.render.."
  };
  private static final String[] RULES = {
    "io.jfalco.condition..",
    "io.jfalco.field..",
    "io.jfalco.rule..",
    "io.jfalco.issue..",
    "io.jfalco.lint.."
  };
  private static final String[] DRIVER = {"io.jfalco.driver.."};
  private static final String[] OUTPUTS = {"io.jfalco.output.."};
  private static final String[] CONFIG = {"io.jfalco.config.."};
  private static final String[] DAEMON = {"io.jfalco.daemon.."};
  private static final String[] CLI = {"io.jfalco.cli.."};
  private static final String[] TOP = concat(CONFIG, DAEMON, CLI);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.jfalco");

  @Test
  void everyPackageBelongsToAModule() {
    for (String[] packages : new String[][] {EVENT_MODEL, RULES, DRIVER, OUTPUTS, TOP}) {
      assertThat(CLASSES)
          .as("classes in " + packages[0])
          .anyMatch(type -> type.getPackageName().startsWith(packages[0].replace("..", "")));
    }
    noClasses()
        .that()
        .resideInAPackage("io.jfalco..")
        .should()
        .resideOutsideOfPackages(concat(EVENT_MODEL, RULES, DRIVER, OUTPUTS, TOP))
        .check(CLASSES);
  }

  @Test
  void eventModelKnowsNobody() {
    forbid(EVENT_MODEL, concat(RULES, DRIVER, OUTPUTS, TOP));
    noClasses()
        .that()
        .resideInAnyPackage(EVENT_MODEL)
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(concat(EVENT_MODEL, new String[] {"java.."}))
        .because("it needs the JDK only")
        .check(CLASSES);
  }

  @Test
  void driverRulesAndOutputsDoNotKnowEachOther() {
    forbid(RULES, concat(DRIVER, OUTPUTS, TOP));
    forbid(DRIVER, concat(RULES, OUTPUTS, TOP));
    forbid(OUTPUTS, concat(RULES, DRIVER, TOP));
  }

  @Test
  void onlyDriverAndOutputsCallNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackages(concat(DRIVER, OUTPUTS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jnr..", "com.kenai..")
        .check(CLASSES);
  }

  @Test
  void commandLineIsAboveDaemonIsAboveConfiguration() {
    forbid(CONFIG, concat(DAEMON, CLI));
    forbid(DAEMON, CLI);
  }

  private static void forbid(String[] from, String[] to) {
    noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(CLASSES);
  }

  private static String[] concat(String[]... lists) {
    return Stream.of(lists).flatMap(Stream::of).toArray(String[]::new);
  }
}
