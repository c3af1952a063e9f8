package io.jfalco.condition.compile;

/** Carries a message through the visitor to {@link ConditionCompiler#compile}. */
final class CompileFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CompileFailure(String message) {
    super(message, null, false, false);
  }
}
