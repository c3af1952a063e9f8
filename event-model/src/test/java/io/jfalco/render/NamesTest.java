package io.jfalco.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Bytes out = new Bytes();

  @Test
  void errorsHaveNames() {
    assertThat(Errnos.append(2, out)).isTrue();
    assertThat(Errnos.append(13, out)).isTrue();
    assertThat(Errnos.append(512, out)).isTrue();
    assertThat(out.toString()).isEqualTo("ENOENTEACCESERESTARTSYS");
  }

  @Test
  void unknownErrorsHaveNone() {
    for (long number : new long[] {-1, 0, 41, 58, 400, 531, 1L << 32 | 2}) {
      assertThat(Errnos.append(number, out)).isFalse();
    }
    assertThat(out.isEmpty()).isTrue();
  }

  @Test
  void signalsHaveNames() {
    assertThat(Signals.append(1, out)).isTrue();
    assertThat(Signals.append(31, out)).isTrue();
    assertThat(Signals.append(0, out)).isFalse();
    assertThat(Signals.append(32, out)).isFalse();
    assertThat(out.toString()).isEqualTo("SIGHUPSIGSYS");
  }

  @Test
  void capabilitiesAreListedInTheOrderOfTheirBits() {
    Capabilities.append(1L << 40 | 1L << 21 | 1, out);
    assertThat(out.toString()).isEqualTo("CAP_CHOWN CAP_SYS_ADMIN CAP_CHECKPOINT_RESTORE");
    assertThat(Capabilities.all()).isEqualTo(0x1ffffffffffL);
  }

  @Test
  void noCapabilityIsNothing() {
    Capabilities.append(1L << 50, out);
    assertThat(out.isEmpty()).isTrue();
  }
}
