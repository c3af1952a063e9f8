package io.jfalco;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point down: daemon, then driver, rules and outputs, then event model. */
@AnalyzeClasses(packages = "io.jfalco", importOptions = ImportOption.DoNotIncludeTests.class)
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
  private static final String[] DAEMON = {
    "io.jfalco.daemon..", "io.jfalco.cli..", "io.jfalco.config.."
  };

  @ArchTest
  static final ArchRule EVENT_MODEL_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAnyPackage(EVENT_MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(RULES, DRIVER, OUTPUTS, DAEMON))
          .because("the event model is below all");

  @ArchTest
  static final ArchRule EVENT_MODEL_NEEDS_THE_JDK_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage(EVENT_MODEL)
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(concat(EVENT_MODEL, new String[] {"java.."}));

  @ArchTest
  static final ArchRule RULES_KNOW_NEITHER_DRIVER_NOR_OUTPUTS =
      noClasses()
          .that()
          .resideInAnyPackage(RULES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(DRIVER, OUTPUTS, DAEMON));

  @ArchTest
  static final ArchRule DRIVER_KNOWS_NEITHER_RULES_NOR_OUTPUTS =
      noClasses()
          .that()
          .resideInAnyPackage(DRIVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(RULES, OUTPUTS, DAEMON));

  @ArchTest
  static final ArchRule OUTPUTS_KNOW_NEITHER_RULES_NOR_DRIVER =
      noClasses()
          .that()
          .resideInAnyPackage(OUTPUTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(RULES, DRIVER, DAEMON));

  @ArchTest
  static final ArchRule ONLY_DRIVER_AND_OUTPUTS_CALL_NATIVE_CODE =
      noClasses()
          .that()
          .resideOutsideOfPackages(concat(DRIVER, OUTPUTS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jnr..", "com.kenai..");

  @ArchTest
  static final ArchRule CONFIGURATION_KNOWS_NEITHER_DAEMON_NOR_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("io.jfalco.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.jfalco.daemon..", "io.jfalco.cli..");

  @ArchTest
  static final ArchRule DAEMON_DOES_NOT_KNOW_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("io.jfalco.daemon..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jfalco.cli..");

  private static String[] concat(String[]... lists) {
    return java.util.Arrays.stream(lists).flatMap(java.util.Arrays::stream).toArray(String[]::new);
  }
}
