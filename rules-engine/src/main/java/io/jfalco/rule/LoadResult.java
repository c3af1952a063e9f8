package io.jfalco.rule;

import io.jfalco.issue.FileReport;
import java.util.List;
import java.util.Optional;

/**
 * What came of loading rules.
 *
 * @param reports one for each file that was looked at, in order
 * @param failure why the files as a whole cannot be used, beside what the reports say
 * @param rules all rules; empty when a report is not successful or there is a failure
 */
public record LoadResult(
    List<FileReport> reports, Optional<Failure> failure, Optional<RuleSet> rules) {

  /** A problem that belongs to no place in a file. */
  public record Failure(Kind kind, String message) {
    /** How Falco takes it. */
    public enum Kind {
      /** A required plugin is not there. */
      PLUGIN_REQUIREMENT,
      /** The event types of a rule cannot be found; Falco calls this a runtime error. */
      EVENT_SEARCH
    }
  }

  /** Copies the reports. */
  public LoadResult {
    reports = List.copyOf(reports);
  }

  /** True when there are rules. */
  public boolean isSuccessful() {
    return rules.isPresent();
  }
}
