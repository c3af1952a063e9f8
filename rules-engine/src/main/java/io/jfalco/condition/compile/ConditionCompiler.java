package io.jfalco.condition.compile;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.ExprVisitor;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import io.jfalco.event.ParamType;
import io.jfalco.field.AroundField;
import io.jfalco.field.DomainField;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks resolved conditions against the fields they name and compiles them. Conditions of one
 * compiler share the nodes of equal checks and groups, so one thread owns them all.
 */
public final class ConditionCompiler {
  private final FieldCatalog catalog;
  private final SourceCompiler sources;
  private final NodeFactory nodes = new NodeFactory();
  private final Groups groups = Groups.withResults();
  private final Map<Object, Condition> checks = new HashMap<>();
  private final Map<Object, Reading> readings = new HashMap<>();

  /** A compiler for conditions over these fields. */
  public ConditionCompiler(FieldCatalog catalog) {
    this.catalog = catalog;
    this.sources = new SourceCompiler(catalog);
  }

  /**
   * Compiles a condition in which no macro is left.
   *
   * @throws ConditionException when a field does not exist, an operator does not fit its type, or a
   *     value is none of that type; the message has Falco's wording
   */
  public Condition compile(Expr resolved) throws ConditionException {
    Visitor visitor = new Visitor();
    try {
      return groups.keep(resolved.accept(visitor));
    } catch (CompileFailure e) {
      throw new ConditionException(e.getMessage(), visitor.position);
    }
  }

  /**
   * Compiles a field or transformers over fields, as outputs name them.
   *
   * @throws ConditionException when a field or transformer does not exist or does not fit
   */
  public Source source(Operand operand) throws ConditionException {
    try {
      return sources.compile(operand);
    } catch (CompileFailure e) {
      throw new ConditionException(e.getMessage(), operand.position());
    }
  }

  private final class Visitor implements ExprVisitor<Condition> {
    private Position position = Position.START;

    @Override
    public Condition visitAnd(Expr.And and) {
      return groups.and(all(and.operands()));
    }

    @Override
    public Condition visitOr(Expr.Or or) {
      return groups.or(all(or.operands()));
    }

    private List<Condition> all(List<Expr> operands) {
      List<Condition> parts = new ArrayList<>();
      for (Expr operand : operands) {
        parts.add(operand.accept(this));
      }
      return parts;
    }

    @Override
    public Condition visitNot(Expr.Not not) {
      return groups.not(not.operand().accept(this));
    }

    @Override
    public Condition visitMacroRef(Expr.MacroRef macro) {
      position = macro.position();
      throw new CompileFailure("filter error: unexpected identifier '" + macro.name() + "'");
    }

    @Override
    public Condition visitExists(Expr.Exists exists) {
      position = exists.position();
      return once(CheckKey.of(exists), () -> exists(exists.left()));
    }

    @Override
    public Condition visitComparison(Expr.Comparison check) {
      position = check.position();
      return once(CheckKey.of(check), () -> comparison(check));
    }
  }

  /** The node of a check: the one that the same check has elsewhere, or a new one. */
  private Condition once(Object key, Supplier<Condition> maker) {
    Condition known = checks.get(key);
    if (known == null) {
      known = maker.get();
      checks.put(key, known);
    } else if (known instanceof SharedNode node) {
      node.share();
    }
    return known;
  }

  private Reading reading(Operand operand, Source source) {
    return readings.computeIfAbsent(
        CheckKey.of(operand), key -> new Reading(source.extractor(), Dependence.of(source)));
  }

  private Condition exists(Operand operand) {
    return nodes.exists(reading(operand, sources.compile(operand)));
  }

  private Condition comparison(Expr.Comparison check) {
    Source left = sources.compile(check.left());
    OperatorCheck.check(left, check.operator(), check.modifier());
    return check.right() instanceof Operand.Transformer right
        ? againstField(left, check, sources.compile(right))
        : againstConstants(left, check);
  }

