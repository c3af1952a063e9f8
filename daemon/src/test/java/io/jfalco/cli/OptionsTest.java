package io.jfalco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        "-A | Option \u2018A\u2019 does not exist: it was removed after Falco 0.40: use -o"
            + " base_syscalls.all=true",
        "-D=x | Option \u2018D\u2019 does not exist: it was removed after Falco 0.38: use -o"
            + " 'rules[].disable.rule=*SUBSTRING*'",
        "-S80 | Option \u2018S\u2019 does not exist: it was removed after Falco 0.40: use -o"
            + " falco_libs.snaplen=LENGTH",
        "--cri /run/x.sock | Option \u2018cri\u2019 does not exist: it was removed after Falco 0.39:"
            + " see init_config of the plugin container",
        "--cri=/run/x.sock | Option \u2018cri\u2019 does not exist: it was removed after Falco 0.39:"
            + " see init_config of the plugin container",
        "-x | Option \u2018x\u2019 does not exist",
        "frob | Unexpected argument \u2018frob\u2019",
        "-c | Option \u2018c\u2019 is missing an argument",
        "-c /no/such/file | Could not find configuration file at /no/such/file",
        "--markdown --format json | Cannot specify both --markdown and --format options together",
        "--format xml | Invalid format 'xml'. Valid values are: text, markdown, json",
        "-M x | Argument \u2018x\u2019 failed to parse",
        "--plugin-info | Option \u2018plugin-info\u2019 is missing an argument",
        "-L --option | Option \u2018option\u2019 is missing an argument",
      })
  void whatCannotBeDoneIsRefused(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  static List<RemovedOption> removed() {
    return RemovedOption.ALL;
  }

  @ParameterizedTest
  @MethodSource("removed")
  void removedOptionsAreRefusedWithWhatTakesTheirPlace(RemovedOption option) {
    for (String name : option.names()) {
      for (List<String> line : List.of(List.of(name), List.of(name, "x"), List.of("-L", name))) {
        assertThatThrownBy(() -> Options.parse(line.toArray(String[]::new)))
            .isInstanceOf(UsageException.class)
            .hasMessageStartingWith("Option \u2018" + name.replace("-", "").substring(0, 1))
            .hasMessageEndingWith(
                "\u2019 does not exist: it was removed after Falco "
                    + option.last()
                    + ": "
                    + option.instead());
      }
    }
  }

  @Test
  void helpSaysNothingOfWhatIsNotSupported() throws Exception {
    assertThat(Options.parse().usage()).doesNotContain("upported yet");
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
