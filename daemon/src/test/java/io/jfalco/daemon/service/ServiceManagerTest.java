package io.jfalco.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceManagerTest {
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

  @Test
  void tellsStartReloadAndEnd() {
    try (ServiceManager manager = new ServiceManager(sent::add, 0)) {
      manager.ready("Working");
      manager.reloading();
      manager.ready("Working again");
      manager.stopping();
      manager.stopping();
      manager.reloading();
      manager.ready("too late");
    }
    assertThat(sent).hasSize(4);
    assertThat(sent.get(0)).isEqualTo("READY=1\nSTATUS=Working");
    assertThat(sent.get(1)).matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+\nSTATUS=Reloading");
    assertThat(sent.get(2)).isEqualTo("READY=1\nSTATUS=Working again");
    assertThat(sent.get(3)).startsWith("STOPPING=1\n");
  }

  @Test
  void watchesWhereThereIsAWatchdogOnly() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    try (ServiceManager none = new ServiceManager(sent::add, 0);
        ServiceManager some = new ServiceManager(sent::add, 2_000_000)) {
      none.watch(
          () -> {
            throw new AssertionError("asked without a watchdog");
          });
      some.watch(
          () -> {
            asked.countDown();
            return List.of();
          });
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(sent).isNotEmpty().allMatch("WATCHDOG=1"::equals);
  }

  @Test
  void aManagerThatDoesNotListenChangesNothing() {
    ServiceManager manager =
        new ServiceManager(
            text -> {
              sent.add(text);
              throw new IOException("nobody");
            },
            0);
    manager.ready("Working");
    manager.reloading();
    assertThat(sent).hasSize(2);
  }

  @Test
  void withoutSocketNothingHappens() {
    for (Map<String, String> environment :
        List.<Map<String, String>>of(
            Map.of(), Map.of("NOTIFY_SOCKET", ""), Map.of("NOTIFY_SOCKET", "vsock:2:1"))) {
      try (ServiceManager manager = ServiceManager.of(environment::get)) {
        manager.ready("Working");
        manager.stopping();
      }
    }
  }
}
