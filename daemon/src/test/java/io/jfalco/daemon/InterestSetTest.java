package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.config.Config;
import io.jfalco.event.EventTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestSetTest {
  private static final int PROCESS_EXIT = SyscallNames.code("sched_process_exit");

  private static final Config.DynamicSnaplen NO_MORE = new Config.DynamicSnaplen(false, 0, 0, 8125);

  /** What libs' tests expect of a repaired set, whatever is asked for. */
  private static final String REPAIRED =
      "capset, chdir, chroot, clone, clone3, execve, execveat, fchdir, fork, prctl, setgid,"
          + " setpgid, setresgid, setresuid, setsid, setuid, vfork";

  private static BitSet codes(String... names) {
    BitSet codes = new BitSet();
    for (String name : names) {
      codes.set(EventTable.syscall(name).orElseThrow().code());
    }
    return codes;
  }

  private static BitSet choose(BitSet rules, boolean withIo, String... custom) {
    return selected(
        rules, new Config.Syscalls(List.of(custom), withIo, false, 80, 4096, NO_MORE, 1000));
  }

  private static BitSet repair(BitSet rules, String... custom) {
    return selected(
        rules, new Config.Syscalls(List.of(custom), false, true, 80, 4096, NO_MORE, 1000));
  }

  private static BitSet selected(BitSet rules, Config.Syscalls config) {
    BitSet selected = InterestSet.choose(rules, config).selected();
    assertThat(selected.get(PROCESS_EXIT)).as("the end of processes is always selected").isTrue();
    selected.clear(PROCESS_EXIT);
    return selected;
  }

  @Test
  void theStateSetIsFalcosAndUnshare() {
    String falco =
        "accept, accept4, bind, capset, chdir, chroot, clone, clone3, close, close_range, connect,"
            + " creat, dup, dup2, dup3, epoll_create, epoll_create1, eventfd, eventfd2, execve,"
            + " execveat, fchdir, fcntl, fork, getsockopt, inotify_init, inotify_init1,"
            + " io_uring_setup, memfd_create, mount, open, open_by_handle_at, openat, openat2,"
            + " pidfd_getfd, pidfd_open, pipe, pipe2, prctl, prlimit, procexit, recvfrom,"
            + " recvmmsg, recvmsg, sendmmsg, sendmsg, sendto, setgid, setregid, setresgid,"
            + " setresuid, setreuid, setrlimit, setsid, setuid, shutdown, signalfd, signalfd4,"
            + " socket, socketpair, timerfd_create, umount, umount2, unshare, userfaultfd, vfork";
    assertThat(Arrays.asList(SyscallNames.text(InterestSet.stateSet()).split(", ")))
        .containsExactlyElementsOf(Arrays.asList(falco.split(", ")));
  }

  @Test
  void rulesAndStateAreCapturedWithoutReadsAndWrites() {
    BitSet selected = choose(codes("kill", "write", "pread64", "acct"), false);
    assertThat(InterestSet.minus(codes("kill", "acct", "execve"), selected).isEmpty()).isTrue();
    assertThat(selected.intersects(codes("write", "pread64", "read"))).isFalse();
  }

  @Test
  void readsAndWritesCanBeAskedFor() {
    BitSet selected = choose(codes("write"), true);
    assertThat(InterestSet.minus(codes("write"), selected).isEmpty()).isTrue();
    assertThat(selected.intersects(codes("read"))).isFalse();
  }

  @Test
  void customNamesReplaceTheStateSet() {
    BitSet selected = choose(codes("kill"), false, "openat", "ptrace", "no_such_call", "!kill");
    assertThat(selected).isEqualTo(codes("openat", "ptrace"));
  }

  @Test
  void aNegativeNameTakesOneOut() {
    BitSet selected = choose(codes("kill"), false, "!dup3");
    assertThat(selected.intersects(codes("dup3"))).isFalse();
    assertThat(InterestSet.minus(codes("dup2", "kill"), selected).isEmpty()).isTrue();
  }

  @Test
  void repairTakesTheLeastInThePlaceOfTheStateSet() {
    assertThat(SyscallNames.text(repair(codes("kill"))))
        .isEqualTo(REPAIRED.replace("prctl", "kill, prctl"));
    assertThat(SyscallNames.text(repair(codes("openat"))))
        .isEqualTo(REPAIRED.replace("clone3,", "clone3, close,").replace("prctl", "openat, prctl"));
    assertThat(SyscallNames.text(repair(codes("connect"))))
        .isEqualTo(
            REPAIRED
                .replace("clone3,", "clone3, close, connect,")
                .replace("fork,", "fork, getsockopt,")
                .replace("setuid,", "setuid, socket,"));
    assertThat(SyscallNames.text(repair(codes("listen"))))
        .isEqualTo(
            "bind, "
                + REPAIRED
                    .replace("clone3,", "clone3, close,")
                    .replace("fork,", "fork, getsockopt, listen,")
                    .replace("setuid,", "setuid, socket,"));
  }

  @Test
  void repairAddsToTheUsersSetAndAfterTheIgnoredOnesAreGone() {
    assertThat(SyscallNames.text(repair(codes("kill"), "mkdir", "write")))
        .isEqualTo(
            REPAIRED.replace("clone3,", "clone3, close,").replace("prctl", "kill, mkdir, prctl"));
    assertThat(SyscallNames.text(repair(codes("kill"), "!execve", "!kill")))
        .as("repaired twice, the second time with close for the sake of fchdir, as in Falco")
        .isEqualTo(REPAIRED.replace("clone3,", "clone3, close,"));
  }

  @Test
  void acceptMeansAccept4TooAsInOldEvents() {
    assertThat(choose(codes("kill"), false, "accept"))
        .isEqualTo(codes("accept", "accept4", "kill"));
    assertThat(choose(codes("kill"), false, "accept4")).isEqualTo(codes("accept4", "kill"));
    assertThat(SyscallNames.text(codes("accept4"))).isEqualTo("accept, accept4");
  }

  @Test
  void onlyNamesOfEventsCount() {
    assertThat(choose(codes("kill"), false, "prlimit64", "prlimit", "_newselect"))
        .isEqualTo(codes("prlimit64", "_newselect", "kill"));
  }

  @Test
  void ignoredNamesAreFalcos() {
    assertThat(InterestSet.ignoredNames())
        .containsExactly(
            "pread",
            "preadv",
            "pwrite",
            "pwritev",
            "read",
            "readv",
            "recv",
            "send",
            "sendfile",
            "write",
            "writev");
  }
}
