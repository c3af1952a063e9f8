package io.jfalco.driver.capture;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes capture files block by block, also wrong ones. */
final class CaptureFile {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A capture that begins as every capture does. */
  static CaptureFile section() {
    return new CaptureFile()
        .block(0x0A0D0D0A, new Body().u32(0x1A2B3C4D).u16(1).u16(2).s64(-1).bytes());
  }

  /** One block with its padding. */
  CaptureFile block(int type, byte[] body) {
    int padding = (4 - body.length % 4) % 4;
    int total = 12 + body.length + padding;
    raw(new Body().u32(type).u32(total).raw(body).raw(new byte[padding]).u32(total).bytes());
    return this;
  }

  /** Bytes as they are. */
  CaptureFile raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** An event in a block of today's type. */
  CaptureFile event(int cpu, EventBuilder event) {
    return block(0x216, new Body().u16(cpu).raw(record(event)).bytes());
  }

  /** An event with flags. */
  CaptureFile event(int cpu, int flags, EventBuilder event) {
    return block(0x217, new Body().u16(cpu).u32(flags).raw(record(event)).bytes());
  }

  static byte[] record(EventBuilder event) {
    ByteBuffer record = event.build();
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    return bytes;
  }

  /** The record as the first drivers wrote it: without the number of parameters. */
  static byte[] oldRecord(EventBuilder event) {
    byte[] record = record(event);
    ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(16, record.length - 4);
    byte[] old = new byte[record.length - 4];
    System.arraycopy(record, 0, old, 0, EventView.HEADER_SIZE - 4);
    System.arraycopy(
        record,
        EventView.HEADER_SIZE,
        old,
        EventView.HEADER_SIZE - 4,
        record.length - EventView.HEADER_SIZE);
    return old;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  Path write(Path folder) {
    return write(folder, bytes());
  }

  Path writeCompressed(Path folder) {
    return write(folder, compress(bytes()));
  }

  static byte[] compress(byte[] plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  static Path write(Path folder, byte[] bytes) {
    try {
      return Files.write(folder.resolve("test.scap"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Little-endian bytes. */
  static final class Body {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Body u8(int value) {
      out.write(value);
      return this;
    }

    Body u16(int value) {
      return u8(value & 0xff).u8(value >>> 8 & 0xff);
    }

    Body u32(long value) {
      return u16((int) value & 0xffff).u16((int) (value >>> 16) & 0xffff);
    }

    Body s64(long value) {
      return u32(value).u32(value >>> 32);
    }

    Body text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      return u16(utf8.length).raw(utf8);
    }

    Body raw(byte[] value) {
      out.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
