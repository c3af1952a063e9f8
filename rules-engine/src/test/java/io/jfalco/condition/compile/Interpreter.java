package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.ExprVisitor;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.event.ParamType;
import io.jfalco.field.BoundField;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldException;
import io.jfalco.field.FieldFlag;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Evaluates conditions straight from the tree, as simply as possible: the compiler's oracle. */
final class Interpreter implements ExprVisitor<Boolean> {
  private final FieldCatalog catalog;
  private final EventContext context;

  Interpreter(FieldCatalog catalog, EventContext context) {
    this.catalog = catalog;
    this.context = context;
  }

  /** Values of one side: text as String of bytes, numbers as BigInteger. */
  private record Values(ParamType type, Set<FieldFlag> flags, List<Object> list) {
    boolean is(FieldFlag flag) {
      return flags.contains(flag);
    }
  }

  @Override
  public Boolean visitAnd(Expr.And and) {
    return and.operands().stream().allMatch(part -> part.accept(this));
  }

  @Override
  public Boolean visitOr(Expr.Or or) {
    return or.operands().stream().anyMatch(part -> part.accept(this));
  }

  @Override
  public Boolean visitNot(Expr.Not not) {
    return !not.operand().accept(this);
  }

  @Override
  public Boolean visitMacroRef(Expr.MacroRef macro) {
    throw new IllegalStateException(macro.name());
  }

  @Override
  public Boolean visitExists(Expr.Exists exists) {
    return read(exists.left()).isPresent();
  }

  @Override
  public Boolean visitComparison(Expr.Comparison check) {
    Optional<Values> left = read(check.left());
    if (left.isEmpty()) {
      return false;
    }
    Values values = left.get();
    if (check.right() instanceof Operand.Transformer right) {
      Optional<Values> other = read(right);
      return other.isPresent()
          && holds(values.list().get(0), check.operator(), other.get().list().get(0));
    }
    Predicate<Object> test = value -> matches(value, values.type(), check, literals(check.right()));
    if (values.is(FieldFlag.LIST)) {
      return check.operator() == Operator.IN
          ? values.list().stream().allMatch(test)
          : values.list().stream().anyMatch(test);
    }
    if (values.is(FieldFlag.ANY_ENDPOINT) && check.operator() == Operator.NE) {
      return !values.list().isEmpty() && values.list().stream().allMatch(test);
    }
    return values.list().stream().anyMatch(test);
  }

  private static List<String> literals(Operand right) {
    if (right instanceof Operand.ListOf list) {
      return list.items().stream().map(item -> ((Operand.Literal) item).text()).toList();
    }
    return List.of(((Operand.Literal) right).text());
  }

