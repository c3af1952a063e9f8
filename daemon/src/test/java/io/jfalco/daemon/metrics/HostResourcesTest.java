package io.jfalco.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostResourcesTest {
  @TempDir Path dir;

  private static Map<String, Number> named(Iterable<Metric> metrics) {
    Map<String, Number> all = new LinkedHashMap<>();
    metrics.forEach(metric -> all.put(metric.name(), metric.value()));
    return all;
  }

  private void file(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void numbersComeFromTheFilesOfTheKernel() throws Exception {
    file("self/stat", "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 300 200 0 0 20 0 1 0 5000 0 0\n");
    file("self/status", "Name:\tx\nVmSize:\t  9000 kB\nVmRSS:\t   700 kB\n");
    file("self/smaps_rollup", "0-1 ---p\nRss: 5 kB\nPss:   600 kB\nPss_Dirty: 1 kB\n");
    file("proc/uptime", "150.00 99.0\n");
    file("proc/stat", "cpu  10 0 10 60 20 0 0 5 5 5\ncpu0 1\nbtime 77\nprocs_running 3\n");
    file("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 300 kB\nBuffers: 50 kB\nCached: 150 kB\n");
    file("proc/sys/fs/file-nr", "801\t0\t9999\n");
    file("memory", "1480912896\n");
    Map<String, Number> all =
        named(
            HostResources.read(
                dir.resolve("self"),
                dir.resolve("proc"),
                Map.of("FALCO_CGROUP_MEM_PATH", dir.resolve("memory").toString())::get));
    assertThat(all)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("cpu_usage_perc", 5.0),
                Map.entry("memory_rss_kb", 700L),
                Map.entry("memory_vsz_kb", 9000L),
                Map.entry("memory_pss_kb", 600L),
                Map.entry("container_memory_used_bytes", 1480912896L),
                Map.entry("host_cpu_usage_perc", 40.0),
                Map.entry("host_memory_used_kb", 500L),
                Map.entry("host_procs_running", 3L),
                Map.entry("host_open_fds", 801L)));
  }

  @Test
  void whatTheKernelDoesNotTellIsLeftOut() {
    Map<String, Number> all =
        named(
            HostResources.read(
                dir, dir, Map.of("FALCO_CGROUP_MEM_PATH", dir.resolve("missing").toString())::get));
    assertThat(all).isEmpty();
  }

  @Test
  void thisHostTellsAll() {
    assertThat(named(HostResources.read(Path.of("/"), System::getenv)))
        .containsKeys("cpu_usage_perc", "memory_rss_kb", "host_cpu_usage_perc", "host_open_fds");
  }
}
