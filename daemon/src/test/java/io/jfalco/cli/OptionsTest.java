package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void shortOptionsMayBeGlued() throws Exception {
    Options options = Options.parse("-M5", "-pk", "-ojson_output=true", "-UN");
    assertThat(options.seconds).isEqualTo(5);
    assertThat(options.print).isEqualTo("k");
    assertThat(options.settings).containsExactly("json_output=true");
    assertThat(options.unbuffered).isTrue();
    assertThat(options.namesOnly).isTrue();
  }

  @Test
  void repeatedOptionsKeepTheirOrderAndCommas() throws Exception {
    Options options =
        Options.parse("-o", "a=1,b=2", "--option", "a=${X}", "-r", "x.yaml", "-r", "y.yaml");
    assertThat(options.settings).containsExactly("a=1,b=2", "a=${X}");
    assertThat(options.rulesFiles).containsExactly("x.yaml", "y.yaml");
  }

  @Test
  void listTakesASourceOrNone() throws Exception {
    assertThat(Options.parse("--list").listFields).isEmpty();
    assertThat(Options.parse("--list", "-N").listFields).isEmpty();
    assertThat(Options.parse("--list=syscall").listFields).isEqualTo("syscall");
    assertThat(Options.parse("-N").listFields).isNull();
  }

  @Test
  void anArgumentThatBeginsWithAtIsNoFile() throws Exception {
    assertThat(Options.parse("-l", "@rule").describeRule).isEqualTo("@rule");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--frob | Option \u2018frob\u2019 does not exist",
        "-A | Option \u2018A\u2019 does not exist",
        "frob | Unexpected argument \u2018frob\u2019",
        "-c | Missing required parameter for option '-c' (<path>)",
        "-c /no/such/file | Could not find configuration file at /no/such/file",
        "--markdown --format json | Cannot specify both --markdown and --format options together",
        "--format xml | Invalid format 'xml'. Valid values are: text, markdown, json",
        "-M x | Invalid value for option '-M': 'x' is not an int",
        "--support | --support is not supported yet",
        "--list-plugins | --list-plugins is not supported yet",
        "--plugin-info x | --plugin-info is not supported yet",
      })
  void whatCannotBeDoneIsRefused(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void formatIsKnownInAnyCase() throws Exception {
    assertThat(Options.parse("--format", "JSON").listingFormat()).isEqualTo("json");
    assertThat(Options.parse("--markdown").listingFormat()).isEqualTo("markdown");
    assertThat(Options.parse().listingFormat()).isEqualTo("text");
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    String usage = Options.parse().usage();
    for (String option :
        "-h --help -c --config-schema --rule-schema --disable-source --dry-run --enable-source -i -L -l --list --list-events --list-plugins -M --markdown --format -N -o --option --plugin-info -p --print -P --pidfile -r --state --support -U --unbuffered -V --validate -v --version --page-size"
            .split(" ")) {
      assertThat(usage).containsPattern("(?m)(^| )" + option + "[ ,=\\[]");
    }
    assertThat(usage).contains("Usage:").contains("  falco [OPTION...]");
  }

  @Test
  void theConfigurationFileIsTheGivenOne() throws Exception {
    String file = Path.of(System.getProperty("jfalco.root"), "pom.xml").toString();
    assertThat(Options.parse("-c", file).configuration()).contains(Path.of(file));
  }
}
