package io.jfalco.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.HostState;
import io.jfalco.state.StateCounters;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.UserTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Writes what is known of the host to a file: when it is asked for, and at the end. The first line
 * holds counts, each other line a thread with, where it does not share them, its descriptors.
 * Environments are left out. Readers never see half a file.
 */
final class StateFile implements EventStage {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final HostState state;
  private final BooleanSupplier requests;

  /**
   * A file for this state.
   *
   * @param requests true once after each request
   */
  StateFile(Path file, HostState state, BooleanSupplier requests) {
    this.file = file;
    this.state = state;
    this.requests = requests;
  }

  @Override
  public boolean onEvent(EventContext context) {
    return true;
  }

  @Override
  public void tick() {
    if (requests.getAsBoolean()) {
      write();
    }
  }

  @Override
  public void close() {
    write();
  }

  private void write() {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream out = Files.newOutputStream(part);
          JsonGenerator json = JSON.createGenerator(out)) {
        json.setRootValueSeparator(null);
        counts(json);
        state.forEachThread(thread -> thread(json, thread));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Log.error("Could not write the state to " + file + ": " + CaptureRecorder.reason(e));
    } catch (UncheckedIOException e) {
      Log.error(
          "Could not write the state to " + file + ": " + CaptureRecorder.reason(e.getCause()));
    }
  }

  private void counts(JsonGenerator json) throws IOException {
    StateCounters counters = state.counters();
    json.writeStartObject();
    json.writeNumberField("time", TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    json.writeNumberField("threads", state.threadCount());
    json.writeNumberField("descriptors", state.descriptorCount());
    json.writeNumberField("bytes", state.usedBytes());
    for (StateCounters.Count count : counters.all()) {
      json.writeNumberField(count.name(), count.value());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void thread(JsonGenerator json, ThreadInfo thread) {
    try {
      json.writeStartObject();
      json.writeNumberField("tid", thread.tid());
      json.writeNumberField("pid", thread.pid());
      json.writeNumberField("ptid", thread.ptid());
      json.writeNumberField("vtid", thread.vtid());
      json.writeNumberField("vpid", thread.vpid());
      json.writeNumberField("sid", thread.sid());
      json.writeNumberField("pgid", thread.pgid());
      json.writeNumberField("vpgid", thread.vpgid());
      number(json, "uid", thread.uid());
      number(json, "gid", thread.gid());
      json.writeNumberField("start", thread.cloneTime());
      text(json, "comm", thread.comm());
      text(json, "exe", thread.image().exe());
      text(json, "exepath", thread.image().exePath());
      arguments(json, thread.image().args());
      json.writeStringField("container", thread.container().fullId());
      if (thread.isDead()) {
        json.writeBooleanField("dead", true);
      }
      if (thread.isMain()) {
        text(json, "cwd", thread.cwd());
        text(json, "root", thread.root());
      }
      if (thread.hasOwnFds()) {
        descriptors(json, thread);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void number(JsonGenerator json, String name, long id) throws IOException {
    if (id != UserTable.UNKNOWN) {
      json.writeNumberField(name, id);
    }
  }

  private static void text(JsonGenerator json, String name, Bytes text) throws IOException {
    json.writeStringField(name, text.toString());
  }

  private static void arguments(JsonGenerator json, Bytes args) throws IOException {
    json.writeArrayFieldStart("args");
    for (int from = 0; from < args.length(); ) {
      int end = args.indexOf(0, from);
      int to = end < 0 ? args.length() : end;
      json.writeString(new Bytes().view(args.array(), args.offset() + from, to - from).toString());
      from = to + 1;
    }
    json.writeEndArray();
  }

  private static void descriptors(JsonGenerator json, ThreadInfo thread) throws IOException {
    json.writeArrayFieldStart("fds");
    thread
        .fds()
        .forEach(
            fd -> {
              try {
                descriptor(json, fd);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    json.writeEndArray();
  }

  private static void descriptor(JsonGenerator json, FdInfo fd) throws IOException {
    json.writeStartObject();
    json.writeNumberField("fd", fd.number());
    json.writeStringField("type", fd.type().label());
    text(json, "name", fd.name());
    if (fd.inode() != 0) {
      json.writeNumberField("inode", fd.inode());
    }
    if (fd.isCloseOnExec()) {
      json.writeBooleanField("cloexec", true);
    }
    json.writeEndObject();
  }
}
