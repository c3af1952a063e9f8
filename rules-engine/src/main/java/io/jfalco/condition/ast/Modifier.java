package io.jfalco.condition.ast;

/** How many elements of a list must satisfy the operator. */
public enum Modifier {
  NONE(""),
  ONEOF("oneof"),
  ANYOF("anyof"),
  ALLOF("allof");

  private final String word;

  Modifier(String word) {
    this.word = word;
  }

  /** As written in a condition. */
  public String word() {
    return word;
  }
}
