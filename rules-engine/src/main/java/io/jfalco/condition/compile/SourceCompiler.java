package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Operand;
import io.jfalco.event.ParamType;
import io.jfalco.field.Extractor;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldException;
import io.jfalco.field.FieldFlag;
import java.util.ArrayList;
import java.util.List;

/** Compiles fields and transformers into what reads them. */
final class SourceCompiler {
  private final FieldCatalog catalog;

  SourceCompiler(FieldCatalog catalog) {
    this.catalog = catalog;
  }

  Source compile(Operand operand) {
    if (operand instanceof Operand.Field field) {
      return field(field);
    }
    if (operand instanceof Operand.Transformer transformer) {
      return transformer(transformer);
    }
    if (operand instanceof Operand.Literal literal) {
      return Source.text("NA", false, new Constant(literal.text()));
    }
    return list((Operand.ListOf) operand);
  }

  private Source field(Operand.Field field) {
    try {
      return Source.of(catalog.bind(field.name(), field.argument()));
    } catch (FieldException e) {
      throw new CompileFailure(e.getMessage());
    }
  }

  private Source list(Operand.ListOf list) {
    List<Extractor> items = new ArrayList<>();
    for (Operand item : list.items()) {
      items.add(text(compile(item)));
    }
    return Source.text("NA", true, new ListOfValues(items));
  }

  private Source transformer(Operand.Transformer transformer) {
    List<Source> arguments = new ArrayList<>();
    for (Operand argument : transformer.arguments()) {
      arguments.add(compile(argument));
    }
    String name = transformer.name();
    if (!name.equals("val") && arguments.size() > 1) {
      return several(transformer, arguments);
    }
    if (transformer.argument().isPresent()) {
      throw new CompileFailure(
          "filter error: transformer '" + name + "' does not support field arguments");
    }
    return name.equals("val") ? arguments.get(0) : single(name, arguments.get(0));
  }

  private static Source single(String name, Source source) {
    switch (name) {
      case "tolower", "toupper", "b64", "basename", "len":
        break;
      default:
        throw new CompileFailure("unknown field transfomer '" + name + "'");
    }
    if (source.is(FieldFlag.NO_TRANSFORMER)) {
      throw new CompileFailure("field '" + source.name() + "' does not support transformers");
    }
    if (!fits(name, source)) {
      throw new CompileFailure(
          "can't add field transformer: type '"
              + OperatorCheck.typeName(source.type())
              + "' is not supported by '"
              + name
              + "' transformer applied on "
              + (source.list() ? "list " : "")
              + "field '"
              + source.name()
              + "'");
    }
    Extractor extractor = source.extractor();
    return switch (name) {
      case "tolower" ->
          source.transformed(
              source.type(), source.list(), new TextTransform(extractor, TextTransform::lower));
      case "toupper" ->
          source.transformed(
              source.type(), source.list(), new TextTransform(extractor, TextTransform::upper));
      case "basename" ->
          source.transformed(
              source.type(), source.list(), new TextTransform(extractor, TextTransform::basename));
      case "b64" ->
          source.transformed(
              source.type(), source.list(), new TextTransform(extractor, Base64Decoder::decode));
      default -> source.transformed(ParamType.UINT64, false, new Length(extractor, source.list()));
    };
  }

  private static boolean fits(String name, Source source) {
    boolean text = source.kind() == Kind.TEXT;
    return switch (name) {
      case "b64" -> source.type() == ParamType.CHARBUF || source.type() == ParamType.BYTEBUF;
      case "len" -> source.list() || text || source.type() == ParamType.BYTEBUF;
      default -> text;
    };
  }

  private Source several(Operand.Transformer transformer, List<Source> arguments) {
    String name = transformer.name();
    Source source =
        switch (name) {
          case "join" -> join(transformer.arguments(), arguments);
          case "concat" -> concat(transformer.arguments(), arguments);
          case "getopt" -> getopt(transformer, arguments);
          default -> throw new CompileFailure("unknown multivalue transformer");
        };
    if (transformer.argument().isPresent() && !name.equals("getopt")) {
      throw new CompileFailure("transformer '" + name + "' does not support field arguments");
    }
    return source;
  }

  private Source join(List<Operand> operands, List<Source> arguments) {
    if (arguments.size() != 2) {
      throw new CompileFailure("join() requires exactly 2 arguments: separator and list");
    }
    if (innermost(operands.get(0)).list()) {
      throw new CompileFailure(
          "join() first argument (separator) must be a single value, not a list");
    }
    if (!innermost(operands.get(1)).list()) {
      throw new CompileFailure("join() second argument must be a list");
    }
    return Source.text("NA", false, new Join(text(arguments.get(0)), text(arguments.get(1))));
  }

  private Source concat(List<Operand> operands, List<Source> arguments) {
    List<Extractor> extractors = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Source innermost = innermost(operands.get(i));
      if (innermost.type() != ParamType.CHARBUF || innermost.list()) {
        throw new CompileFailure("concat() arguments must be strings");
      }
      extractors.add(text(arguments.get(i)));
    }
    return Source.text("NA", false, new Concat(extractors));
  }

  private Source getopt(Operand.Transformer transformer, List<Source> arguments) {
    List<Source> innermost = transformer.arguments().stream().map(this::innermost).toList();
    return Getopt.of(innermost, arguments, transformer.argument());
  }

  /**
   * What is under the transformers of one argument. Falco takes its type for the type of the
   * argument; what transformers of several arguments make is a text for it, even a list.
   */
  private Source innermost(Operand operand) {
    if (!(operand instanceof Operand.Transformer transformer)) {
      return compile(operand);
    }
    return transformer.arguments().size() == 1
        ? innermost(transformer.arguments().get(0))
        : Source.text("NA", false, compile(operand).extractor());
  }

  private static Extractor text(Source source) {
    return source.kind().isNumber() ? new NumberText(source.extractor()) : source.extractor();
  }
}
