package io.jfalco.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What loading one file found, in Falco's forms.
 *
 * @param name the file
 * @param schemaResults what the schema of rules files has to say of each document of the file: ok,
 *     or complaints; empty when it was not asked
 * @param issues in the order of their discovery
 */
public record FileReport(String name, List<String> schemaResults, List<Issue> issues) {
  private static final String RULER = "------\n";
  private static final String SCHEMA_OK = "ok";

  /** Copies the lists. */
  public FileReport {
    schemaResults = List.copyOf(schemaResults);
    issues = List.copyOf(issues);
  }

  /** True when there are no errors. */
  public boolean isSuccessful() {
    return errors().isEmpty();
  }

  /** True when there are warnings. */
  public boolean hasWarnings() {
    return !warnings().isEmpty();
  }

  /** The errors. */
  public List<Issue> errors() {
    return issues.stream().filter(Issue::isError).toList();
  }

  /** The warnings. */
  public List<Issue> warnings() {
    return issues.stream().filter(issue -> !issue.isError()).toList();
  }

  /** On a few lines: verdict and codes. */
  public String summary() {
    return verdict()
        + schemaSummary()
        + summary(errors(), " errors: [")
        + summary(warnings(), " warnings: [");
  }

  /** Verdict, and each issue with its places and the text there. */
  public String verbose() {
    return verdict()
        + schemaVerbose()
        + verbose(errors(), " Errors:")
        + verbose(warnings(), " Warnings:");
  }

  /** The first thing that the schema of rules files has to say, in a word or a line. */
  public String schemaValidation() {
    return schemaResults.isEmpty() ? "none" : schemaResults.get(0);
  }

  /** True when the first document fits the schema. */
  public boolean fitsSchema() {
    return schemaValidation().equals(SCHEMA_OK);
  }

  private String schemaSummary() {
    if (schemaResults.isEmpty() || fitsSchema()) {
      return "";
    }
    return "\n "
        + schemaResults.size()
        + " schema warnings: ["
        + String.join(" ", schemaResults)
        + "]";
  }

  private String schemaVerbose() {
    if (schemaResults.isEmpty() || fitsSchema()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append('\n').append(schemaResults.size()).append(" Schema warnings:\n");
    schemaResults.forEach(result -> text.append(RULER).append(result).append('\n'));
    return text.append(RULER).toString();
  }

  private String verdict() {
    String verdict = isSuccessful() ? (hasWarnings() ? "Ok, with warnings" : "Ok") : "Invalid";
    return name.isEmpty() ? verdict : name + ": " + verdict;
  }

  private static String summary(List<Issue> some, String title) {
    if (some.isEmpty()) {
      return "";
    }
    return some.stream()
        .map(Issue::title)
        .collect(Collectors.joining(" ", "\n " + some.size() + title, "]"));
  }

  private static String verbose(List<Issue> some, String title) {
    if (some.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n").append(some.size()).append(title).append('\n');
    for (Issue issue : some) {
      text.append(issue.context().text());
      text.append(RULER).append(issue.context().snippet()).append(RULER);
      text.append(issue.title()).append(": ").append(issue.message()).append('\n');
    }
    return text.toString();
  }

  /** As an object for {@link Json}, keys sorted. */
  public Map<String, Object> json() {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", name);
    json.put("successful", isSuccessful());
    if (!schemaResults.isEmpty()) {
      json.put("schema_valid", fitsSchema());
      json.put("schema_warnings", fitsSchema() ? List.of() : schemaResults);
    }
    json.put("errors", errors().stream().map(FileReport::json).toList());
    json.put("warnings", warnings().stream().map(FileReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(Issue issue) {
    Map<String, Object> json = new TreeMap<>();
    IssueCode code = issue.code();
    json.put("code", code.name());
    if (issue.isError()) {
      json.put("codedesc", code.shortText());
    } else {
      String field = issue.deprecatedField().map(f -> ": " + f.description()).orElse("");
      json.put("codedesc", code.description() + field);
    }
    issue.deprecatedField().ifPresent(field -> json.put("deprecated_field", field.field()));
    json.put("message", issue.message());
    Map<String, Object> context = new TreeMap<>();
    List<Object> locations = new ArrayList<>();
    issue.context().locations().forEach(location -> locations.add(json(location)));
    context.put("locations", locations);
    context.put("snippet", issue.context().snippet());
    json.put("context", context);
    return json;
  }

  private static Map<String, Object> json(SourceLocation location) {
    Map<String, Object> position = new TreeMap<>();
    position.put("column", location.column());
    position.put("line", location.line());
    position.put("name", location.name());
    position.put("offset", location.offset());
    Map<String, Object> json = new TreeMap<>();
    json.put("item_name", location.item());
    json.put("item_type", location.type().text());
    json.put("position", position);
    return json;
  }
}
