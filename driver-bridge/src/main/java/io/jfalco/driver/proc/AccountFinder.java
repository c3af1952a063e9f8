package io.jfalco.driver.proc;

import io.jfalco.event.Bytes;
import io.jfalco.state.AccountLookup;
import io.jfalco.state.Container;
import io.jfalco.state.HostState;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.UserTable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds users and groups: those of the host in its files, which are looked at again when they may
 * have changed; those of a container in the files of its root directory.
 *
 * <p>A container can make the reading of its files take forever. So other threads read them, a few
 * at most, and the event loop waits for the answer a moment only: names that come later are there
 * for later events. Owned by the event-loop thread.
 */
public final class AccountFinder implements AccountLookup {
  /** How long the event loop waits, and how long it does not wait again after it did in vain. */
  private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long NO_WAIT = TimeUnit.SECONDS.toNanos(1);

  /** A container is asked again for somebody it did not know after this time. */
  private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

  /** The host's files are looked at once in this time, and more often when somebody is unknown. */
  private static final long HOST = TimeUnit.SECONDS.toNanos(1);

  private static final long HOST_UNKNOWN = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int MOST_READERS = 16;
  private static final int MOST_CONTAINERS = 1024;

  private final AccountReader reader;
  private final HostAccounts host;
  private final Map<String, Asked> containers = new LinkedHashMap<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Bytes id = new Bytes();
  private long hostSeen = System.nanoTime() - HOST;
  private long waitedInVain = System.nanoTime() - NO_WAIT;
  private int readers;

  /** A container that was asked. */
  private static final class Asked {
    private long time = System.nanoTime() - AGAIN;
    private boolean reading;
  }

  /** What one reader found; nothing when the process that it looked at was gone. */
  private record Answer(String containerId, Optional<Accounts> accounts) {}

  /**
   * Finds users and groups of a host and its containers.
   *
   * @param hostRoot where the host's root directory is: {@code /} unless in a container
   */
  public AccountFinder(Path hostRoot) {
    this(new HostAccounts(hostRoot), new ContainerAccounts(hostRoot));
  }

  AccountFinder(HostAccounts host, AccountReader reader) {
    this.host = host;
    this.reader = reader;
  }

  /** Asks for the users of all containers that have processes now. Called once, at start. */
  public void start(HostState state) {
    Queue<ThreadInfo> some = new ArrayDeque<>();
    state.forEachThread(
        thread -> {
          if (!thread.container().isHost() && thread.isMain()) {
            some.add(thread);
          }
        });
    some.forEach(thread -> ask(thread.container(), thread.pid()));
  }

  @Override
  public void look(ThreadInfo thread, UserTable into) {
    Container container = thread.container();
    boolean known =
        into.user(container, thread.uid()) != null && into.group(container, thread.gid()) != null;
    if (container.isHost()) {
      lookAtHost(known, into);
    } else if (!known) {
      CountDownLatch done = ask(container, thread.pid());
      if (done != null) {
        await(done);
        take(into);
      }
    }
  }

  private void lookAtHost(boolean known, UserTable into) {
    long now = System.nanoTime();
    if (now - hostSeen >= (known ? HOST : HOST_UNKNOWN)) {
      hostSeen = now;
      host.refresh(into);
    }
  }

  /** Has a reader look; null when none is needed or free. The latch opens when it has. */
  private CountDownLatch ask(Container container, long pid) {
    container.id(id);
    String name = id.toString();
    Asked asked = containers.get(name);
    if (asked == null) {
      if (containers.size() >= MOST_CONTAINERS) {
        containers.remove(containers.keySet().iterator().next());
      }
      asked = new Asked();
      containers.put(name, asked);
    }
    long now = System.nanoTime();
    if (asked.reading || now - asked.time < AGAIN || readers >= MOST_READERS) {
      return null;
    }
    asked.time = now;
    asked.reading = true;
    readers++;
    CountDownLatch done = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              Optional<Accounts> found = Optional.empty();
              try {
                found = reader.read(container, pid);
              } finally {
                answers.add(new Answer(name, found));
                done.countDown();
              }
            },
            "accounts-" + name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private void await(CountDownLatch done) {
    long now = System.nanoTime();
    if (now - waitedInVain < NO_WAIT) {
      return;
    }
    try {
      if (!done.await(WAIT, TimeUnit.NANOSECONDS)) {
        waitedInVain = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void take(UserTable into) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      readers--;
      Asked asked = containers.get(answer.containerId());
      if (asked != null) {
        asked.reading = false;
        if (answer.accounts().isEmpty()) {
          asked.time -= AGAIN;
        }
      }
      answer.accounts().orElse(Accounts.NONE).addTo(answer.containerId(), into);
    }
  }
}
