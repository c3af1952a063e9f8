package io.jfalco.driver.proc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Reads files and links that may vanish at any moment: then there is nothing, never a failure. */
final class ProcFiles {
  private static final String ATTRIBUTES = "unix:mode,ino,uid,gid,ctime,lastModifiedTime";
  private static final char UNDECODABLE = '\ufffd';

  private ProcFiles() {}

  /** At most so many bytes of a file; empty when it cannot be read. */
  static Text read(Path file, int limit) {
    try (InputStream in = Files.newInputStream(file)) {
      return Text.of(in.readNBytes(limit));
    } catch (IOException gone) {
      return Text.EMPTY;
    }
  }

  /**
   * Strings that end with a NUL each, in at most so many bytes: what is longer is cut so that a NUL
   * ends it, as the kernel's side does.
   */
  static Text strings(Path file, int limit) {
    Text text = read(file, limit);
    if (text.length() == limit) {
      text.bytes()[text.to() - 1] = 0;
    }
    return text;
  }

  /** Size of a file in bytes; 0 when it is gone. */
  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Where a link points to, as bytes; empty when it cannot be read. */
  static Text link(Path link) {
    try {
      Path target = Files.readSymbolicLink(link);
      String text = target.toString();
      return Text.of(
          text.indexOf(UNDECODABLE) < 0 ? text.getBytes(StandardCharsets.UTF_8) : rawBytes(target));
    } catch (IOException | InvalidPathException | SecurityException gone) {
      return Text.EMPTY;
    }
  }

  /**
   * The bytes of a path that is not text in this process's encoding: its URI has them, escaped. A
   * slash that the URI adds to directories is taken off.
   */
  private static byte[] rawBytes(Path path) {
    String escaped = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char letter = escaped.charAt(i);
      if (letter == '%' && i + 2 < escaped.length()) {
        bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(letter);
      }
    }
    byte[] all = bytes.toByteArray();
    Text text = Text.of(all);
    boolean slash = all.length > 1 && all[all.length - 1] == '/';
    return slash ? new Text(all, 0, text.to() - 1).toBytes() : all;
  }

  /** Attributes of what a path refers to, or nothing. */
  static Optional<FileFacts> facts(Path file) {
    try {
      Map<String, Object> all = Files.readAttributes(file, ATTRIBUTES);
      return Optional.of(FileFacts.of(all));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
      return Optional.empty();
    }
  }

  /** Visits all entries of a directory whose name is a number. */
  static void numbers(Path directory, LongConsumer visitor) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (isNumber(name)) {
          visitor.accept(Long.parseLong(name));
        }
      }
    } catch (IOException | DirectoryIteratorException gone) {
      // What was seen so far counts.
    }
  }

  private static boolean isNumber(String name) {
    if (name.isEmpty() || name.length() > 18) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
