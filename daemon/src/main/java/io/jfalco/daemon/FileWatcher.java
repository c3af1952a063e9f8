package io.jfalco.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells when what files hold changes: written in place, replaced by another, or reached through
 * another symbolic link, as Kubernetes replaces whole directories. Directories are watched for
 * files that come and go. A thread of its own.
 */
final class FileWatcher implements AutoCloseable {
  /** So long the files must stay as they are: editors write in several steps. */
  private static final long QUIET_MILLIS = 200;

  /** After so many changes in a row it is told nevertheless. */
  private static final int MOST_CHANGES = 25;

  /** Deeper chains of symbolic links are not followed. */
  private static final int MOST_LINKS = 40;

  private final Supplier<List<Path>> files;
  private final Runnable changed;
  private final WatchService service;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Thread thread = new Thread(this::run, "watch-files");

  private String before;

  private FileWatcher(
      Supplier<List<Path>> files, String before, Runnable changed, WatchService service) {
    this.files = files;
    this.before = before;
    this.changed = changed;
    this.service = service;
    thread.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @param files files and directories, asked for again after each change
   * @param before what they held when they were read
   * @param changed called on the thread of the watcher
   * @return null when this host lets nothing be watched; that is logged
   */
  static FileWatcher start(Supplier<List<Path>> files, String before, Runnable changed) {
    try {
      FileWatcher watcher =
          new FileWatcher(files, before, changed, FileSystems.getDefault().newWatchService());
      watcher.thread.start();
      return watcher;
    } catch (IOException e) {
      Log.error(
          "Configuration and rules are not watched (" + e.getMessage() + "): reload with SIGHUP");
      return null;
    }
  }

  private void run() {
    try {
      while (true) {
        watch();
        String now = settled();
        if (!now.equals(before)) {
          before = now;
          changed.run();
        }
        awaitEvent();
      }
    } catch (InterruptedException | java.nio.file.ClosedWatchServiceException e) {
      // The end.
    } catch (IOException e) {
      Log.error("Configuration and rules are no longer watched: " + e.getMessage());
    }
  }

  /** What the files hold, once that stays the same for a while. */
  private String settled() throws InterruptedException {
    String last = contents(files.get());
    for (int i = 0; i < MOST_CHANGES && !last.equals(before); i++) {
      Thread.sleep(QUIET_MILLIS);
      String now = contents(files.get());
      if (now.equals(last)) {
        return now;
      }
      last = now;
    }
    return last;
  }

  /**
   * Waits until something happens in a directory. Not until nothing does: others may write to it
   * all the time.
   */
  private void awaitEvent() throws InterruptedException {
    WatchKey key = service.take();
    Thread.sleep(QUIET_MILLIS / 2);
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = service.poll();
    }
  }

  /** Watches all directories in which something can change what the files hold. */
  private void watch() throws IOException {
    Set<Path> wanted = new HashSet<>();
    for (Path file : files.get()) {
      collect(file.toAbsolutePath(), wanted);
    }
    keys.keySet()
        .removeIf(
            directory -> {
              boolean unwanted = !wanted.contains(directory) || !keys.get(directory).isValid();
              if (unwanted) {
                keys.get(directory).cancel();
              }
              return unwanted;
            });
    for (Path directory : wanted) {
      if (!keys.containsKey(directory) && Files.isDirectory(directory)) {
        Log.debug(() -> "Watching directory '" + directory + "'");
        keys.put(
            directory,
            directory.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE));
      }
    }
  }

  /** Directories that hold a part of the path, or of what symbolic links in it stand for. */
  private static void collect(Path file, Set<Path> directories) throws IOException {
    Path path = file.normalize();
    if (Files.isDirectory(path)) {
      directories.add(path);
    }
    for (int i = 0; i < MOST_LINKS; i++) {
      Path link = null;
      for (Path part = path; part != null && link == null; part = part.getParent()) {
        link = Files.isSymbolicLink(part) ? part : null;
      }
      Path parent = path.getParent();
      if (parent != null) {
        directories.add(parent);
      }
      if (link == null) {
        return;
      }
      directories.add(link.getParent());
      Path target = link.resolveSibling(Files.readSymbolicLink(link));
      path = target.resolve(link.relativize(path)).normalize();
      if (Files.isDirectory(path)) {
        directories.add(path);
      }
    }
  }

  /** Stands for what files, and the files of directories, hold now. */
  static String contents(List<Path> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        if (Files.isDirectory(file)) {
          try (Stream<Path> entries = Files.list(file)) {
            entries.sorted().forEach(entry -> add(entry, digest));
          } catch (IOException | UncheckedIOException e) {
            digest.update((byte) 0);
          }
        } else {
          add(file, digest);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(Path file, MessageDigest digest) {
    digest.update((file + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class, new LinkOption[0])
          .isRegularFile()) {
        digest.update(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      // Gone, or not to be read: that too is a state that can change.
      digest.update((byte) 0);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      service.close();
      thread.join();
    } catch (IOException e) {
      Log.warning("The watch for configuration and rules could not be ended: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
