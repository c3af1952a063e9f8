package io.jfalco.driver;

import io.jfalco.event.Bytes;
import io.jfalco.state.FdInfo;
import io.jfalco.state.HostState;
import io.jfalco.state.Image;
import io.jfalco.state.ThreadInfo;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** All that a state knows of its threads, as text, to be compared. */
final class StateText {
  private StateText() {}

  /** Name and value of everything that is known of a thread, its descriptors as {@code fd N}. */
  static Map<String, String> of(ThreadInfo thread) {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("ids", thread.pid() + " " + thread.ptid() + " " + thread.vtid() + " " + thread.vpid());
    text.put("groups", thread.sid() + " " + thread.vpgid() + " " + thread.pgid());
    text.put("users", thread.uid() + " " + thread.gid() + " " + thread.loginUid());
    text.put("comm", thread.comm().toString());
    text.put("cwd", thread.cwd().toString());
    text.put("root", thread.root().toString());
    text.put("env", thread.env().toString());
    text.put("tty", Long.toString(thread.tty()));
    text.put("fdlimit", Long.toString(thread.fdLimit()));
    text.put(
        "capabilities",
        thread.capInheritable() + " " + thread.capPermitted() + " " + thread.capEffective());
    text.put("memory", thread.vmSize() + " " + thread.vmSwap());
    text.put("rss", Long.toString(thread.vmRss()));
    text.put("major", Long.toString(thread.pageFaultsMajor()));
    text.put("minor", Long.toString(thread.pageFaultsMinor()));
    text.put("start", Long.toString(thread.cloneTime()));
    text.put("namespace", Long.toString(thread.pidNamespaceStart()));
    Bytes container = new Bytes();
    thread.container().id(container);
    text.put("container", container.toString());
    text.put("threads", Integer.toString(thread.liveThreads()));
    text.put("flags", (thread.isMain() ? "main" : "") + (thread.isDead() ? " dead" : ""));
    cgroups(thread, text);
    image(thread.image(), text);
    if (thread.isMain()) {
      thread.fds().forEach(fd -> text.put("fd " + fd.number(), descriptor(fd)));
    }
    return text;
  }

  /** The controllers that events tell of, too. */
  private static void cgroups(ThreadInfo thread, Map<String, String> text) {
    Bytes raw = new Bytes();
    thread.cgroups().raw(raw);
    for (String entry : raw.toString().split("\0", -1)) {
      String[] part = entry.split("=", 2);
      switch (part[0]) {
        case "cpuset", "cpu", "cpuacct", "memory" -> text.put("cgroup " + part[0], part[1]);
        case "io", "blkio" -> text.put("cgroup io", part[1]);
        default -> {
          // Only /proc has it.
        }
      }
    }
  }

  private static void image(Image image, Map<String, String> text) {
    text.put("exe", image.exe().toString());
    text.put("args", image.args().toString());
    text.put("path", image.exePath().toString());
    text.put("file", image.inode() + " " + image.changeTime() + " " + image.modifyTime());
    text.put("writable", Boolean.toString(image.isWritable()));
    text.put("memfd", Boolean.toString(image.isFromMemfd()));
  }

  private static String descriptor(FdInfo fd) {
    String inet = "";
    if (fd.type().isInet()) {
      inet =
          fd.l4proto()
              + " "
              + address(fd.sourceIp())
              + ":"
              + fd.sourcePort()
              + " "
              + address(fd.destinationIp())
              + ":"
              + fd.destinationPort();
    }
    return String.join(
        " ",
        fd.type().toString(),
        "'" + fd.name() + "'",
        "ino " + fd.inode(),
        "flags " + fd.openFlags(),
        "mount " + fd.mountId(),
        "device " + fd.device(),
        (fd.isRoleServer() ? "server" : "") + (fd.isRoleClient() ? "client" : ""),
        inet);
  }

  private static String address(byte[] ip) {
    return ip == null ? "" : HexFormat.of().formatHex(ip);
  }

  /** All threads by number. */
  static Map<Long, Map<String, String>> of(HostState state) {
    Map<Long, Map<String, String>> all = new TreeMap<>();
    state.forEachThread(thread -> all.put(thread.tid(), of(thread)));
    return all;
  }
}
