package io.jfalco.condition.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.CheckedConditions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.DecisionState;
import org.antlr.v4.runtime.atn.LL1Analyzer;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.junit.jupiter.api.Test;

/** No text can be read in two ways: the generated parser never even looks two tokens ahead. */
class AmbiguityTest {
  @Test
  void grammarIsUnambiguous() {
    List<String> findings = new ArrayList<>();
    for (CheckedConditions.Row row : CheckedConditions.rows()) {
      if (!row.result().equals("syntax")) {
        findings.addAll(ambiguities(row.condition()));
      }
    }
    assertThat(findings).isEmpty();
  }

  /** Every decision of the grammar is made by one token. */
  @Test
  void decisionsNeedOneToken() {
    ConditionGrammar parser = new ConditionGrammar(null);
    for (int i = 0; i < parser.getATN().getNumberOfDecisions(); i++) {
      IntervalSet seen = new IntervalSet();
      DecisionState decision = parser.getATN().getDecisionState(i);
      for (IntervalSet look : new LL1Analyzer(parser.getATN()).getDecisionLookahead(decision)) {
        if (look != null) {
          assertThat(seen.and(look).isNil()).as("decision " + i).isTrue();
          seen.addAll(look);
        }
      }
    }
  }

  static List<String> ambiguities(String condition) {
    List<String> findings = new ArrayList<>();
    ConditionGrammar parser =
        new ConditionGrammar(
            new CommonTokenStream(new ConditionLexer(CharStreams.fromString(condition))));
    parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
    parser.removeErrorListeners();
    parser.addErrorListener(
        new BaseErrorListener() {
          @Override
          public void reportAmbiguity(
              Parser recognizer,
              DFA dfa,
              int startIndex,
              int stopIndex,
              boolean exact,
              BitSet alternatives,
              ATNConfigSet configs) {
            findings.add(condition + ": decision " + dfa.decision + " " + alternatives);
          }

          @Override
          public void reportAttemptingFullContext(
              Parser recognizer,
              DFA dfa,
              int startIndex,
              int stopIndex,
              BitSet conflicting,
              ATNConfigSet configs) {
            findings.add(condition + ": full context for decision " + dfa.decision);
          }
        });
    parser.condition();
    return findings;
  }
}
