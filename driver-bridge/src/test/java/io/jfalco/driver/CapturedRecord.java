package io.jfalco.driver;

import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that the source delivered, copied.
 *
 * @param type its type
 * @param tid its thread
 * @param values the bytes of each parameter that it carried; none for a missing one
 */
record CapturedRecord(EventType type, long tid, List<byte[]> values) {

  static CapturedRecord copyOf(EventView event) {
    List<byte[]> values = new ArrayList<>(event.paramCount());
    for (int i = 0; i < event.paramCount(); i++) {
      byte[] value = new byte[event.paramLength(i)];
      event.buffer().get(event.paramOffset(i), value);
      values.add(value);
    }
    return new CapturedRecord(event.type(), event.tid(), values);
  }

  /** True for the failed close of an fd that trigger uses to mark a place in the stream. */
  boolean isMark(long fd) {
    return type == EventType.SYSCALL_CLOSE_X
        && values.size() == 2
        && ParameterText.number(values.get(1), true) == fd;
  }

  /** Where a case says nothing about our parameters, no change may be noted (bit 0). */
  private static boolean isMarked(ParamInfo param, byte[] value) {
    return param.name().equals("toctou") && value.length > 0 && (value[0] & 1) != 0;
  }

  /** What differs from the expectation, one line for each parameter; empty when nothing does. */
  List<String> differences(ExpectedRecord expected) {
    EventInfo info = EventTable.info(type);
    List<String> differences = new ArrayList<>();
    if (values.size() != info.params().size()) {
      differences.add("has " + values.size() + " parameters, not " + info.params().size());
    }
    for (int i = 0; i < Math.min(values.size(), info.params().size()); i++) {
      boolean silent = i >= expected.values().size();
      if (silent && !isMarked(info.params().get(i), values.get(i))) {
        continue;
      }
      String wanted = silent ? "0" : expected.values().get(i);
      if (!ParameterText.matches(info.params().get(i), values.get(i), wanted)) {
        differences.add(
            info.params().get(i).name()
                + ": expected "
                + wanted
                + " but was "
                + ParameterText.of(info.params().get(i), values.get(i)));
      }
    }
    return differences;
  }

  @Override
  public String toString() {
    EventInfo info = EventTable.info(type);
    StringBuilder text = new StringBuilder(type + " tid=" + tid);
    for (int i = 0; i < Math.min(values.size(), info.params().size()); i++) {
      text.append(' ').append(info.params().get(i).name()).append('=');
      text.append(ParameterText.of(info.params().get(i), values.get(i)));
    }
    return text.toString();
  }
}
