package io.jfalco.issue;

import io.jfalco.issue.IssueCode.Severity;
import java.util.Set;

/** Writes {@code docs/reference/rule-errors.md} from the issue codes. */
final class IssuePage {
  private final Set<IssueCode> raised;
  private final StringBuilder out = new StringBuilder();

  private IssuePage(Set<IssueCode> raised) {
    this.raised = raised;
  }

  /**
   * The page.
   *
   * @param raised codes that the loader makes issues with
   */
  static String text(Set<IssueCode> raised) {
    return new IssuePage(raised).page();
  }

  private String page() {
    out.append(
        """
        # Errors and warnings of rules files

        <!-- Generated from IssueCode by IssuePage (rules-engine): do not edit. -->

        What loading rules can find. `falco -V FILE` checks a file without starting: it prints each finding
        with its code, its place and the text there, and with `-o json_output=true` the same as JSON. Codes
        and short texts are Falco's.

        """);
    section(
        Severity.ERROR,
        "Errors",
        "The file is refused: `-V` says `Invalid`, the daemon does not start.");
    section(
        Severity.WARNING,
        "Warnings",
        "The file loads: `-V` says `Ok, with warnings`. What the warning is about may be left out.");
    return out.toString().stripTrailing() + "\n";
  }

  private void section(Severity severity, String title, String meaning) {
    out.append("## ").append(title).append("\n\n").append(meaning);
    out.append("\n\n| code | short text | what it means |\n|---|---|---|\n");
    for (IssueCode code : IssueCode.values()) {
      if (code.severity() == severity) {
        out.append(
            "| `%s` | %s | %s%s |\n"
                .formatted(
                    code,
                    escaped(code.shortText()),
                    escaped(code.description()),
                    raised.contains(code) ? "" : " *Not raised by this version.*"));
      }
    }
    out.append('\n');
  }

  private static String escaped(String text) {
    return text.replace("<", "\\<").replace("|", "\\|");
  }
}
