package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Position;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.compile.Source;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the field or transformer that an output names at some place. */
final class OutputFields {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+");
  private static final Pattern ARGUMENT =
      Pattern.compile("\\[(\"([^\"\\\\]|\\\\.)*\"|'([^'\\\\]|\\\\.)*'|[^\\s\"'\\[\\]]+)]");
  private static final Pattern TRANSFORMER =
      Pattern.compile("(tolower|toupper|b64|basename|len|join|concat|getopt)\\(");
  private static final Pattern PLAIN_ARGUMENT = Pattern.compile("[^\\s=\"'\\\\\\p{Cntrl}]+");

  private final ConditionCompiler compiler;

  OutputFields(FieldCatalog catalog) {
    compiler = new ConditionCompiler(catalog);
  }

  /** A plain field and the name that alerts show it under. */
  record Named(String name, Source source) {}

  /**
   * What an output names.
   *
   * @param source reads it
   * @param named its plain fields
   * @param names its fields and transformers, innermost first
   * @param end where the text behind it starts
   */
  record Parsed(Source source, List<Named> named, List<String> names, int end) {}

  /** The longest field or transformer that starts here and exists. */
  Parsed parse(String text, int start) throws OutputException {
    Matcher name = NAME.matcher(text).region(start, text.length());
    Matcher transformer = TRANSFORMER.matcher(text).region(start, text.length());
    Optional<Parsed> found = Optional.empty();
    if (name.lookingAt()) {
      found = field(text, start, name.end());
    } else if (transformer.lookingAt()) {
      found = transformer(text, start, transformer.end());
    }
    return found.orElseThrow(() -> new OutputException("unknown filter: unexpected token after '"));
  }

  private Optional<Parsed> field(String text, int start, int nameEnd) {
    Matcher argument = ARGUMENT.matcher(text).region(nameEnd, text.length());
    if (argument.lookingAt()) {
      Optional<Parsed> found = operand(text.substring(start, argument.end()), argument.end());
      if (found.isPresent()) {
        return found;
      }
    }
    for (int end = nameEnd; end > start; end--) {
      Matcher shorter = NAME.matcher(text).region(start, end);
      if (shorter.matches()) {
        Optional<Parsed> found = compile(plain(text.substring(start, end)), end);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Operand plain(String name) {
    return new Operand.Field(name, Optional.empty(), Position.START);
  }

  private Optional<Parsed> transformer(String text, int start, int open) {
    int close = closing(text, open);
    if (close < 0) {
      return Optional.empty();
    }
    Matcher argument = ARGUMENT.matcher(text).region(close, text.length());
    if (argument.lookingAt()) {
      Optional<Parsed> found = operand(text.substring(start, argument.end()), argument.end());
      if (found.isPresent()) {
        return found;
      }
    }
    return operand(text.substring(start, close), close);
  }

  /** Index behind the parenthesis that closes the one before {@code from}; -1 if there is none. */
  private static int closing(String text, int from) {
    int depth = 1;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private Optional<Parsed> operand(String text, int end) {
    try {
      return ConditionParser.parse(text + " exists") instanceof Expr.Exists exists
          ? compile(exists.left(), end)
          : Optional.empty();
    } catch (ConditionException e) {
      return Optional.empty();
    }
  }

  private Optional<Parsed> compile(Operand operand, int end) {
    try {
      List<Named> named = new ArrayList<>();
      addNamed(operand, named);
      List<String> names = new ArrayList<>();
      addNames(operand, names);
      return Optional.of(new Parsed(compiler.source(operand), named, names, end));
    } catch (ConditionException e) {
      return Optional.empty();
    }
  }

  private void addNamed(Operand operand, List<Named> named) throws ConditionException {
    if (operand instanceof Operand.Field field) {
      named.add(new Named(name(field), compiler.source(field)));
    } else if (operand instanceof Operand.Transformer transformer) {
      for (Operand argument : transformer.arguments()) {
        addNamed(argument, named);
      }
    } else if (operand instanceof Operand.ListOf list) {
      for (Operand item : list.items()) {
        addNamed(item, named);
      }
    }
  }

  /** As in Falco, a transformer stands for the one that is the last in it; true when it is one. */
  private static boolean addNames(Operand operand, List<String> names) {
    boolean transformerLast = false;
    if (operand instanceof Operand.Field) {
      names.add(AstPrinter.print(operand));
    } else if (operand instanceof Operand.Transformer transformer) {
      for (Operand argument : transformer.arguments()) {
        transformerLast = addNames(argument, names) || transformerLast && isText(argument);
      }
      if (transformerLast) {
        names.remove(names.size() - 1);
      }
      names.add(AstPrinter.print(operand));
      transformerLast = true;
    } else if (operand instanceof Operand.ListOf list) {
      for (Operand item : list.items()) {
        transformerLast = addNames(item, names) || transformerLast && isText(item);
      }
    }
    return transformerLast;
  }

  private static boolean isText(Operand operand) {
    return operand instanceof Operand.Literal;
  }

  private static String name(Operand.Field field) {
    if (field.argument().isEmpty()) {
      return field.name();
    }
    String argument = field.argument().get();
    boolean plain = PLAIN_ARGUMENT.matcher(argument).matches();
    String shown =
        plain ? argument : '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return field.name() + "[" + shown + "]";
  }
}
