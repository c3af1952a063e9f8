package io.jfalco.issue;

/** Everything that loading rules can find: one row each, with Falco's code and short text. */
public enum IssueCode {
  LOAD_ERR_FILE_READ(
      Severity.ERROR, "File read error", "The file cannot be read: look at its path and rights."),
  LOAD_ERR_YAML_PARSE(Severity.ERROR, "YAML parse error", "The text is not valid YAML."),
  LOAD_ERR_YAML_VALIDATE(
      Severity.ERROR,
      "Error validating internal structure of YAML file",
      "The YAML is valid but is no list of rules, macros and lists: a key is missing or empty, or a"
          + " value has the wrong kind."),
  LOAD_ERR_COMPILE_CONDITION(
      Severity.ERROR,
      "Error compiling condition",
      "A condition has wrong syntax, an unknown field or event type, or a value that does not fit"
          + " its field."),
  LOAD_ERR_COMPILE_OUTPUT(
      Severity.ERROR,
      "Error compiling output",
      "An output names an unknown field or has wrong syntax."),
  LOAD_ERR_VALIDATE(
      Severity.ERROR,
      "Error validating rule/macro/list/exception objects",
      "A rule, macro, list or exception does not fit the others: an undefined macro, a version that"
          + " is not met, an append to nothing, exceptions of unequal lengths."),
  LOAD_ERR_EXTENSION(
      Severity.ERROR, "Error in extension item", "An item of an extension is wrong."),

  LOAD_UNKNOWN_SOURCE(
      Severity.WARNING,
      "Unknown event source",
      "No loaded plugin provides the event source of the rule; the rule is left out."),
  LOAD_UNSAFE_NA_CHECK(
      Severity.WARNING,
      "Unsafe <NA> comparison in condition",
      "A field without value is not equal to the text <NA>; use exists instead."),
  LOAD_NO_EVTTYPE(
      Severity.WARNING,
      "Condition has no event-type restriction",
      "The condition has to be tested on very many event types, which costs time; restrict evt.type"
          + " in it."),
  LOAD_UNKNOWN_FILTER(
      Severity.WARNING,
      "Unknown field or event-type in condition or output",
      "The rule names a field or event type that does not exist and is left out, because it has"
          + " skip-if-unknown-filter."),
  LOAD_UNUSED_MACRO(Severity.WARNING, "Unused macro", "No rule or macro uses the macro."),
  LOAD_UNUSED_LIST(Severity.WARNING, "Unused list", "No rule, macro or list uses the list."),
  LOAD_UNKNOWN_ITEM(
      Severity.WARNING,
      "Unknown rules file item",
      "An item is neither a rule nor a macro, a list or a required version; it is left out."),
  LOAD_DEPRECATED_ITEM(
      Severity.WARNING, "Used deprecated item", "Something is used that will go away."),
  LOAD_WARNING_EXTENSION(
      Severity.WARNING, "Warning in extension item", "An item of an extension has a warning."),
  LOAD_APPEND_NO_VALUES(
      Severity.WARNING,
      "Overriding/appending with no values",
      "An exception is appended that has no values."),
  LOAD_EXCEPTION_NAME_NOT_UNIQUE(
      Severity.WARNING,
      "Multiple exceptions defined with the same name",
      "A rule has two exceptions of one name."),
  LOAD_INVALID_MACRO_NAME(
      Severity.WARNING, "Invalid macro name", "Conditions cannot refer to a macro of this name."),
  LOAD_INVALID_LIST_NAME(
      Severity.WARNING, "Invalid list name", "Conditions cannot refer to a list of this name."),
  LOAD_COMPILE_CONDITION(
      Severity.WARNING,
      "Warning in rule condition",
      "The condition is valid but probably not what was meant."),
  LOAD_UNKNOWN_KEY(
      Severity.WARNING,
      "Unknown key in item definition",
      "An item has a key that means nothing there; it may be misspelt or belong to another item.");

  /** How bad it is. */
  public enum Severity {
    /** Loading fails. */
    ERROR,
    /** Loading succeeds. */
    WARNING
  }

  private final Severity severity;
  private final String shortText;
  private final String description;

  IssueCode(Severity severity, String shortText, String description) {
    this.severity = severity;
    this.shortText = shortText;
    this.description = description;
  }

  /** How bad it is. */
  public Severity severity() {
    return severity;
  }

  /** A few words for it. */
  public String shortText() {
    return shortText;
  }

  /** What it means, in a sentence. */
  public String description() {
    return description;
  }
}
