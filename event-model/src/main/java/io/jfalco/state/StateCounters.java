package io.jfalco.state;

import java.util.List;

/** What the state has done since it was made. Written by the event-loop thread. */
public final class StateCounters {
  long addedThreads;
  long removedThreads;
  long droppedThreads;
  long failedLookups;
  long scans;
  long failedScans;
  long refusedScans;
  long addedFds;
  long removedFds;
  long droppedFds;
  long shortenedImages;
  long evictedCgroups;
  long evictedContainers;
  long storedEnterEvents;
  long retrievedEnterEvents;
  long recentThreads;
  long foundThreads;
  long foundFds;
  long missingFds;

  StateCounters() {}

  /** A count and its name. */
  public record Count(String name, long value) {}

  /** All counts, in a fixed order. */
  public List<Count> all() {
    return List.of(
        new Count("threads_added", addedThreads),
        new Count("threads_removed", removedThreads),
        new Count("threads_dropped", droppedThreads),
        new Count("fds_added", addedFds),
        new Count("fds_removed", removedFds),
        new Count("fds_dropped", droppedFds),
        new Count("lookups_failed", failedLookups),
        new Count("proc_lookups", scans),
        new Count("proc_lookups_failed", failedScans),
        new Count("proc_lookups_refused", refusedScans),
        new Count("images_shortened", shortenedImages),
        new Count("cgroups_evicted", evictedCgroups),
        new Count("containers_evicted", evictedContainers),
        new Count("enter_events_stored", storedEnterEvents));
  }

  /** Threads added. */
  public long addedThreads() {
    return addedThreads;
  }

  /** Threads removed. */
  public long removedThreads() {
    return removedThreads;
  }

  /** Threads not added because the table was full, or memory short. */
  public long droppedThreads() {
    return droppedThreads;
  }

  /** Times that a thread was asked for and not known. */
  public long failedLookups() {
    return failedLookups;
  }

  /** Times that an unknown thread was looked for outside. */
  public long scans() {
    return scans;
  }

  /** Of these, times that nothing was found. */
  public long failedScans() {
    return failedScans;
  }

  /** Times that an unknown thread was not looked for, because of the rate limit. */
  public long refusedScans() {
    return refusedScans;
  }

  /** Descriptors added. */
  public long addedFds() {
    return addedFds;
  }

  /** Descriptors removed. */
  public long removedFds() {
    return removedFds;
  }

  /** Descriptors not added because a table was full, or memory short. */
  public long droppedFds() {
    return droppedFds;
  }

  /** Processes whose environment and long arguments were left out for want of memory. */
  public long shortenedImages() {
    return shortenedImages;
  }

  /** Sets of cgroups that were forgotten because their table was full. */
  public long evictedCgroups() {
    return evictedCgroups;
  }

  /** Containers that were forgotten because their table was full. */
  public long evictedContainers() {
    return evictedContainers;
  }

  /** Enter events stored for the exit event that follows. */
  public long storedEnterEvents() {
    return storedEnterEvents;
  }

  /** Enter events that were found for an exit event. */
  public long retrievedEnterEvents() {
    return retrievedEnterEvents;
  }

  /** Times that the thread asked for was the one of the time before. */
  public long recentThreads() {
    return recentThreads;
  }

  /** Times that a thread was found in the table. */
  public long foundThreads() {
    return foundThreads;
  }

  /** Events whose descriptor was known. */
  public long foundFds() {
    return foundFds;
  }

  /** Events whose descriptor was not known. */
  public long missingFds() {
    return missingFds;
  }
}