  private Optional<Values> read(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return text(bytes(literal.text()));
    }
    if (operand instanceof Operand.ListOf list) {
      return list(list);
    }
    if (operand instanceof Operand.Transformer transformer && transformer.name().equals("concat")) {
      return list(new Operand.ListOf(transformer.arguments(), transformer.position()))
          .flatMap(parts -> text(joined("", parts.list())));
    }
    if (operand instanceof Operand.Transformer transformer && transformer.name().equals("join")) {
      String separator = bytes(((Operand.Literal) transformer.arguments().get(0)).text());
      return read(transformer.arguments().get(1))
          .flatMap(parts -> text(joined(separator, parts.list())));
    }
    if (operand instanceof Operand.Transformer transformer) {
      Optional<Values> inner = read(transformer.arguments().get(0));
      return transformer.name().equals("val")
          ? inner
          : inner.flatMap(values -> transformed(transformer.name(), values));
    }
    Operand.Field field = (Operand.Field) operand;
    try {
      BoundField bound = catalog.bind(field.name(), field.argument());
      Value value = new Value();
      if (!bound.extractor().extract(context, value)) {
        return Optional.empty();
      }
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < value.count(); i++) {
        list.add(object(bound.type(), value, i));
      }
      return Optional.of(new Values(bound.type(), bound.field().flags(), list));
    } catch (FieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object object(ParamType type, Value value, int index) {
    return switch (Kind.of(type)) {
      case DOUBLE -> Double.longBitsToDouble(value.number(index));
      case SIGNED, BOOL -> BigInteger.valueOf(value.number(index));
      case UNSIGNED -> new BigInteger(Long.toUnsignedString(value.number(index)));
      default -> new String(value.text(index).toArray(), StandardCharsets.ISO_8859_1);
    };
  }

  private static Optional<Values> text(String value) {
    return Optional.of(new Values(ParamType.CHARBUF, Set.of(), List.of(value)));
  }

  private static String joined(String separator, List<Object> parts) {
    return String.join(separator, parts.stream().map(Object::toString).toList());
  }

  private static String bytes(String literal) {
    return new String(literal.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** All items; nothing when one has no value. */
  private Optional<Values> list(Operand.ListOf list) {
    List<Object> all = new ArrayList<>();
    for (Operand item : list.items()) {
      Optional<Values> value = read(item);
      if (value.isEmpty()) {
        return value;
      }
      all.addAll(value.get().list());
    }
    return Optional.of(new Values(ParamType.CHARBUF, Set.of(FieldFlag.LIST), all));
  }

  private static Optional<Values> transformed(String name, Values values) {
    List<Object> list = new ArrayList<>();
    ParamType type = values.type();
    for (Object value : values.list()) {
      String text = (String) value;
      list.add(
          switch (name) {
            case "tolower" -> text.toLowerCase(Locale.ROOT);
            case "toupper" -> text.toUpperCase(Locale.ROOT);
            case "basename" -> text.substring(text.lastIndexOf('/') + 1);
            case "len" -> BigInteger.valueOf(text.length());
            default -> text;
          });
    }
    if (name.equals("len")) {
      type = ParamType.UINT64;
    }
    return Optional.of(new Values(type, values.flags(), list));
  }

  private static boolean matches(
      Object value, ParamType type, Expr.Comparison check, List<String> literals) {
    Operator operator = check.operator();
    if (operator == Operator.PMATCH) {
      return literals.stream().anyMatch(literal -> isBelow((String) value, literal));
    }
    boolean member = operator == Operator.IN || operator == Operator.INTERSECTS;
    long count =
        literals.stream()
            .filter(literal -> compare(value, type, member ? Operator.EQ : operator, literal))
            .count();
    Modifier modifier = member ? Modifier.ANYOF : check.modifier();
    return switch (modifier) {
      case NONE, ANYOF -> count > 0;
      case ONEOF -> count == 1;
      case ALLOF -> count == literals.size() && count > 0;
    };
  }

  private static boolean compare(Object value, ParamType type, Operator operator, String literal) {
    return switch (Kind.of(type)) {
      case NETWORK -> inNetwork((String) value, literal) == (operator != Operator.NE);
      case ADDRESS -> ((String) value).equals(address(literal)) == (operator != Operator.NE);
      case BOOL ->
          value.equals(literal.equals("true") ? BigInteger.ONE : BigInteger.ZERO)
              == (operator != Operator.NE);
      case DOUBLE -> order(Double.compare((Double) value, Double.parseDouble(literal)), operator);
      case SIGNED -> holds(value, operator, new BigInteger(literal));
      case UNSIGNED ->
          holds(value, operator, new BigInteger(literal).mod(BigInteger.TWO.pow(type.size() * 8)));
      default -> holds(value, operator, literal);
    };
  }

  private static boolean holds(Object left, Operator operator, Object right) {
    if (left instanceof BigInteger number) {
      return order(number.compareTo((BigInteger) right), operator);
    }
    String text = (String) left;
    String other = (String) right;
    return switch (operator) {
      case CONTAINS -> text.contains(other);
      case BCONTAINS -> text.contains(unhex(other));
      case BSTARTSWITH -> text.startsWith(unhex(other));
      case ICONTAINS -> text.toLowerCase(Locale.ROOT).contains(other.toLowerCase(Locale.ROOT));
      case STARTSWITH -> text.startsWith(other);
      case ENDSWITH -> text.endsWith(other);
      case GLOB -> Pattern.compile(glob(other), Pattern.DOTALL).matcher(text).matches();
      case IGLOB ->
          Pattern.compile(glob(other), Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
              .matcher(text)
              .matches();
      case REGEX -> Pattern.compile(other).matcher(text).matches();
      default -> order(text.compareTo(other), operator);
    };
  }

  private static String unhex(String digits) {
    return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
  }

  private static boolean order(int order, Operator operator) {
    return switch (operator) {
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      default -> order == 0;
    };
  }

  private static String glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[', ']', '-' -> regex.append(c);
        case '!' -> regex.append('^');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private static boolean isBelow(String path, String prefix) {
    List<String> parts = parts(path);
    List<String> wanted = parts(prefix);
    if (wanted.size() > parts.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!Pattern.matches(glob(wanted.get(i)), parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }

  private static String address(String literal) {
    try {
      byte[] address = InetAddress.getByName(literal).getAddress();
      return new String(address, StandardCharsets.ISO_8859_1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean inNetwork(String value, String literal) {
    int slash = literal.indexOf('/');
    String network = address(literal.substring(0, slash));
    if (network.length() != value.length()) {
      return false;
    }
    int bits = value.length() * 8 - Integer.parseInt(literal.substring(slash + 1));
    return number(network).shiftRight(bits).equals(number(value).shiftRight(bits));
  }

  private static BigInteger number(String bytes) {
    return new BigInteger(1, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
