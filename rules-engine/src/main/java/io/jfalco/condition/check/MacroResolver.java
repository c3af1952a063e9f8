package io.jfalco.condition.check;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.ExprVisitor;
import io.jfalco.condition.ast.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the conditions of macros where their names stand. A condition is not copied: it becomes part
 * of every tree that names it. Not for several threads.
 */
public final class MacroResolver {
  /** Most checks and operators in a resolved condition. */
  public static final int MAX_SIZE = 1 << 18;

  /** Most levels in a resolved condition. */
  public static final int MAX_DEPTH = 2000;

  private static final String TOO_DEEP =
      "condition exceeds " + MAX_DEPTH + " levels with its macros";

  private final Map<String, Macro> macros = new HashMap<>();

  /** A tree and how large it is. */
  private record Tree(Expr expression, int size, int depth) {
    static Tree leaf(Expr expression) {
      return new Tree(expression, 1, 1);
    }
  }

  /** A macro; its condition is null once it was resolved. */
  private record Macro(int index, Expr condition, Tree resolved) {}

  private record Problem(String message, Position position) {}

  /**
   * Adds a macro, whose condition may name others.
   *
   * @param index its position: macros see those before them
   */
  public void add(String name, int index, Expr condition) {
    macros.put(name, new Macro(index, condition, null));
  }

  /**
   * Resolves a macro of those that were added, for good.
   *
   * @param visibility the macro sees only those with a lower index
   * @throws ConditionException as {@link #resolve}
   */
  public Result resolveMacro(String name, int visibility) throws ConditionException {
    Macro macro = macros.get(name);
    Run run = new Run(visibility);
    Tree tree = run.resolve(macro.condition());
    macros.put(name, new Macro(macro.index(), null, tree));
    return new Result(tree.expression(), run.used);
  }

  /**
   * The condition without macros.
   *
   * @throws ConditionException for a macro that was not added or contains itself, or when the
   *     condition becomes larger than {@link #MAX_SIZE} or deeper than {@link #MAX_DEPTH}
   */
  public Result resolve(Expr condition) throws ConditionException {
    Run run = new Run(Integer.MAX_VALUE);
    return new Result(run.resolve(condition).expression(), run.used);
  }

  /**
   * A condition in which no macro is left.
   *
   * @param expression the condition
   * @param used names of the macros that were put in
   */
  public record Result(Expr expression, Set<String> used) {
    /** Copies the names. */
    public Result {
      used = Set.copyOf(used);
    }
  }

  private final class Run implements ExprVisitor<Tree> {
    private final int visibility;
    private final Map<String, Tree> done = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private int level;
    private Optional<Problem> loop = Optional.empty();
    private Optional<Problem> unknown = Optional.empty();

    Run(int visibility) {
      this.visibility = visibility;
    }

    Tree resolve(Expr condition) throws ConditionException {
      Tree tree = condition.accept(this);
      Optional<Problem> problem = loop.or(() -> unknown);
      if (problem.isPresent()) {
        throw new ConditionException(problem.get().message(), problem.get().position());
      }
      if (tree.depth() > MAX_DEPTH) {
        throw new ConditionException(TOO_DEEP, condition.position());
      }
      if (tree.size() > MAX_SIZE) {
        throw new ConditionException(
            "condition exceeds " + MAX_SIZE + " checks with its macros", condition.position());
      }
      return tree;
    }

    private Tree tooDeep(Expr expression) {
      Problem problem = new Problem(TOO_DEEP, expression.position());
      loop = loop.or(() -> Optional.of(problem));
      return Tree.leaf(expression);
    }

    @Override
    public Tree visitMacroRef(Expr.MacroRef reference) {
      String name = reference.name();
      Macro macro = macros.get(name);
      if (macro == null || macro.index() >= visibility) {
        Problem problem =
            new Problem("Undefined macro '" + name + "' used in filter.", reference.position());
        unknown = unknown.or(() -> Optional.of(problem));
        return Tree.leaf(reference);
      }
      if (level > MAX_DEPTH) {
        return tooDeep(reference);
      }
      if (!open.add(name)) {
        Problem problem =
            new Problem("reference loop in macro '" + name + "'", reference.position());
        loop = loop.or(() -> Optional.of(problem));
        return Tree.leaf(reference);
      }
      used.add(name);
      Tree tree = macro.resolved() != null ? macro.resolved() : done.get(name);
      if (tree == null) {
        level++;
        tree = macro.condition().accept(this);
        level--;
        done.put(name, tree);
      }
      open.remove(name);
      return tree;
    }

    @Override
    public Tree visitAnd(Expr.And and) {
      List<Expr> operands = new ArrayList<>(and.operands().size());
      Tree whole = all(and, and.operands(), operands);
      return operands.isEmpty() ? whole : with(whole, new Expr.And(operands, and.position()));
    }

    @Override
    public Tree visitOr(Expr.Or or) {
      List<Expr> operands = new ArrayList<>(or.operands().size());
      Tree whole = all(or, or.operands(), operands);
      return operands.isEmpty() ? whole : with(whole, new Expr.Or(operands, or.position()));
    }

    private static Tree with(Tree tree, Expr expression) {
      return new Tree(expression, tree.size(), tree.depth());
    }

    /** Resolves operands; {@code changed} stays empty when none of them has a macro. */
    private Tree all(Expr parent, List<Expr> operands, List<Expr> changed) {
      if (level > MAX_DEPTH) {
        return tooDeep(parent);
      }
      level++;
      long size = 1;
      int depth = 0;
      boolean same = true;
      for (Expr operand : operands) {
        Tree tree = operand.accept(this);
        changed.add(tree.expression());
        same &= tree.expression() == operand;
        size += tree.size();
        depth = Math.max(depth, tree.depth());
      }
      level--;
      if (same) {
        changed.clear();
      }
      return new Tree(parent, (int) Math.min(size, MAX_SIZE + 1), Math.min(depth, MAX_DEPTH) + 1);
    }

    @Override
    public Tree visitNot(Expr.Not not) {
      List<Expr> changed = new ArrayList<>(1);
      Tree whole = all(not, List.of(not.operand()), changed);
      return changed.isEmpty() ? whole : with(whole, new Expr.Not(changed.get(0), not.position()));
    }

    @Override
    public Tree visitExists(Expr.Exists exists) {
      return Tree.leaf(exists);
    }

    @Override
    public Tree visitComparison(Expr.Comparison comparison) {
      return Tree.leaf(comparison);
    }
  }
}
