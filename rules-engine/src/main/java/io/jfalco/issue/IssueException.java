package io.jfalco.issue;

/** Ends loading a file at its first error. */
public final class IssueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Issue issue;

  /** Loading ends because of this. */
  public IssueException(Issue issue) {
    super(issue.message());
    this.issue = issue;
  }

  /** An error at a place. */
  public IssueException(IssueCode code, String message, IssueContext context) {
    this(new Issue(code, message, context));
  }

  /** Why loading ended. */
  public Issue issue() {
    return issue;
  }
}