  private Condition againstField(Source left, Expr.Comparison check, Source right) {
    Operator operator = check.operator();
    if (operator == Operator.PMATCH || operator == Operator.REGEX) {
      throw new CompileFailure(
          "operator '" + operator.name() + "' doesn't support right-hand side fields");
    }
    if (left.kind() == Kind.NETWORK) {
      throw new CompileFailure("field type 'IPNET' doesn't support right-hand side fields");
    }
    if (left.is(FieldFlag.NO_RHS)) {
      throw new CompileFailure(
          "field '" + left.name() + "' doesn't support right-hand side fields");
    }
    if (right.is(FieldFlag.NO_RHS)) {
      throw new CompileFailure(
          "field '" + right.name() + "' can't be used as a right-hand side field");
    }
    if (left.type() != right.type() || left.list() != right.list()) {
      throw new CompileFailure(
          "field '"
              + left.name()
              + "' has type '"
              + typeName(left)
              + "' while the right-hand side field '"
              + right.name()
              + "' has incompatible type '"
              + typeName(right)
              + "'");
    }
    return nodes.pair(left, reading(check.left(), left), operator, reading(check.right(), right));
  }

  private static String typeName(Source source) {
    return OperatorCheck.typeName(source.type()) + (source.list() ? " (list)" : "");
  }

  private Condition againstConstants(Source left, Expr.Comparison check) {
    List<String> constants = constants(check.right());
    if (left.name().equals("evt.type")) {
      return eventType(left, check, constants);
    }
    if (left.extractor() instanceof AroundField around) {
      return around(around, check.operator(), constants);
    }
    if (left.name().equals("evt.rawarg") && left.type() == ParamType.BYTEBUF) {
      return rawBuffer(left, check, constants);
    }
    if (left.extractor() instanceof DomainField domain && isMembership(check)) {
      constants.forEach(Literals::text);
      return new DomainCheck(domain, constants, check.operator() == Operator.NE);
    }
    return constants(left, check, constants);
  }

  private Condition constants(Source left, Expr.Comparison check, List<String> constants) {
    return nodes.constants(
        left, reading(check.left(), left), check.operator(), check.modifier(), constants);
  }

  private static boolean isMembership(Expr.Comparison check) {
    return check.modifier() == Modifier.NONE
        && switch (check.operator()) {
          case EQ, EQ2, NE, IN, INTERSECTS -> true;
          default -> false;
        };
  }

  private Condition eventType(Source left, Expr.Comparison check, List<String> constants) {
    for (String constant : constants) {
      Literals.text(constant);
      if (!catalog.hasEvent(constant)) {
        throw new CompileFailure("unknown event type " + constant);
      }
    }
    Condition compiled = constants(left, check, constants);
    return check.left() instanceof Operand.Field && isMembership(check)
        ? new EventTypeCheck(new HashSet<>(constants), check.operator() == Operator.NE)
        : compiled;
  }

  private static Condition around(AroundField field, Operator operator, List<String> constants) {
    long milliseconds = 0;
    for (String constant : constants) {
      milliseconds = Literals.number(constant, ParamType.UINT64);
      if (operator != Operator.EQ && operator != Operator.EQ2) {
        throw new CompileFailure("evt.around supports only '=' comparison operator");
      }
    }
    return new AroundCheck(field.time(), milliseconds * 1_000_000);
  }

  /** Falco reads no constants of this type: only empty lists are left. */
  private Condition rawBuffer(Source left, Expr.Comparison check, List<String> constants) {
    Condition compiled = constants(left, check, constants);
    if (!constants.isEmpty()) {
      throw new CompileFailure("wrong parameter type " + ParamType.BYTEBUF.ordinal());
    }
    return compiled;
  }

  /** The texts of the right side. */
  private static List<String> constants(Operand right) {
    List<String> texts = new ArrayList<>();
    if (right instanceof Operand.ListOf list) {
      for (Operand item : list.items()) {
        texts.addAll(constants(item));
      }
    } else if (right instanceof Operand.Literal literal) {
      texts.add(literal.text());
    } else {
      throw new CompileFailure("unexpected field on the right side");
    }
    return texts;
  }
}
