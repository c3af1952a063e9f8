package io.jfalco.driver.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.ThreadSpec;
import io.jfalco.state.UserTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountFinderTest {
  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String SHORT_ID = ID.substring(0, 12);
  private static final String PASSWD = "root:x:0:0::/root:/bin/sh\nweb:x:33:34::/srv/web:/bin/no\n";
  private static final String GROUP = "root:x:0:\nwww:x:34:web\n";

  @TempDir private Path root;
  private final HostState state = new HostState();
  private final UserTable users = state.users();
  private final List<Long> asked = new CopyOnWriteArrayList<>();

  private static Text text(String content) {
    return Text.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private ThreadInfo process(long pid, String cgroup, long uid, long gid) {
    ThreadSpec spec = new ThreadSpec();
    spec.clear();
    spec.ids(pid, pid, 1).users(uid, gid, -1);
    spec.cgroups().copyFrom(Bytes.of("cpu=" + cgroup + "\0"));
    new StateBuilder(state).add(spec);
    return state.thread(pid);
  }

  private ThreadInfo contained(long pid, long uid, long gid) {
    return process(pid, "/docker/" + ID, uid, gid);
  }

  private AccountFinder finder(AccountReader reader) {
    return new AccountFinder(
        new HostAccounts(root),
        (container, pid) -> {
          asked.add(pid);
          return reader.read(container, pid);
        });
  }

  private String user(ThreadInfo thread) {
    UserTable.User user = users.user(thread.container(), thread.uid());
    return user == null ? "none" : user.name() + " " + user.home() + " " + user.shell();
  }

  /** Lets the answers come in; nothing else of these tests depends on time. */
  private void takeUntilKnown(AccountFinder finder, ThreadInfo thread) throws InterruptedException {
    while (user(thread).equals("none")) {
      Thread.sleep(1);
      finder.take(users);
    }
  }

  @Test
  void namesOfAContainerAreItsOwn() throws InterruptedException {
    AccountFinder finder =
        finder((container, pid) -> Optional.of(Accounts.of(text(PASSWD), text(GROUP))));
    users.add(new UserTable.User(33, 33, Bytes.of("host-web"), Bytes.of("/"), Bytes.of("/")));
    ThreadInfo web = contained(10, 33, 34);
    finder.look(web, users);
    takeUntilKnown(finder, web);
    assertThat(user(web)).isEqualTo("web /srv/web /bin/no");
    assertThat(users.group(web.container(), 34)).hasToString("www");
    assertThat(user(process(11, "/", 33, 33))).startsWith("host-web");
    finder.look(web, users);
    assertThat(asked).containsExactly(10L);
  }

  @Test
  void nobodyWaitsForAContainerThatDoesNotAnswer() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    AccountFinder finder =
        finder(
            (container, pid) -> {
              await(never);
              return Optional.of(Accounts.of(text(PASSWD), text(GROUP)));
            });
    ThreadInfo web = contained(10, 33, 34);
    finder.look(web, users);
    finder.look(web, users);
    assertThat(user(web)).isEqualTo("none");
    never.countDown();
    takeUntilKnown(finder, web);
    assertThat(user(web)).startsWith("web");
    assertThat(asked).containsExactly(10L);
  }

  @Test
  void containersThatDoNotAnswerTakeNoMoreThanAFewThreads() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AccountFinder finder =
        finder(
            (container, pid) -> {
              await(end);
              return Optional.empty();
            });
    for (int i = 0; i < 40; i++) {
      finder.look(process(100 + i, "/docker/%02x".formatted(i) + ID.substring(2), 33, 34), users);
    }
    end.countDown();
    while (asked.size() < 16) {
      Thread.sleep(1);
    }
    assertThat(asked).hasSize(16);
  }

  @Test
  void whenTheProcessIsGoneTheNextIsAsked() throws InterruptedException {
    AccountFinder finder =
        finder(
            (container, pid) ->
                pid == 10 ? Optional.empty() : Optional.of(Accounts.of(text(PASSWD), text(GROUP))));
    finder.look(contained(10, 33, 34), users);
    ThreadInfo next = contained(11, 33, 34);
    while (user(next).equals("none")) {
      finder.look(next, users);
      finder.take(users);
      Thread.sleep(1);
    }
    assertThat(asked).containsExactly(10L, 11L);
  }

  @Test
  void containersThatRunAlreadyAreAskedAtStart() throws InterruptedException {
    ThreadInfo web = contained(10, 33, 34);
    process(11, "/", 33, 33);
    AccountFinder finder =
        finder((container, pid) -> Optional.of(Accounts.of(text(PASSWD), text(GROUP))));
    finder.start(state);
    takeUntilKnown(finder, web);
    assertThat(asked).containsExactly(10L);
  }

  @Test
  void theHostsFilesAreReadAgainWhenTheyChange() throws IOException, InterruptedException {
    Path passwd = Files.createDirectories(root.resolve("etc")).resolve("passwd");
    Files.writeString(passwd, "root:x:0:0::/root:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), GROUP);
    AccountFinder finder = finder((container, pid) -> Optional.empty());
    ThreadInfo web = process(10, "/", 33, 34);
    while (users.group(web.container(), 34) == null) {
      finder.look(web, users);
      Thread.sleep(1);
    }
    assertThat(user(web)).isEqualTo("none");
    Files.writeString(passwd, PASSWD);
    Files.setLastModifiedTime(passwd, FileTime.from(Instant.EPOCH));
    while (user(web).equals("none")) {
      finder.look(web, users);
      Thread.sleep(1);
    }
    assertThat(user(web)).startsWith("web");
    assertThat(asked).isEmpty();
  }

  @Test
  void aProcessOfAnotherContainerIsNotRead() throws IOException {
    ThreadInfo web = contained(10, 33, 34);
    Path process = Files.createDirectories(root.resolve("proc/10"));
    Files.createDirectories(root.resolve("proc/1"));
    Path etc = Files.createDirectories(root.resolve("container/etc"));
    Files.createSymbolicLink(process.resolve("root"), root.resolve("container"));
    Files.createSymbolicLink(root.resolve("proc/1/root"), root);
    Files.writeString(etc.resolve("passwd"), PASSWD);
    Files.writeString(process.resolve("cgroup"), "0::/docker/other\n");
    ContainerAccounts reader = new ContainerAccounts(root);
    assertThat(reader.read(web.container(), 10)).isEmpty();
    assertThat(reader.read(web.container(), 11)).isEmpty();
    Files.writeString(process.resolve("cgroup"), "0::/docker/" + ID + "\n");
    reader.read(web.container(), 10).orElseThrow().addTo(SHORT_ID, users);
    assertThat(user(web)).startsWith("web");
  }

  @Test
  void aContainerWithTheHostsRootHasNobody() throws IOException {
    ThreadInfo web = contained(10, 33, 34);
    Path process = Files.createDirectories(root.resolve("proc/10"));
    Files.createDirectories(root.resolve("proc/1"));
    Files.createSymbolicLink(process.resolve("root"), root);
    Files.createSymbolicLink(root.resolve("proc/1/root"), root);
    Files.writeString(process.resolve("cgroup"), "0::/docker/" + ID + "\n");
    Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("passwd"), PASSWD);
    new ContainerAccounts(root).read(web.container(), 10).orElseThrow().addTo(SHORT_ID, users);
    assertThat(user(web)).isEqualTo("none");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
