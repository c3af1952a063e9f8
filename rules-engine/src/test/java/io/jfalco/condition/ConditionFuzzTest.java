package io.jfalco.condition;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jfalco.condition.parse.ConditionParser;
import java.nio.charset.StandardCharsets;

/** Whatever the text, the parser ends with a tree or with its own exception. */
class ConditionFuzzTest {
  @FuzzTest
  void parses(byte[] text) {
    try {
      ConditionParser.parse(new String(text, StandardCharsets.UTF_8));
    } catch (ConditionException e) {
      // a mistake of the user
    }
  }
}
