package io.jfalco.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of a JVM.
 *
 * @param residentKb resident memory of the process
 * @param heapKb heap that is in use after a collection
 */
record Memory(long residentKb, long heapKb) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** Collects garbage and measures. */
  static Memory of(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    String info = jcmd(pid, "GC.heap_info");
    long heap = 0;
    Matcher used = USED.matcher(info.split("Metaspace", 2)[0]);
    while (used.find()) {
      heap += Long.parseLong(used.group(1));
    }
    if (heap == 0) {
      throw new IOException("jcmd tells nothing of the heap:\n" + info);
    }
    return new Memory(resident(pid), heap);
  }

  /** Resident memory in kB. */
  static long resident(long pid) throws IOException {
    String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    Matcher matcher = RESIDENT.matcher(status);
    if (!matcher.find()) {
      throw new IOException("the process has ended");
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(jcmd + " " + command + ": " + out);
    }
    return out;
  }
}
