package io.jfalco.rule;

import io.jfalco.condition.check.EventSearchException;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import io.jfalco.issue.ItemType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Loads rules files. Files see what earlier ones defined and may change it; behind each file all
 * that was collected is compiled, so that its report tells what is wrong up to there.
 */
public final class RuleLoader {
  /** Conditions may be nested deeper than a usual stack allows for walking through them. */
  private static final long STACK_SIZE = 64 << 20;

  /** Most warnings about a file; more are an error. */
  private static final int MAX_WARNINGS = 10_000;

  private final LoadOptions options;
  private final Collector collector;
  private final RuleCompiler compiler;
  private final List<FileReport> reports = new ArrayList<>();
  private Optional<LoadResult.Failure> failure = Optional.empty();
  private Optional<RuleSet> rules = Optional.empty();

  private RuleLoader(LoadOptions options) {
    this.options = options;
    Map<String, ConditionCompiler> conditions = new HashMap<>();
    options
        .sources()
        .forEach((source, catalog) -> conditions.put(source, new ConditionCompiler(catalog)));
    this.compiler = new RuleCompiler(options, conditions);
    this.collector = new Collector(conditions.keySet(), new ExceptionChecker(conditions));
  }

  /** Loads files in this order. What is wrong with them is in the result. */
  public static LoadResult load(List<RuleFile> files, LoadOptions options) {
    AtomicReference<LoadResult> result = new AtomicReference<>();
    AtomicReference<Throwable> bug = new AtomicReference<>();
    Thread thread =
        new Thread(null, () -> result.set(loadHere(files, options)), "rule-loader", STACK_SIZE);
    thread.setUncaughtExceptionHandler((t, problem) -> bug.set(problem));
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (bug.get() != null) {
      throw new IllegalStateException("rules could not be loaded", bug.get());
    }
    return result.get();
  }

  private static LoadResult loadHere(List<RuleFile> files, LoadOptions options) {
    RuleLoader loader = new RuleLoader(options);
    for (RuleFile file : files) {
      loader.load(file);
      if (loader.failure.isPresent() || loader.isInvalid() && !options.keepGoing()) {
        break;
      }
    }
    if (files.isEmpty()) {
      loader.compileNothing();
    }
    boolean usable = !loader.isInvalid() && loader.failure.isEmpty();
    return new LoadResult(loader.reports, loader.failure, usable ? loader.rules : Optional.empty());
  }

  private boolean isInvalid() {
    return reports.stream().anyMatch(report -> !report.isSuccessful());
  }

  private void compileNothing() {
    rules =
        Optional.of(
            new RuleSet(
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                collector.engineVersion(),
                List.of(),
                options.plugins()));
  }

  private void load(RuleFile file) {
    IssueContext whole = IssueContext.file(file.name(), file.bytes());
    List<Issue> issues = new ArrayList<>();
    Consumer<Issue> warnings =
        warning -> {
          if (issues.size() <= MAX_WARNINGS) {
            issues.add(warning);
          }
        };
    RulesReader reader = new RulesReader(collector, warnings);
    try {
      checkText(file);
      reader.read(file.bytes(), whole);
      rules = Optional.of(new RulesCompiler(collector, compiler, warnings).compile());
      if (issues.size() > MAX_WARNINGS) {
        throw new IssueException(
            IssueCode.LOAD_ERR_VALIDATE, "more than " + MAX_WARNINGS + " warnings", whole);
      }
    } catch (IssueException e) {
      issues.add(e.issue());
    } catch (EventSearchException e) {
      failure =
          Optional.of(new LoadResult.Failure(LoadResult.Failure.Kind.EVENT_SEARCH, e.getMessage()));
    }
    reports.add(new FileReport(file.name(), reader.schemaResults(), issues));
    checkPlugins();
  }

  /** A plugin that is missing explains other errors, so it comes first. */
  private void checkPlugins() {
    for (PluginRequirement requirement : collector.plugins()) {
      Optional<String> problem = requirement.problem(options.plugins());
      if (problem.isPresent()) {
        failure =
            problem.map(
                text -> new LoadResult.Failure(LoadResult.Failure.Kind.PLUGIN_REQUIREMENT, text));
        return;
      }
    }
  }

  /** Rules files are UTF-8 without NUL: alerts and reports could not show anything else. */
  private static void checkText(RuleFile file) throws IssueException {
    byte[] bytes = file.bytes();
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer part = CharBuffer.allocate(8192);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(in, part.clear(), true);
    }
    int end = result.isError() ? in.position() : bytes.length;
    int nul = 0;
    while (nul < end && bytes[nul] != 0) {
      nul++;
    }
    if (nul < end) {
      throw badByte(file, nul, "byte " + nul + " is NUL");
    }
    if (result.isError()) {
      throw badByte(file, end, "byte " + end + " is not valid UTF-8");
    }
  }

  private static IssueException badByte(RuleFile file, int offset, String message) {
    int line = 0;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (file.bytes()[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new IssueException(
        IssueCode.LOAD_ERR_YAML_PARSE,
        message,
        IssueContext.file(file.name(), file.bytes())
            .at(ItemType.VALUE_FOR, "", offset, line, offset - lineStart));
  }
}
