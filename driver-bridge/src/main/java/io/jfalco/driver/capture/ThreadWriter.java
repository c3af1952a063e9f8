package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.state.Image;
import io.jfalco.state.ThreadInfo;

/** Writes the entries of a capture's process list, version 9. */
final class ThreadWriter {
  /** Readers refuse longer paths and lists of strings. */
  static final int MOST_PATH = 1024;

  private static final int MOST_STRINGS = 4096;
  private static final Bytes ROOT = Bytes.of("/");

  private final BlockBuffer out;
  private final Bytes text = new Bytes();

  ThreadWriter(BlockBuffer out) {
    this.out = out;
  }

  void write(ThreadInfo thread) {
    Image image = thread.image();
    out.beginEntry().s64(thread.tid()).s64(thread.pid()).s64(thread.ptid());
    out.s64(thread.sid()).s64(thread.vpgid());
    out.text(thread.comm(), MOST_PATH);
    out.text(image.exe(), MOST_PATH);
    out.text(image.exePath(), MOST_PATH);
    out.texts(image.args(), MOST_STRINGS);
    out.text(thread.cwd().isEmpty() ? ROOT : thread.cwd(), MOST_PATH);
    out.s64(thread.fdLimit()).u32(thread.flags()).u32(thread.uid()).u32(thread.gid());
    out.u32(thread.vmSize()).u32(thread.vmRss()).u32(thread.vmSwap());
    out.s64(thread.pageFaultsMajor()).s64(thread.pageFaultsMinor());
    out.texts(thread.isMain() ? image.env() : text.clear(), MOST_STRINGS);
    out.s64(thread.vtid()).s64(thread.vpid());
    thread.cgroups().raw(text);
    out.texts(text, MOST_STRINGS);
    out.text(thread.root(), MOST_PATH);
    out.s64(thread.pidNamespaceStart()).u32(thread.tty()).u32(thread.loginUid());
    out.u8(image.isWritable() ? 1 : 0);
    out.s64(thread.capInheritable()).s64(thread.capPermitted()).s64(thread.capEffective());
    out.u8(image.isUpperLayer() ? 1 : 0);
    out.s64(image.inode()).s64(image.changeTime()).s64(image.modifyTime());
    out.u8(image.isFromMemfd() ? 1 : 0).u8(image.isLowerLayer() ? 1 : 0);
    out.s64(thread.pgid());
    out.endEntry(true);
  }
}
