package io.jfalco.output;

/**
 * A key of the section of an output.
 *
 * @param name without the name of the section
 * @param type kind of its values
 * @param absent value that holds when the key is in no file
 * @param shipped value in the configuration file that is installed
 * @param text what it does, for the reference and the installed file
 */
public record OutputKey(String name, Type type, String absent, String shipped, String text) {
  /** Kinds of values. */
  public enum Type {
    /** true or false. */
    BOOL,
    /** A whole number. */
    NUMBER,
    /** Any text. */
    TEXT
  }

  /** Name of the switch that each section begins with. */
  public static final String ENABLED = "enabled";

  /** The switch of a kind of outputs; off when absent. */
  public static OutputKey enabled(boolean shipped, String text) {
    return new OutputKey(ENABLED, Type.BOOL, "false", String.valueOf(shipped), text);
  }

  /** A switch that is off unless said otherwise. */
  public static OutputKey flag(String name, String text) {
    return new OutputKey(name, Type.BOOL, "false", "false", text);
  }

  /** A text. */
  public static OutputKey text(String name, String absent, String shipped, String text) {
    return new OutputKey(name, Type.TEXT, absent, shipped, text);
  }
}
