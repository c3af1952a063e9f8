package io.jfalco.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EventViewTest {
  private static EventBuilder openat() {
    return EventBuilder.of(EventType.SYSCALL_OPENAT_2_X)
        .timestamp(5)
        .tid(42)
        .number(3)
        .number(-100)
        .text("/etc/shadow")
        .number(4097)
        .number(0)
        .missing();
  }

  @Test
  void readsWhatTheBuilderWrote() {
    EventView view = openat().view();
    Bytes name = new Bytes();
    assertThat(view.timestamp()).isEqualTo(5);
    assertThat(view.tid()).isEqualTo(42);
    assertThat(view.s64(0, -1)).isEqualTo(3);
    assertThat(view.s64(1, 0)).isEqualTo(-100);
    assertThat(view.text(2, name)).isTrue();
    assertThat(name).hasToString("/etc/shadow");
    assertThat(view.u32(3, 0)).isEqualTo(4097);
    assertThat(view.isMissing(5)).isTrue();
    assertThat(view.isMissing(6)).as("not carried by the record").isTrue();
  }

  @Test
  void refusesRecordsThatContradictTheirLengths() {
    ByteBuffer record = openat().build();
    EventView view = new EventView();
    assertThat(view.wrap(record, 0, record.limit() - 1)).isEqualTo(EventView.Check.BAD_LENGTH);
    record.putInt(22, 33);
    assertThat(view.wrap(record, 0, record.limit())).isEqualTo(EventView.Check.BAD_PARAMS);
    record.putInt(22, 6);
    record.putShort(26, (short) 0xffff);
    assertThat(view.wrap(record, 0, record.limit())).isEqualTo(EventView.Check.BAD_PARAMS);
    record.putShort(20, (short) 454);
    assertThat(view.wrap(record, 0, record.limit())).isEqualTo(EventView.Check.UNKNOWN_TYPE);
  }

  @Property
  void neverReadsOutsideOfTheRecord(@ForAll @Size(max = 200) byte[] bytes) {
    ByteBuffer buffer = EventView.newBuffer(bytes.length);
    buffer.put(0, bytes);
    if (bytes.length > 26) {
      buffer.putInt(16, bytes.length);
      buffer.putShort(20, (short) (buffer.getShort(20) & 0xff));
      buffer.putInt(22, buffer.getInt(22) & 0x1f);
    }
    EventView view = new EventView();
    if (view.wrap(buffer, 0, bytes.length) == EventView.Check.OK) {
      Bytes out = new Bytes();
      for (int i = 0; i < EventTable.MAX_PARAMS; i++) {
        assertThat(view.bytes(i, out)).isEqualTo(!view.isMissing(i));
      }
    }
  }
}
