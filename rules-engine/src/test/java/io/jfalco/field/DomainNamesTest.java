package io.jfalco.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.compile.TestEvents;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.Bytes;
import io.jfalco.render.BufferFormat;
import io.jfalco.rule.OutputException;
import io.jfalco.rule.OutputTemplates;
import io.jfalco.state.EventContext;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DomainNamesTest {
  private final CountDownLatch asked = new CountDownLatch(2);
  private final DomainNames domains =
      new DomainNames(
          name -> {
            asked.countDown();
            return name.equals("example.org")
                ? List.of(new byte[] {93, (byte) 184, (byte) 216, 34})
                : List.of();
          });
  private final FieldCatalog catalog =
      FieldCatalog.standard(new FieldEnvironment(BufferFormat.TEXT, Bytes.of("host"), domains));

  @Test
  void resolvesInTheBackground() throws Exception {
    EventContext context = TestEvents.apply("inet", new TestHost());
    Condition in = compile("fd.sip.name in (nowhere.test, example.org)");
    Condition other = compile("fd.sip.name = nowhere.test");
    Condition not = compile("fd.sip.name != nowhere.test");
    assertThat(other.test(context)).isFalse();
    in.test(context);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!in.test(context) && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(in.test(context)).isTrue();
    assertThat(other.test(context)).isFalse();
    assertThat(not.test(context)).isTrue();
    assertThat(shown(context)).isEqualTo("example.org");
    assertThat(in.test(TestEvents.apply("read", new TestHost()))).isFalse();
  }

  private String shown(EventContext context) throws OutputException {
    return new OutputTemplates(catalog).parse("%fd.rip.name").message(context);
  }

  private Condition compile(String text) throws ConditionException {
    return new ConditionCompiler(catalog).compile(ConditionParser.parse(text));
  }
}
