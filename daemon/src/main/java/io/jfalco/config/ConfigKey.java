package io.jfalco.config;

/**
 * A key of the configuration: one row of {@code keys.tsv}, or one of an output.
 *
 * @param section title of the group it is described in
 * @param name with dots; {@code []} stands behind the name of a list
 * @param type {@code bool}, {@code integer}, {@code number}, {@code text}, {@code map} (names and
 *     texts) or {@code any}
 * @param absent value that holds when the key is in no file
 * @param shipped YAML of its value in the installed file, {@code -} when it is commented out there
 * @param support what this version does with it, in the words of the reference page
 * @param text what it does
 */
record ConfigKey(
    String section,
    String name,
    String type,
    String absent,
    String shipped,
    String support,
    String text) {
  /** True for what is within an entry of a list. */
  boolean isBelowList() {
    return name.contains("[]");
  }

  /** The first part of the name, without brackets. */
  String top() {
    int end = name.indexOf('.');
    return (end < 0 ? name : name.substring(0, end)).replace("[]", "");
  }

  @Override
  public String toString() {
    return name;
  }
}
