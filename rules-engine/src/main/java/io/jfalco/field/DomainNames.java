package io.jfalco.field;

import io.jfalco.event.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Addresses of the domain names that conditions compare addresses with. A name is resolved for the
 * first time when a condition asks for it, and again from time to time, by a thread of its own: the
 * asking thread never waits, so the very first answers may still be "no".
 */
public final class DomainNames {
  private static final long REFRESH_SECONDS = 10;
  private static final long LONGEST_REFRESH_SECONDS = 320;

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Function<String, List<byte[]>> resolver;
  private ScheduledExecutorService worker;

  /**
   * Names resolved by a function, which may take its time and gives nothing for unknown names.
   *
   * @param resolver addresses of a name, 4 or 16 bytes each
   */
  public DomainNames(Function<String, List<byte[]>> resolver) {
    this.resolver = resolver;
  }

  /** Names resolved as this host resolves them. */
  public static DomainNames ofHost() {
    return new DomainNames(DomainNames::lookUp);
  }

  private static List<byte[]> lookUp(String name) {
    try {
      return Arrays.stream(InetAddress.getAllByName(name)).map(InetAddress::getAddress).toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /** A name to ask about. Nothing is resolved yet. */
  public Entry entry(String name) {
    return entries.computeIfAbsent(name, Entry::new);
  }

  /** Appends a name that this address belongs to; false when none of those asked for does. */
  boolean nameOf(Bytes address, Bytes out) {
    for (Entry entry : entries.values()) {
      if (entry.holds(address)) {
        out.copyFrom(entry.text);
        return true;
      }
    }
    return false;
  }

  private synchronized ScheduledExecutorService worker() {
    if (worker == null) {
      worker =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "domain-names");
                thread.setDaemon(true);
                return thread;
              });
    }
    return worker;
  }

  /** One name. */
  public final class Entry {
    private final String name;
    private final Bytes text;
    private boolean asked;
    private volatile byte[][] addresses = {};

    private Entry(String name) {
      this.name = name;
      this.text = Bytes.of(name);
    }

    /** True when the address belongs to the name, as far as that is known by now. */
    public boolean matches(Bytes address) {
      if (!asked) {
        asked = true;
        worker().execute(() -> resolve(REFRESH_SECONDS));
      }
      return holds(address);
    }

    private boolean holds(Bytes address) {
      for (byte[] own : addresses) {
        if (address.sameAs(own)) {
          return true;
        }
      }
      return false;
    }

    private void resolve(long seconds) {
      byte[][] found = resolver.apply(name).toArray(new byte[0][]);
      boolean same = Arrays.deepEquals(found, addresses);
      addresses = found;
      long next = same ? Math.min(seconds * 2, LONGEST_REFRESH_SECONDS) : REFRESH_SECONDS;
      Future<?> unused = worker().schedule(() -> resolve(next), next, TimeUnit.SECONDS);
    }
  }
}
