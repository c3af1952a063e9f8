package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.config.Config;
import io.jfalco.event.EventTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestSetTest {
  private static BitSet codes(String... names) {
    BitSet codes = new BitSet();
    for (String name : names) {
      codes.set(EventTable.syscall(name).orElseThrow().code());
    }
    return codes;
  }

  private static BitSet choose(BitSet rules, boolean withIo, String... custom) {
    return InterestSet.choose(rules, new Config.Syscalls(List.of(custom), withIo, 80, 1000))
        .selected();
  }

  @Test
  void theStateSetIsFalcos() {
    String falco =
        "accept, accept4, bind, capset, chdir, chroot, clone, clone3, close, close_range, connect,"
            + " creat, dup, dup2, dup3, epoll_create, epoll_create1, eventfd, eventfd2, execve,"
            + " execveat, fchdir, fcntl, fork, getsockopt, inotify_init, inotify_init1,"
            + " io_uring_setup, memfd_create, mount, open, open_by_handle_at, openat, openat2,"
            + " pidfd_getfd, pidfd_open, pipe, pipe2, prctl, prlimit, procexit, recvfrom,"
            + " recvmmsg, recvmsg, sendmmsg, sendmsg, sendto, setgid, setregid, setresgid,"
            + " setresuid, setreuid, setrlimit, setsid, setuid, shutdown, signalfd, signalfd4,"
            + " socket, socketpair, timerfd_create, umount, umount2, userfaultfd, vfork";
    assertThat(Arrays.asList(InterestSet.text(InterestSet.stateSet()).split(", ")))
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
