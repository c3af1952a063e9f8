package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.event.EventType;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.ProcessStream;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Compiled conditions give what a plain walk over the tree gives. */
class CompiledEqualsInterpretedTest {
  private static final FieldCatalog CATALOG = FieldCatalog.standard();
  private static final List<Operator> EQUALITY = List.of(Operator.EQ, Operator.EQ2, Operator.NE);
  private static final List<Operator> ORDER =
      List.of(Operator.LT, Operator.LE, Operator.GT, Operator.GE);
  private static final List<Operator> MEMBER = List.of(Operator.IN, Operator.INTERSECTS);
  private static final List<Operator> SEARCH =
      List.of(
          Operator.CONTAINS,
          Operator.ICONTAINS,
          Operator.STARTSWITH,
          Operator.ENDSWITH,
          Operator.GLOB,
          Operator.IGLOB);

  /** Fields of a kind with constants that now and then fit. */
  private record Pool(List<String> fields, List<Operator> operators, List<String> constants) {}

  private static final Pool TEXT =
      new Pool(
          List.of(
              "proc.name",
              "proc.pname",
              "proc.exepath",
              "proc.cmdline",
              "proc.aname",
              "proc.aname[2]",
              "proc.aexepath",
              "proc.env[HOME]",
              "proc.cwd",
              "fd.name",
              "fd.directory",
              "fd.filename",
              "fd.typechar",
              "user.name",
              "container.id",
              "container.image.repository",
              "evt.res",
              "evt.category",
              "evt.arg.path",
              "evt.args",
              "evt.io_dir"),
          concat(EQUALITY, SEARCH),
          List.of(
              "cat",
              "CAT",
              "sh",
              "",
              "a",
              "/",
              "/etc",
              "/etc/shadow",
              "bash",
              "c*",
              "*a*",
              "?at",
              "[a-c]*",
              "*[!x]",
              "host",
              "alice",
              "read",
              "<NA>",
              "SUCCESS",
              "f",
              "4",
              "file"));
  private static final Pool REGEX =
      new Pool(
          TEXT.fields(),
          List.of(Operator.REGEX),
          List.of("c.*", ".*a.*", "(cat|sh)", "[a-z]+", "/etc/.*", "a{2,3}", "", "[^/]*", "ba?sh"));
  private static final Pool TYPES =
      new Pool(
          List.of("evt.type", "syscall.type"),
          EQUALITY,
          List.of("read", "write", "openat", "unlink", "getpid", "connect"));
  private static final Pool SIGNED =
      new Pool(
          List.of("proc.pid", "proc.ppid", "proc.apid", "fd.num", "evt.rawres", "user.loginuid"),
          concat(EQUALITY, ORDER),
          List.of("-2", "-1", "0", "1", "3", "100", "200", "300", "1000"));
  private static final Pool UNSIGNED =
      new Pool(
          List.of("user.uid", "fd.sport", "fd.port", "fd.cport", "evt.num", "proc.tty"),
          concat(EQUALITY, ORDER),
          List.of("0", "1", "443", "8080", "40000", "1000", "34816"));
  private static final Pool BOOL =
      new Pool(
          List.of("evt.failed", "evt.is_open_read", "fd.connected", "proc.is_vpgid_leader"),
          EQUALITY,
          List.of("true", "false"));
  private static final Pool ADDRESS =
      new Pool(
          List.of("fd.ip", "fd.sip", "fd.cip", "fd.lip", "fd.rip"),
          EQUALITY,
          List.of("10.0.0.1", "93.184.216.34", "1.2.3.4", "2001::8", "::1"));
  private static final Pool NETWORK =
      new Pool(
          List.of("fd.net", "fd.snet", "fd.cnet", "fd.rnet"),
          EQUALITY,
          List.of("10.0.0.0/8", "93.184.216.32/27", "0.0.0.0/0", "127.0.0.0/8", "2001::/13"));
  private static final Pool BUFFER =
      new Pool(
          List.of("evt.buffer"),
          concat(EQUALITY, List.of(Operator.CONTAINS, Operator.STARTSWITH, Operator.ENDSWITH)),
          List.of("data", "x", "", "d", "ta"));
  private static final Pool HEXADECIMAL =
      new Pool(
          List.of("evt.buffer"),
          List.of(Operator.BCONTAINS, Operator.BSTARTSWITH),
          List.of("64", "6174", "78", "ff", ""));
  private static final Pool FRACTION =
      new Pool(List.of("proc.fdusage"), concat(EQUALITY, ORDER), List.of("0", "1", "50", "100"));
  private static final List<Pool> POOLS =
      List.of(
          TEXT,
          TEXT,
          TEXT,
          REGEX,
          TYPES,
          SIGNED,
          UNSIGNED,
          BOOL,
          ADDRESS,
          NETWORK,
          BUFFER,
          HEXADECIMAL,
          FRACTION);

