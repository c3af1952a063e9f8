package io.jfalco.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables know every system call that the kernel's own headers number. Needs the headers of
 * linux-libc-dev on x86_64; without them it is skipped, but fails where {@code CI} is {@code true}.
 */
class KernelNumbersTest {
  private static final Path HEADERS = Path.of("/usr/include/x86_64-linux-gnu/asm");
  private static final Pattern NUMBER = Pattern.compile("#define __NR_(\\w+)\\s+(\\d+)");

  /** Numbers that no kernel with eBPF serves any more. */
  private static final Set<String> GONE =
      Set.of(
          "_sysctl",
          "afs_syscall",
          "create_module",
          "get_kernel_syms",
          "getpmsg",
          "nfsservctl",
          "putpmsg",
          "query_module",
          "security",
          "tuxcall",
          "uselib",
          "vserver");

  /** Of 32-bit programs: gone as well, or without any counterpart of 64 bits. */
  private static final Set<String> ONLY_32_BITS =
      Set.of(
          "bdflush",
          "break",
          "ftime",
          "gtty",
          "idle",
          "lock",
          "mpx",
          "nice",
          "prof",
          "profil",
          "sgetmask",
          "signal",
          "ssetmask",
          "stime",
          "stty",
          "ulimit",
          "vm86",
          "vm86old");

  private static Map<Integer, String> numbers(String header) throws IOException {
    Path file = HEADERS.resolve(header);
    if ("true".equals(System.getenv("CI")) && !Files.exists(file)) {
      fail(file + " is missing (package linux-libc-dev)");
    }
    assumeTrue(Files.exists(file), () -> file + " is missing (package linux-libc-dev)");
    Map<Integer, String> numbers = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = NUMBER.matcher(line);
      if (matcher.matches()) {
        numbers.put(Integer.parseInt(matcher.group(2)), matcher.group(1));
      }
    }
    return numbers;
  }

  @Test
  void everyNumberOfX8664HasItsCall() throws IOException {
    Map<Integer, String> numbers = numbers("unistd_64.h");
    assertThat(numbers).hasSizeGreaterThan(350);
    numbers.values().removeAll(GONE);
    assertThat(numbers)
        .allSatisfy(
            (number, name) -> {
              assertThat(EventTable.syscallX8664(number)).as(name).isNotNull();
              assertThat(EventTable.syscallX8664(number).name()).isEqualTo(name);
            });
  }

  @Test
  void everyNumberOf32BitProgramsIsDelivered() throws IOException {
    Map<Integer, String> numbers = numbers("unistd_32.h");
    assertThat(numbers).hasSizeGreaterThan(400);
    numbers.values().removeAll(GONE);
    numbers.values().removeAll(ONLY_32_BITS);
    EventTable.ia32Calls().forEach(call -> numbers.remove(call.number()));
    assertThat(numbers).isEmpty();
  }

  @Test
  void a32BitCallOfTheSameNameIsThatCall() throws IOException {
    Map<Integer, String> numbers = numbers("unistd_32.h");
    for (Ia32Call call : EventTable.ia32Calls()) {
      String name = numbers.get(call.number());
      if (call.part() == 0 && name != null && EventTable.syscall(name).isPresent()) {
        Syscall same = EventTable.syscall(name).orElseThrow();
        assertThat(call.call().exit())
            .as(name)
            .isEqualTo(same.x8664() < 0 ? call.call().exit() : same.exit());
      }
    }
  }
}
