package io.jfalco.rule.yaml;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the directives before a document. */
final class YamlDirectives {
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,9}).([0-9]{1,9})");

  private final Set<String> handles = new HashSet<>();
  private boolean versionRead;

  void read(Token token) throws YamlException {
    String[] words = token.text.trim().split(" +");
    if (words[0].equals("YAML")) {
      check(words.length == 2, "YAML directives must have exactly one argument", token);
      check(!versionRead, "repeated YAML directive", token);
      Matcher version = VERSION.matcher(words[1]);
      check(version.matches(), "bad YAML version: " + words[1], token);
      check(Integer.parseInt(version.group(1)) <= 1, "YAML major version too large", token);
      versionRead = true;
    } else if (words[0].equals("TAG")) {
      check(words.length == 3, "TAG directives must have exactly two arguments", token);
      check(handles.add(words[1]), "repeated TAG directive", token);
    }
  }

  private static void check(boolean right, String problem, Token token) throws YamlException {
    if (!right) {
      throw new YamlException(problem, token.mark);
    }
  }
}
