package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.ParamType;
import io.jfalco.state.EventContext;
import io.jfalco.state.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What fields declare of what they depend on is true: results of conditions are kept by it. */
class FieldDependenceTest {
  private static final int STREAMS = 60;
  private static final int EVENTS = 300;
  private static final List<Optional<String>> ARGUMENTS =
      List.of(
          Optional.empty(),
          Optional.of("0"),
          Optional.of("1"),
          Optional.of("2"),
          Optional.of("3"),
          Optional.of("HOME"),
          Optional.of(".cpu"));

  /** All that must be the same for a value to be the same. */
  private record State(long thread, long main, long users, long lineage) {
    static State of(EventContext context, boolean lineage) {
      ThreadInfo thread = context.thread();
      return new State(
          thread.generation(),
          thread.mainGeneration(),
          context.state().users().generation(),
          lineage ? context.state().lineage() : 0);
    }
  }

  private static List<BoundField> fields(FieldFlag flag) {
    FieldCatalog catalog = FieldCatalog.standard();
    List<BoundField> bound = new ArrayList<>();
    for (Field field : catalog.fields()) {
      if (field.is(flag)) {
        for (Optional<String> argument : ARGUMENTS) {
          try {
            bound.add(catalog.bind(field.name(), argument));
          } catch (FieldException e) {
            // The field does not take this argument.
          }
        }
      }
    }
    return bound;
  }

  @Test
  void valuesChangeOnlyWithWhatTheFieldDependsOn() {
    List<BoundField> ofProcess = fields(FieldFlag.PROCESS_STATE);
    List<BoundField> ofLineage = fields(FieldFlag.LINEAGE);
    Set<String> changed = new TreeSet<>();
    for (int seed = 0; seed < STREAMS; seed++) {
      ProcessStream stream = new ProcessStream(seed);
      Map<State, List<String>> process = new HashMap<>();
      Map<State, List<String>> lineage = new HashMap<>();
      for (int i = 0; i < EVENTS; i++) {
        EventContext context = stream.next();
        // An event that tells of a container shows that one instead of its thread's.
        if (context.thread() != null && !context.tellsOfContainer()) {
          check(process, State.of(context, false), ofProcess, context, seed + "/" + i);
          if (context.thread().isLinked()) {
            check(lineage, State.of(context, true), ofLineage, context, seed + "/" + i);
          }
        }
      }
      process.values().forEach(changed::addAll);
      lineage.values().forEach(changed::addAll);
    }
    assertThat(changed).as("values of a stream that changes much").hasSizeGreaterThan(1000);
  }

  private static void check(
      Map<State, List<String>> known,
      State state,
      List<BoundField> fields,
      EventContext context,
      String place) {
    List<String> values = new ArrayList<>();
    Value value = new Value();
    for (BoundField field : fields) {
      boolean present = field.extractor().extract(context, value.clear());
      values.add(field.label() + "=" + (present ? text(field, value) : "none"));
    }
    List<String> before = known.putIfAbsent(state, values);
    if (before != null) {
      List<String> others = new ArrayList<>(values);
      others.removeAll(before);
      assertThat(others).as("new values without a new state, event %s", place).isEmpty();
    }
  }

  private static String text(BoundField field, Value value) {
    boolean isText = field.type() == ParamType.CHARBUF;
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < value.count(); i++) {
      all.append(isText ? value.text(i).toString() : Long.toString(value.number(i))).append(';');
    }
    // Where parents form a loop there are thousands of values.
    return all.length() < 200 ? all.toString() : "text with hash " + all.toString().hashCode();
  }
}
