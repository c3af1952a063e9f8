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
      Source source = compile(item);
      items.add(source.kind().isNumber() ? new NumberText(source.extractor()) : source.extractor());
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

  private static Source several(Operand.Transformer transformer, List<Source> arguments) {
    String name = transformer.name();
    Source source =
        switch (name) {
          case "join" -> join(arguments);
          case "concat" -> concat(arguments);
          case "getopt" -> Getopt.of(arguments, transformer.argument());
          default -> throw new CompileFailure("unknown multivalue transformer");
        };
    if (transformer.argument().isPresent() && !name.equals("getopt")) {
      throw new CompileFailure("transformer '" + name + "' does not support field arguments");
    }
    return source;
  }

  private static Source join(List<Source> arguments) {
    if (arguments.size() != 2) {
      throw new CompileFailure("join() requires exactly 2 arguments: separator and list");
    }
    if (arguments.get(0).list()) {
      throw new CompileFailure(
          "join() first argument (separator) must be a single value, not a list");
    }
    if (!arguments.get(1).list()) {
      throw new CompileFailure("join() second argument must be a list");
    }
    return Source.text(
        "NA", false, new Join(arguments.get(0).extractor(), arguments.get(1).extractor()));
  }

  private static Source concat(List<Source> arguments) {
    List<Extractor> extractors = new ArrayList<>();
    for (Source argument : arguments) {
      if (argument.type() != ParamType.CHARBUF || argument.list()) {
        throw new CompileFailure("concat() arguments must be strings");
      }
      extractors.add(argument.extractor());
    }
    return Source.text("NA", false, new Concat(extractors));
  }
}
