package io.jfalco.config;

import java.util.function.UnaryOperator;

/** Puts environment variables into texts of the configuration. */
final class EnvironmentText {
  private EnvironmentText() {}

  /**
   * {@code ${NAME}} becomes the variable's value, or nothing when there is none; {@code $${NAME}}
   * becomes {@code ${NAME}}. A brace that is never closed stays as it is.
   *
   * @param variable value of a variable, or null
   * @param limit characters after which no more is filled in
   */
  static String expand(String text, UnaryOperator<String> variable, long limit) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length() && out.length() <= limit) {
      int close;
      if (text.startsWith("$${", at) && (close = text.indexOf('}', at)) > 0) {
        out.append(text, at + 1, close + 1);
      } else if (text.startsWith("${", at) && (close = text.indexOf('}', at)) > 0) {
        String value = variable.apply(text.substring(at + 2, close));
        out.append(value == null ? "" : value);
      } else {
        out.append(text.charAt(at));
        close = at;
      }
      at = close + 1;
    }
    return out.toString();
  }
}
