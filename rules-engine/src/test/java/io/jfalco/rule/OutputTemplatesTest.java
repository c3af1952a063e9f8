package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.condition.compile.TestEvents;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTemplatesTest {
  private final OutputTemplates templates = new OutputTemplates(FieldCatalog.standard());
  private final EventContext context = TestEvents.apply("read", new TestHost());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain text|plain text",
        "*plain text|plain text",
        "name=%proc.name.|name=cat.",
        "%proc.name%proc.pid|cat300",
        "(%proc.name)|(cat)",
        "%proc.aname[2] %proc.aname[9]|sshd <NA>",
        "%proc.env[HOME]|/home/cat",
        "%proc.env[\"HOME\"]|/home/cat",
        "%evt.arg.fd|<f>/etc/shadow",
        "%evt.arg[0]|4",
        "%10proc.name|cat       ",
        "%2evt.type|re",
        "%06proc.name|cat   ",
        "%0proc.name|cat",
        "%12fd.sip!|<NA>        !",
        "%toupper(proc.name)|CAT",
        "%toupper( proc.name )|CAT",
        "%8basename(fd.name)!|shadow  !",
        "%len(fd.types)|6",
        "%join(\"-\", (proc.name, proc.pid))|cat-300",
        "%getopt((proc.args[0], proc.args[1]), \"n:\")[n]|/etc/shadow",
        "%toupper(fd.sip.nope|ERROR",
        "%proc.namexy|catxy",
        "%proc.name.more|cat.more",
        "%proc.name[0]|cat[0]",
        "%proc.aname[x]|bash sshd systemd[x]",
        "%evt.type.is.open|<NA>",
        "line\\n%proc.name|line\\ncat",
        "用户 %user.name|用户 alice"
      })
  void fillsIn(String output, String expected) throws OutputException {
    if (expected.equals("ERROR")) {
      assertThatThrownBy(() -> templates.parse(output)).isInstanceOf(OutputException.class);
      return;
    }
    assertThat(templates.parse(output).message(context)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100%|invalid formatting syntax: formatting cannot end with a %",
        "%12|invalid formatting syntax: formatting cannot end with a number",
        "%proc.nope|unknown filter: unexpected token after '",
        "50% of it|unknown filter: unexpected token after '",
        "%%proc.name|unknown filter: unexpected token after '",
        "%nofield|unknown filter: unexpected token after '",
        "%toupper(proc.pid)|unknown filter: unexpected token after '",
        "%toupper(proc.name|unknown filter: unexpected token after '"
      })
  void rejects(String output, String message) {
    assertThatThrownBy(() -> templates.parse(output))
        .isInstanceOf(OutputException.class)
        .hasMessage(message);
  }

  @Test
  void carriesFieldsInTheirTypes() throws OutputException {
    AlertTemplate template =
        templates.parse(
            "%evt.time %proc.pid %10proc.name %fd.sip %toupper(user.name) %proc.aname[5]"
                + " %evt.failed %fd.types %proc.env[\"A B\"]");
    assertThat(template.fields(context))
        .containsOnlyKeys(
            "evt.time",
            "proc.pid",
            "proc.name",
            "fd.sip",
            "user.name",
            "proc.aname[5]",
            "evt.failed",
            "fd.types",
            "proc.env[\"A B\"]")
        .containsEntry("evt.time", TestHost.NOW)
        .containsEntry("proc.pid", 300L)
        .containsEntry("proc.name", "cat")
        .containsEntry("fd.sip", null)
        .containsEntry("user.name", "alice")
        .containsEntry("evt.failed", false);
  }

  @Test
  void replacesWhatCannotBeShown() throws OutputException {
    EventContext failed = new TestHost().apply(TestHost.openat(-2, "/tmp/a\u0007b\u00e9", 1));
    AlertTemplate template = templates.parse("%fd.name %evt.arg.name");
    assertThat(template.message(failed)).isEqualTo("/tmp/a\ufffdb\u00e9 /tmp/a\ufffdb\u00e9");
    assertThat(template.fields(failed)).containsEntry("fd.name", "/tmp/a\ufffdb\u00e9");
  }
}
