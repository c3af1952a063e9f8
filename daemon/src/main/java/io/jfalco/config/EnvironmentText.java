package io.jfalco.config;

import java.util.function.UnaryOperator;

/** Puts environment variables into texts of the configuration. */
final class EnvironmentText {
  private EnvironmentText() {}

  /**
   * {@code ${NAME}} becomes the variable's value, or nothing when there is none; {@code $${NAME}}
   * becomes {@code ${NAME}}. A dollar sign that begins neither, or a brace that is never closed,
   * ends this: what follows stays as it is.
   *
   * @param variable value of a variable, or null
   * @param limit characters after which no more is filled in
   */
  static String expand(String text, UnaryOperator<String> variable, long limit) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
      boolean escaped = text.startsWith("$${", dollar);
      int close = text.indexOf('}', dollar);
      if (!escaped && !text.startsWith("${", dollar) || close < 0 || out.length() > limit) {
        break;
      }
      out.append(text, at, dollar);
      if (escaped) {
        out.append('$');
        at = dollar + 2;
      } else {
        String value = variable.apply(text.substring(dollar + 2, close));
        out.append(value == null ? "" : value);
        at = close + 1;
      }
    }
    return out.append(text, at, text.length()).toString();
  }
}