  private static List<Operator> concat(List<Operator> some, List<Operator> more) {
    List<Operator> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Property(tries = 4000)
  void compiledEqualsInterpreted(@ForAll("conditions") Expr expr, @ForAll("events") String event)
      throws ConditionException {
    Condition condition = new ConditionCompiler(CATALOG).compile(expr);
    EventContext context = TestEvents.apply(event, new TestHost());
    boolean expected = expr.accept(new Interpreter(CATALOG, context));
    assertThat(condition.test(context)).isEqualTo(expected);
    context.nextEvaluation();
    assertThat(condition.test(context)).isEqualTo(expected);
  }

  /**
   * The same for many conditions in one index, folded for the types of events and with what is kept
   * of processes, on a host whose processes change all the time: more than a million pairs of a
   * condition and an event.
   */
  @Property(tries = 550, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void indexedEqualsInterpreted(@ForAll("manyConditions") List<Expr> exprs, @ForAll long seed)
      throws ConditionException {
    ConditionCompiler compiler = new ConditionCompiler(CATALOG);
    List<Condition> conditions = new ArrayList<>();
    for (Expr expr : exprs) {
      conditions.add(compiler.compile(expr));
    }
    Indexes indexes = new Indexes(conditions);
    for (String event : TestEvents.NAMES) {
      compare(exprs, indexes, TestEvents.apply(event, new TestHost()));
    }
    ProcessStream stream = new ProcessStream(seed);
    for (int i = 0; i < 40; i++) {
      compare(exprs, indexes, stream.next());
    }
  }

  private static void compare(List<Expr> exprs, Indexes indexes, EventContext context) {
    BitSet expected = new BitSet();
    Interpreter interpreter = new Interpreter(CATALOG, context);
    for (int i = 0; i < exprs.size(); i++) {
      expected.set(i, exprs.get(i).accept(interpreter));
    }
    pairs += exprs.size();
    matches += expected.cardinality();
    BitSet actual = indexes.match(context);
    if (!actual.equals(expected)) {
      actual.xor(expected);
      int wrong = actual.nextSetBit(0);
      throw new AssertionError(
          "should be "
              + expected.get(wrong)
              + " on "
              + context.event().type()
              + ": "
              + AstPrinter.print(exprs.get(wrong)));
    }
  }

  private static long pairs;
  private static long matches;

  @AfterContainer
  static void wereManyPairs() {
    assertThat(pairs).isGreaterThan(1_000_000);
    assertThat(matches).isBetween(pairs / 20, pairs * 19 / 20);
  }

  /** An index goes on giving the same when it has put its filters in order. */
  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void orderOfFiltersChangesNothing(@ForAll("manyConditions") List<Expr> exprs)
      throws ConditionException {
    ConditionCompiler compiler = new ConditionCompiler(CATALOG);
    List<Condition> conditions = new ArrayList<>();
    for (Expr expr : exprs) {
      conditions.add(compiler.compile(expr));
    }
    Indexes indexes = new Indexes(conditions);
    List<EventContext> contexts =
        TestEvents.NAMES.stream().map(event -> TestEvents.apply(event, new TestHost())).toList();
    List<BitSet> first = contexts.stream().map(indexes::match).toList();
    for (int round = 0; round < 10_000; round++) {
      int event = round % 3 == 0 ? 0 : round % contexts.size();
      assertThat(indexes.match(contexts.get(event))).isEqualTo(first.get(event));
    }
  }

  /** Indexes of conditions by event type, as rules have them. */
  private static final class Indexes {
    private final List<Condition> conditions;
    private final EventTypeFolding folding = new EventTypeFolding();
    private final Map<EventType, ConditionIndex> byType = new EnumMap<>(EventType.class);

    Indexes(List<Condition> conditions) {
      this.conditions = conditions;
    }

    BitSet match(EventContext context) {
      ConditionIndex index = byType.computeIfAbsent(context.event().type(), this::index);
      context.nextEvaluation();
      BitSet found = new BitSet();
      int at = index.start(context) ? index.next(context, 0) : -1;
      while (at >= 0) {
        found.set(at);
        at = index.next(context, at + 1);
      }
      return found;
    }

    private ConditionIndex index(EventType type) {
      return new ConditionIndex(
          conditions.stream().map(condition -> folding.fold(condition, type)).toList());
    }
  }

  /** Values and results that nodes keep are never those of another event, or of another host. */
  @Property(tries = 300)
  void sharedNodesKeepNothingBetweenEvents(
      @ForAll("conditions") Expr one,
      @ForAll("conditions") Expr two,
      @ForAll("twoEvents") List<String> events)
      throws ConditionException {
    ConditionCompiler compiler = new ConditionCompiler(CATALOG);
    Expr both = new Expr.And(List.of(one, two), Position.START);
    Expr either = new Expr.Or(List.of(two, one), Position.START);
    Expr all = new Expr.Or(List.of(both, new Expr.Not(either, Position.START)), Position.START);
    List<Expr> expressions = List.of(one, two, both, either, all);
    List<Condition> conditions = new ArrayList<>();
    for (Expr expression : expressions) {
      conditions.add(compiler.compile(expression));
    }
    List<EventContext> contexts = new ArrayList<>();
    for (String event : events) {
      contexts.add(TestEvents.apply(event, new TestHost()));
    }
    EventTypeFolding folding = new EventTypeFolding();
    for (int round = 0; round < 2; round++) {
      for (EventContext context : contexts) {
        for (int i = 0; i < expressions.size(); i++) {
          boolean expected = expressions.get(i).accept(new Interpreter(CATALOG, context));
          Condition condition = conditions.get(i);
          assertThat(condition.test(context)).isEqualTo(expected);
          assertThat(folding.fold(condition, context.event().type()).test(context))
              .as("folded")
              .isEqualTo(expected);
        }
      }
    }
  }

  @Provide
  Arbitrary<List<String>> twoEvents() {
    return Arbitraries.of(TestEvents.NAMES).list().ofSize(2);
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(TestEvents.NAMES);
  }

  @Provide
  Arbitrary<List<Expr>> manyConditions() {
    return conditions(2).list().ofSize(40);
  }

  @Provide
  Arbitrary<Expr> conditions() {
    return conditions(3);
  }

  private static Arbitrary<Expr> conditions(int depth) {
    Arbitrary<Expr> check =
        Arbitraries.frequencyOf(
            Tuple.of(8, checks()),
            Tuple.of(2, lists()),
            Tuple.of(1, exists()),
            Tuple.of(1, pairs()),
            Tuple.of(1, transformed()),
            Tuple.of(1, listFields()));
    if (depth == 0) {
      return check;
    }
    Arbitrary<List<Expr>> several = conditions(depth - 1).list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.frequencyOf(
        Tuple.of(2, check),
        Tuple.of(1, several.map(parts -> new Expr.And(parts, Position.START))),
        Tuple.of(1, several.map(parts -> new Expr.Or(parts, Position.START))),
        Tuple.of(1, conditions(depth - 1).map(part -> new Expr.Not(part, Position.START))));
  }

  private static Operand field(String text) {
    int bracket = text.indexOf('[');
    return bracket < 0
        ? new Operand.Field(text, Optional.empty(), Position.START)
        : new Operand.Field(
            text.substring(0, bracket),
            Optional.of(text.substring(bracket + 1, text.length() - 1)),
            Position.START);
  }

  private static Operand literal(String text) {
    return new Operand.Literal(text, true, Position.START);
  }

  private static Operand list(List<String> texts) {
    List<Operand> items = texts.stream().map(CompiledEqualsInterpretedTest::literal).toList();
    return new Operand.ListOf(items, Position.START);
  }

  private static Expr check(Operand left, Operator operator, Modifier modifier, Operand right) {
    return new Expr.Comparison(left, operator, modifier, right, Position.START);
  }

  private static Arbitrary<Expr> checks() {
    return Arbitraries.of(POOLS)
        .flatMap(
            pool ->
                Combinators.combine(
                        Arbitraries.of(pool.fields()),
                        Arbitraries.of(pool.operators()),
                        Arbitraries.of(pool.constants()))
                    .as(
                        (name, operator, constant) ->
                            check(field(name), operator, Modifier.NONE, literal(constant))));
  }

  private static Arbitrary<Expr> lists() {
    return Arbitraries.of(POOLS)
        .flatMap(
            pool -> {
              Arbitrary<Operand> values =
                  Arbitraries.of(pool.constants())
                      .list()
                      .ofMaxSize(4)
                      .map(CompiledEqualsInterpretedTest::list);
              Arbitrary<Expr> member =
                  Combinators.combine(Arbitraries.of(pool.fields()), Arbitraries.of(MEMBER), values)
                      .as((name, op, list) -> check(field(name), op, Modifier.NONE, list));
              Arbitrary<Expr> below =
                  Combinators.combine(Arbitraries.of(TEXT.fields()), pathLists())
                      .as((name, l) -> check(field(name), Operator.PMATCH, Modifier.NONE, l));
              List<Operator> plain = pool.operators().stream().filter(op -> !op.isOrder()).toList();
              Arbitrary<Expr> modified =
                  Combinators.combine(
                          Arbitraries.of(pool.fields()),
                          Arbitraries.of(plain),
                          Arbitraries.of(Modifier.ONEOF, Modifier.ANYOF, Modifier.ALLOF),
                          values)
                      .as((name, op, mod, list) -> check(field(name), op, mod, list));
              return Arbitraries.oneOf(member, below, modified);
            });
  }

  private static Arbitrary<Operand> pathLists() {
    return Arbitraries.of("/", "/etc", "/e*", "/etc/shadow", "/usr/bin", "/*/*d*", "/home//alice")
        .list()
        .ofMaxSize(3)
        .map(CompiledEqualsInterpretedTest::list);
  }

  private static Arbitrary<Expr> exists() {
    return Arbitraries.of(POOLS)
        .flatMap(pool -> Arbitraries.of(pool.fields()))
        .map(name -> new Expr.Exists(field(name), Position.START));
  }

  private static Arbitrary<Expr> pairs() {
    List<String> texts = List.of("proc.name", "proc.pname", "fd.name", "fd.filename", "proc.cwd");
    List<String> numbers = List.of("proc.pid", "proc.ppid", "fd.num", "proc.vpid");
    Arbitrary<Expr> text =
        Combinators.combine(
                Arbitraries.of(texts),
                Arbitraries.of(concat(concat(EQUALITY, SEARCH), ORDER)),
                Arbitraries.of(texts))
            .as(CompiledEqualsInterpretedTest::pair);
    Arbitrary<Expr> number =
        Combinators.combine(
                Arbitraries.of(numbers),
                Arbitraries.of(concat(EQUALITY, ORDER)),
                Arbitraries.of(numbers))
            .as(CompiledEqualsInterpretedTest::pair);
    return Arbitraries.oneOf(text, number);
  }

  private static Expr pair(String left, Operator operator, String right) {
    return check(field(left), operator, Modifier.NONE, transformer("val", right));
  }

  private static Operand transformer(String name, String field) {
    return new Operand.Transformer(name, List.of(field(field)), Position.START);
  }

  private static Arbitrary<Expr> transformed() {
    Arbitrary<Expr> text =
        Combinators.combine(
                Arbitraries.of("tolower", "toupper", "basename"),
                Arbitraries.of("proc.name", "fd.name", "proc.exepath", "user.name"),
                Arbitraries.of(TEXT.operators()),
                Arbitraries.of(TEXT.constants()))
            .as(
                (name, field, op, constant) ->
                    check(transformer(name, field), op, Modifier.NONE, literal(constant)));
    Arbitrary<Expr> length =
        Combinators.combine(
                Arbitraries.of("proc.name", "fd.name", "evt.buffer"),
                Arbitraries.of(UNSIGNED.operators()),
                Arbitraries.of("0", "1", "3", "4"))
            .as(
                (field, op, constant) ->
                    check(transformer("len", field), op, Modifier.NONE, literal(constant)));
    Arbitrary<Expr> joined =
        Combinators.combine(
                Arbitraries.of("proc.name", "fd.name", "user.name"),
                Arbitraries.of("proc.pname", "proc.cwd", "fd.types"),
                Arbitraries.of(TEXT.operators()),
                Arbitraries.of("cat,bash", "catbash", "a", "", "file,file"))
            .as(CompiledEqualsInterpretedTest::joined);
    return Arbitraries.oneOf(text, length, joined);
  }

  private static Expr joined(String one, String two, Operator operator, String constant) {
    Operand pair = new Operand.ListOf(List.of(field(one), field(two)), Position.START);
    boolean join = two.equals("fd.types") || constant.contains(",");
    Operand text =
        new Operand.Transformer(
            join ? "join" : "concat",
            join
                ? List.of(literal(","), two.equals("fd.types") ? field(two) : pair)
                : List.of(field(one), field(two)),
            Position.START);
    return check(text, operator, Modifier.NONE, literal(constant));
  }

  private static Arbitrary<Expr> listFields() {
    return Combinators.combine(
            Arbitraries.of("fd.types", "fd.types[5]", "fd.types[77]"),
            Arbitraries.of(MEMBER),
            Arbitraries.of("file", "ipv4", "ipv6", "unix", "pipe", "directory")
                .list()
                .ofMaxSize(6)
                .map(CompiledEqualsInterpretedTest::list))
        .as((name, op, list) -> check(field(name), op, Modifier.NONE, list));
  }
}
