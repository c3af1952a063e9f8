package io.jfalco.issue;

import java.util.Optional;

/**
 * Something wrong with a rules file.
 *
 * @param code what
 * @param message details; may be empty
 * @param context where
 * @param deprecatedField the field, for {@link IssueCode#LOAD_DEPRECATED_ITEM} about one
 */
public record Issue(
    IssueCode code,
    String message,
    IssueContext context,
    Optional<DeprecatedField> deprecatedField) {

  /** An issue that is not about a deprecated field. */
  public Issue(IssueCode code, String message, IssueContext context) {
    this(code, message, context, Optional.empty());
  }

  /** An issue about a deprecated field. */
  public static Issue deprecated(DeprecatedField field, String message, IssueContext context) {
    return new Issue(IssueCode.LOAD_DEPRECATED_ITEM, message, context, Optional.of(field));
  }

  /** True when loading fails for it. */
  public boolean isError() {
    return code.severity() == IssueCode.Severity.ERROR;
  }

  /** Code and short text. */
  public String title() {
    String field = deprecatedField.map(f -> ": field '" + f.field() + "'").orElse("");
    return code.name() + " (" + code.shortText() + field + ")";
  }
}
