package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jfalco.event.Bytes;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.ThreadSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private final HostState state = new HostState();
  private final AtomicBoolean asked = new AtomicBoolean();

  private StateFile file() {
    return new StateFile(directory.resolve("state.json"), state, () -> asked.getAndSet(false));
  }

  private static ThreadSpec spec(long tid, long pid) {
    ThreadSpec spec = new ThreadSpec();
    spec.ids(tid, pid, 1).virtualIds(7, 7).groups(5, 6, 600).users(1000, 100, 1000);
    put(spec.comm(), "shell");
    put(spec.exe(), "sh");
    put(spec.exePath(), "/bin/sh");
    put(spec.args(), "-c\0true \"x\"\0\0");
    put(spec.env(), "SECRET=1\0");
    put(spec.cwd(), "/srv");
    return spec;
  }

  private static void put(Bytes out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.copyFrom(bytes, 0, bytes.length);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(directory.resolve("state.json"));
  }

  @Test
  void eachThreadHasALineAndProcessesTheirDescriptors() throws Exception {
    StateBuilder builder = new StateBuilder(state);
    builder.add(spec(600, 600));
    builder.add(spec(601, 600));
    FdSpec fd = new FdSpec().clear();
    put(fd.name(), "/srv/log");
    builder.add(600, fd.is(3, FdType.FILE_V2, 44).file(1 << 12, 1, 1));
    builder.finish();
    file().close();
    List<String> lines = lines();
    JsonNode counts = JSON.readTree(lines.get(0));
    assertThat(counts.get("threads").asInt()).isEqualTo(2);
    assertThat(counts.get("descriptors").asInt()).isEqualTo(1);
    assertThat(counts.get("threads_dropped").asInt()).isZero();
    assertThat(lines).hasSize(3);
    JsonNode one = JSON.readTree(lines.get(1));
    JsonNode other = JSON.readTree(lines.get(2));
    JsonNode main = one.get("tid").asLong() == 600 ? one : other;
    JsonNode thread = main.equals(one) ? other : one;
    assertThat(main.toString())
        .isEqualTo(
            """
            {"tid":600,"pid":600,"ptid":0,"vtid":7,"vpid":7,"sid":5,"pgid":600,"vpgid":6,\
            "uid":1000,"gid":100,"start":0,"comm":"shell","exe":"sh","exepath":"/bin/sh",\
            "args":["-c","true \\"x\\"",""],"container":"host","cwd":"/srv/","root":"",\
            "fds":[{"fd":3,"type":"file","name":"/srv/log","inode":44,"cloexec":true}]}""");
    assertThat(thread.get("tid").asLong()).isEqualTo(601);
    assertThat(thread.has("fds")).isFalse();
    assertThat(thread.has("cwd")).isFalse();
    assertThat(String.join("", lines)).doesNotContain("SECRET");
  }

  @Test
  void itIsWrittenWhenAskedForAndReplacesTheFileBefore() throws Exception {
    Path target = directory.resolve("state.json");
    Files.writeString(target, "something else");
    StateFile file = file();
    file.tick();
    assertThat(lines()).containsExactly("something else");
    asked.set(true);
    file.tick();
    assertThat(lines()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whatCannotBeWrittenEndsNothing() {
    StateFile file = new StateFile(directory.resolve("missing/state.json"), state, () -> true);
    file.tick();
    file.close();
    assertThat(directory).isEmptyDirectory();
  }
}
