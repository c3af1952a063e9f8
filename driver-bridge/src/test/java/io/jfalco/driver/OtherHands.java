package io.jfalco.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The program of native/test that takes from a process what it has in the kernel. */
final class OtherHands {
  private final long pid;

  /** On a process. */
  OtherHands(long pid) {
    this.pid = pid;
  }

  void delete(String map, int key) throws Exception {
    run("delete", map, Integer.toString(key));
  }

  void set(String map, int key, int value) throws Exception {
    run("set", map, Integer.toString(key), Integer.toString(value));
  }

  void unlink(String program) throws Exception {
    run("unlink", program);
  }

  private void run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(LiveHost.ROOT.resolve("native/build/unhook").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(arguments));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    assertThat(status).as("status of %s", command).isZero();
  }
}
